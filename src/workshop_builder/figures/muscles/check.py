"""Checks of a muscle picture that its form alone cannot make: names, words, room for labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop_builder.errors import did_you_mean
from workshop_builder.figures.muscles.labels import misfits
from workshop_builder.figures.muscles.plates import VIEWS, load_plate
from workshop_builder.figures.muscles.scene import build_scene, drawn_muscles
from workshop_builder.figures.muscles.words import muscle_words
from workshop_builder.languages.language import Language
from workshop_builder.model.figure import AnatomyFigure, FigureFault
from workshop_builder.source.yaml_text import KeyPath


def faults(figure: AnatomyFigure, language: Language) -> list[FigureFault]:
    """Return what is wrong with a muscle picture whose labels are in `language`."""
    data = load_plate(figure.anatomy).data
    found = [
        *_unknown("muscles", figure.muscles or (), data.muscles, figure),
        *_unknown("labels", [each.at for each in figure.labels or ()], data.marks, figure),
        *_unknown("arrows", [each.at for each in figure.arrows], data.arrows, figure),
        *_undrawn(figure),
        *_unworded(figure, language),
    ]
    if figure.muscles == () and data.panel:
        text = "there is no layer to draw; name a muscle, or leave it out"
        found.append(FigureFault(("muscles",), text))
    return found or list(_misfits(figure, language))


def _unknown(
    key: str, given: Iterable[str], known: Iterable[str], figure: AnatomyFigure
) -> Iterator[FigureFault]:
    names, seen = list(known), set()
    for index, name in enumerate(given):
        if name not in names:
            remedy = _elsewhere(key, name) or did_you_mean(name, names)
            remedy = remedy or (f"; it has {', '.join(names)}" if names else "; leave it out")
            text = f"'{name}' is not in the view '{figure.anatomy}'{remedy}"
            yield FigureFault((key, index), text)
        elif name in seen:
            yield FigureFault((key, index), f"'{name}' stands here twice; leave one out")
        seen.add(name)


def _elsewhere(key: str, name: str) -> str:
    """Return the remedy for a name that another view has; an empty text where none has it."""
    kinds = {"muscles": "muscles", "labels": "marks", "arrows": "arrows"}
    views = [view for view in VIEWS if name in getattr(load_plate(view).data, kinds[key])]
    return f"; write 'anatomy: {views[0]}' to show it" if views else ""


def _undrawn(figure: AnatomyFigure) -> Iterator[FigureFault]:
    """Yield a fault for each label of a muscle that is not drawn."""
    marks, drawn = load_plate(figure.anatomy).data.marks, set(drawn_muscles(figure))
    for index, each in enumerate(figure.labels or ()):
        mark = marks.get(each.at)
        if mark and mark.of and not drawn & set(mark.of):
            text = f"'{each.at}' is named, but '{mark.of[0]}' is not drawn; add it to muscles"
            yield FigureFault(("labels", index), text)


def _unworded(figure: AnatomyFigure, language: Language) -> Iterator[FigureFault]:
    """Yield a fault for each text that only the file can give, as the language has no words."""
    if muscle_words(language):
        return
    code = language.code
    remedy = f"or translate what 'workshop labels {code}' writes"
    if not figure.alt:
        text = f"there are no words to describe a figure in '{code}'; add 'alt: …', {remedy}"
        yield FigureFault((), text)
    if figure.labels is None:
        text = f"there are no words for labels in '{code}'; add labels with your texts, {remedy}"
        yield FigureFault((), text)
    for key, named in (("labels", figure.labels or ()), ("arrows", figure.arrows)):
        for index, each in enumerate(named):
            if not each.text:
                text = f"'{each.at}' has no words in '{code}'; add 'text: …'"
                yield FigureFault((key, index), text)


def _misfits(figure: AnatomyFigure, language: Language) -> Iterator[FigureFault]:
    """Yield a fault for each label for which there is no room."""
    scene = build_scene(figure, language)
    for each in misfits(scene.labels, scene.size):
        text = f"there is no room for '{' '.join(each.lines)}'; shorten it, or leave it out"
        yield FigureFault(_keys_of(figure, each.name), text)


def _keys_of(figure: AnatomyFigure, name: str) -> KeyPath:
    named = {"labels": figure.labels or (), "arrows": figure.arrows}
    places = [
        (key, n) for key, each in named.items() for n, own in enumerate(each) if own.at == name
    ]
    return places[0] if places else ()
