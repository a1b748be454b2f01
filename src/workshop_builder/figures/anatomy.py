"""A muscle picture: its file, what is wrong with it, its drawing, its description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop_builder.errors import did_you_mean
from workshop_builder.figures import anatomy_labels, anatomy_muscle, svgtext
from workshop_builder.figures.anatomy_forms import AnatomyFigure, Named
from workshop_builder.figures.anatomy_plate import Flesh, Shape, plate
from workshop_builder.figures.anatomy_scene import Scene, Step, labels, muscles, scene
from workshop_builder.figures.anatomy_type import FAMILY, SIZE
from workshop_builder.figures.anatomy_words import LONGEST, SHORTEST, description, words
from workshop_builder.figures.paint import INK, OUTLINE, Paint

__all__ = ["AnatomyFigure", "describe", "draw", "faults"]

Fault = tuple[tuple[str | int, ...], str]
"""A place in the file; what is wrong there, and what to do."""


def draw(figure: AnatomyFigure, paint: Paint, language: str) -> bytes:
    """Return the picture of a figure without faults, as SVG."""
    seen = scene(figure, language)
    panels = (
        svgtext.group(
            _bones_and_muscles(seen, step, paint),
            transform=f"translate({svgtext.number(step.shift)})" if step.shift else None,
        )
        for step in seen.steps
    )
    arrows = (anatomy_labels.draw_arrow(path, paint.arrow) for path in seen.arrows)
    line = {"stroke": INK, "stroke_linejoin": "round", "stroke_linecap": "round"}
    parts = [
        svgtext.group([*panels, *arrows], **line, stroke_width=OUTLINE),
        svgtext.group(anatomy_labels.draw_ground(seen.labels, paint.bone)),
        svgtext.group(anatomy_labels.draw_lines(seen.labels), stroke_linecap="round"),
        svgtext.group(
            anatomy_labels.draw_words(seen.labels), font_family=FAMILY, font_size=SIZE, fill=INK
        ),
    ]
    return svgtext.document(
        seen.size, _title(figure, language), describe(figure, language), language, parts
    )


def _bones_and_muscles(seen: Scene, step: Step, paint: Paint) -> Iterator[str]:
    ghosts = []
    for each in seen.plate.painted:
        if isinstance(each, Shape):
            if each.part.beside is None or each.part.beside in step.shown:
                yield from _shape(each, paint)
        elif each.belly.muscle in step.gone or each.belly.ghost:
            ghosts.append(each)
        elif each.belly.muscle in step.shown:
            yield from anatomy_muscle.draw(each, paint)
    yield from map(anatomy_muscle.draw_ghost, _outermost(ghosts, step))


def _outermost(ghosts: Iterable[Flesh], step: Step) -> list[Flesh]:
    """Return the muscle that was taken off last, or what runs behind a bone."""
    last = step.gone[-1:] or step.shown
    return [each for each in ghosts if each.belly.muscle in last]


def _shape(shape: Shape, paint: Paint) -> Iterator[str]:
    yield svgtext.path(
        "".join(each.data() for each in shape.outlines),
        fill=getattr(paint, shape.part.fill),
        fill_rule="evenodd" if len(shape.outlines) > 1 else None,
        stroke="none" if shape.part.name == "body" else None,
    )
    if shape.lines:
        data = "".join(each.data() for each in shape.lines)
        yield svgtext.path(data, fill="none", stroke_width=1.2)


def describe(figure: AnatomyFigure, language: str) -> str:
    """Return the words that stand for the picture; empty if the language has none."""
    spoken = words(language)
    if figure.alt or not spoken:
        return figure.alt or ""
    arrows = [arrow.at for arrow in figure.arrows]
    return description(spoken, figure.anatomy, muscles(figure), arrows)


def _title(figure: AnatomyFigure, language: str) -> str:
    spoken = words(language)
    if figure.title or not spoken:
        return figure.title or ""
    names = spoken.joined([spoken.muscles[name].name for name in muscles(figure)])
    return names[:1].upper() + names[1:]


def faults(figure: AnatomyFigure, language: str) -> list[Fault]:
    """Return what is wrong with a figure that its form alone cannot tell."""
    sheet = plate(figure.anatomy).sheet
    found = [
        *_unknown(("muscles",), figure.muscles or (), sheet.muscles, figure),
        *_unknown(("labels",), [each.at for each in figure.labels or ()], sheet.marks, figure),
        *_unknown(("arrows",), [each.at for each in figure.arrows], sheet.arrows, figure),
        *_undrawn(figure),
        *_unworded(figure, language),
    ]
    if figure.alt and not SHORTEST <= len(figure.alt) <= LONGEST:
        length = f"alt has {len(figure.alt)} characters; write {SHORTEST} to {LONGEST}"
        found.append((("alt",), length))
    return found or list(_misfits(figure, language))


def _unknown(
    place: tuple[str], given: Iterable[str], known: Iterable[str], figure: AnatomyFigure
) -> Iterator[Fault]:
    names = list(known)
    seen = set()
    for index, name in enumerate(given):
        if name not in names:
            remedy = did_you_mean(name, names) or (
                f"; it has {', '.join(names)}" if names else "; leave it out"
            )
            what = f"'{name}' is not in the view '{figure.anatomy}'{remedy}"
            yield ((*place, index), what)
        elif name in seen:
            yield ((*place, index), f"'{name}' stands here twice; leave one out")
        seen.add(name)


def _undrawn(figure: AnatomyFigure) -> Iterator[Fault]:
    """Yield labels of muscles that are not drawn."""
    marks, drawn = plate(figure.anatomy).sheet.marks, set(muscles(figure))
    for index, each in enumerate(figure.labels or ()):
        mark = marks.get(each.at)
        if mark and mark.of and not drawn & set(mark.of):
            owner = mark.of[0]
            text = f"'{each.at}' is named and '{owner}' is not drawn; add '{owner}' to muscles"
            yield ("labels", index), text


def _unworded(figure: AnatomyFigure, language: str) -> Iterator[Fault]:
    """Yield what only its file can name, for nobody has written the words of the language."""
    if words(language):
        return
    if not figure.alt:
        yield (), f"there are no words yet for pictures in '{language}'; add 'alt: …'"
    if figure.labels is None:
        yield (), f"there are no words yet for pictures in '{language}'; add labels with texts"
    for key, named in (("labels", figure.labels or ()), ("arrows", figure.arrows)):
        for index, each in enumerate(named):
            if not each.text:
                text = f"there are no words yet for '{each.at}' in '{language}'; add 'text: …'"
                yield (key, index), text


def _misfits(figure: AnatomyFigure, language: str) -> Iterator[Fault]:
    """Yield labels that find no room."""
    seen = scene(figure, language)
    for each in anatomy_labels.misfits(seen.labels, seen.size):
        text = " ".join(each.lines)
        yield _place_of(figure, each.name), f"no room for '{text}'; shorten it or leave it out"


def _place_of(figure: AnatomyFigure, name: str) -> tuple[str | int, ...]:
    named: list[tuple[str, tuple[Named, ...]]] = [
        ("labels", figure.labels or ()),
        ("arrows", figure.arrows),
    ]
    places = [(key, n) for key, each in named for n, item in enumerate(each) if item.at == name]
    return places[0] if places else ()
