"""Muscle pictures, drawn from their files: in colour and in ink alone, in every language."""

from __future__ import annotations

import re
import time
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import resvg_py
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from shapely import LineString, Point, Polygon, affinity, box
from shapely.geometry.base import BaseGeometry

from languages import ENGLISH, language_of
from workshop_builder import resources
from workshop_builder.errors import Problem
from workshop_builder.figures.drawing.palette import ANATOMY, INK_SAVER, Palette
from workshop_builder.figures.muscles import labels
from workshop_builder.figures.muscles.check import faults
from workshop_builder.figures.muscles.curves import FINE, Spline, parse_spline, spline_through
from workshop_builder.figures.muscles.draw import describe_anatomy, draw_anatomy
from workshop_builder.figures.muscles.lettering import SIZE, wrapped
from workshop_builder.figures.muscles.muscle import (
    MuscleSurface,
    fibre_colour,
    muscle_fibres,
    muscle_outline,
    muscle_paths,
)
from workshop_builder.figures.muscles.plates import (
    VIEWS,
    PaintedMuscle,
    PaintedStructure,
    load_plate,
)
from workshop_builder.figures.muscles.scene import Scene, build_scene
from workshop_builder.figures.muscles.words import muscle_words
from workshop_builder.figures.read import read
from workshop_builder.model.figure import AnatomyFigure, NamedPlace
from workshop_builder.pictures import svg
from workshop_builder.source import yaml_text

FOLDER = Path(__file__).parents[2] / "workshop" / "figures"
NAMES = ["psoas", "hamstrings", "gluteals", "tug-of-war"]
LANGUAGES = ["en", "de", "fr", "es"]
PALETTES = {"colour": ANATOMY, "ink": INK_SAVER}
SVG = "{http://www.w3.org/2000/svg}"
NEAR = 2.5
"""Units between a muscle and a bone that count as touching; an outline is 2.2 wide."""
NARROWEST = 79.0
"""The millimetres of a column of the handout: no product prints a picture of a chapter smaller."""


@cache
def figure(name: str) -> AnatomyFigure:
    """Return a figure of the sample workshop."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return AnatomyFigure.model_validate(yaml_text.read(f"figures/{name}.yaml", text).data)


@cache
def drawn(name: str, palette: str = "colour", language: str = "en") -> bytes:
    """Return a picture of the sample workshop."""
    return draw_anatomy(figure(name), PALETTES[palette], language_of(language))


def tree(data: bytes) -> etree._Element:
    """Return a drawing's outermost element."""
    return etree.fromstring(data)


def problems(text: str, language: str = "en") -> list[str]:
    """Return the problems of a file, each with its line."""
    found: list[Problem] = []
    one = read(yaml_text.read("figures/x.yaml", text), language_of(language), found)
    assert (one is None) == bool(found)
    return [str(problem).removeprefix("figures/x.yaml:") for problem in found]


@cache
def font(name: str) -> tuple[dict[int, str], dict[str, tuple[int, int]]]:
    """Return the characters of a shipped font, and how wide each is, in thousandths."""
    with TTFont(resources.font_files()[f"AtkinsonHyperlegible-{name}.ttf"]) as file:
        assert file["head"].unitsPerEm == 1000
        return file.getBestCmap(), file["hmtx"].metrics


def text_boxes(name: str, language: str) -> list[tuple[str, Polygon]]:
    """Return each label of a picture of the sample with the room it takes."""
    seen = build_scene(figure(name), language_of(language))
    return [(" ".join(each.lines), box(*each.box)) for each in seen.labels]


def words_of(seen: Scene) -> list[str]:
    """Return the lines of all labels."""
    return [line for each in seen.labels for line in each.lines]


def leaders(data: bytes) -> list[LineString]:
    """Return the lines from words to what they name."""
    found = set()
    for each in tree(data).iter(f"{SVG}path"):
        if each.getparent().find(f"{SVG}circle") is not None:
            steps = re.findall(r"M([-\d.]+) ([-\d.]+)l([-\d.]+?) ?(-?[\d.]+)(?=M|$)", each.get("d"))
            found |= {tuple(map(float, step)) for step in steps}
    return [LineString([(x, y), (x + dx, y + dy)]) for x, y, dx, dy in sorted(found)]


def area(outlines: tuple[Spline, ...]) -> BaseGeometry:
    """Return what outlines enclose, their holes left out."""
    whole: BaseGeometry = Polygon()
    for each in outlines:
        whole = whole.symmetric_difference(Polygon(each.points()).buffer(0))
    return whole


def muscles(view: str) -> list[PaintedMuscle]:
    """Return the muscles of a view as they are seen, without the lines behind bones."""
    painted = load_plate(view).painted
    return [each for each in painted if isinstance(each, PaintedMuscle) and not each.belly.ghost]


def bones(view: str, names: tuple[str, ...] = ()) -> list[BaseGeometry]:
    """Return the places of bones in a view, of all or of those named."""
    return [
        area(each.outlines)
        for each in load_plate(view).painted
        if isinstance(each, PaintedStructure)
        and (each.structure.name in names or (not names and each.structure.name != "body"))
    ]


class TestDrawing:
    """What every picture is, in every palette and language."""

    @pytest.mark.parametrize("palette", PALETTES)
    @pytest.mark.parametrize("name", NAMES)
    def test_plain(self, name: str, palette: str) -> None:
        """A picture is made of paths and circles, and refers to nothing but its own parts."""
        root = tree(drawn(name, palette))
        kinds = {etree.QName(each).localname for each in root.iter()}
        assert kinds <= {"svg", "title", "desc", "defs", "g", "path", "circle", "use"}
        assert not {"class", "style", "opacity", "href"} & {
            key for each in root.iter() for key in each.attrib
        }
        assert b"url(" not in drawn(name, palette)

    @pytest.mark.parametrize(
        ("palette", "language"),
        [*((palette, "en") for palette in PALETTES), *(("colour", code) for code in LANGUAGES)],
    )
    @pytest.mark.parametrize("name", NAMES)
    def test_small(self, name: str, palette: str, language: str) -> None:
        """A picture takes less than 25 kB and 400 elements, in every palette and language."""
        data = drawn(name, palette, language)
        assert len(data) < 25_000
        assert sum(1 for _ in tree(data).iter()) < 400

    @pytest.mark.parametrize("name", NAMES)
    def test_quick(self, name: str) -> None:
        """A picture of a file that was read and checked takes less than 30 ms to draw."""
        assert not faults(figure(name), ENGLISH)
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            draw_anatomy(figure(name), ANATOMY, ENGLISH)
            taken.append(time.perf_counter() - start)
        assert min(taken) < 0.03

    @pytest.mark.parametrize("name", NAMES)
    def test_same_bytes(self, name: str) -> None:
        """A picture is the same each time, also by a program that starts anew."""
        before = drawn(name)
        for kept in (load_plate, muscle_words, muscle_paths):
            kept.cache_clear()
        assert draw_anatomy(figure(name), ANATOMY, ENGLISH) == before

    @pytest.mark.parametrize("palette", PALETTES)
    @pytest.mark.parametrize("name", NAMES)
    def test_clean(self, name: str, palette: str) -> None:
        """Cleaning a picture as if it came from anyone leaves it as it looks."""
        data = drawn(name, palette)
        cleaned, wide, high = svg.clean(data)
        assert (wide, high) == tuple(int(tree(data).get(key)) for key in ("width", "height"))
        before, after = (
            bytes(resvg_py.svg_to_bytes(svg_string=each.decode(), width=240, background="white"))
            for each in (data, cleaned)
        )
        assert before == after

    @pytest.mark.parametrize("name", NAMES)
    def test_title(self, name: str) -> None:
        """A picture carries its title, its description and its language."""
        root = tree(drawn(name, language="de"))
        assert root.findtext(f"{SVG}title")
        told = root.findtext(f"{SVG}desc") or ""
        assert told.startswith(describe_anatomy(figure(name), language_of("de")))
        assert [text for text, _ in text_boxes(name, "de") if text not in told] == []
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"

    def test_ink(self) -> None:
        """To save ink nothing is filled but arrows, dots and words."""
        for name in NAMES:
            fills = {each.get("fill") for each in tree(drawn(name, "ink")).iter(f"{SVG}path")}
            assert fills <= {"#fff", "none", "#1b2428", None}

    @pytest.mark.parametrize("view", VIEWS)
    def test_muscles_apart(self, view: str) -> None:
        """Muscles that lie side by side are told apart by their fibres, whatever their colour."""
        for a, b in combinations(load_plate(view).data.muscles.values(), 2):
            assert a.tone == b.tone or a.pattern != b.pattern
            assert (a.pattern, a.fibres) != (b.pattern, b.fibres)

    def test_fibres_drawn(self) -> None:
        """Each pattern of fibres leaves its own marks in a drawing without colour."""
        root = tree(drawn("hamstrings", "ink"))
        dashed = [each for each in root.iter(f"{SVG}path") if each.get("stroke-dasharray")]
        assert len(dashed) == 1
        assert dashed[0].get("stroke") == "#1b2428"

    def test_fibre_colour(self) -> None:
        """A fibre is ink on white and on nothing, and a dark shade of any other tone."""
        assert {fibre_colour(tone) for tone in ("#fff", "#ffffff", "none")} == {"#1b2428"}
        assert fibre_colour("#c1503a") == "#5a352f"


class TestAttachments:
    """Every muscle begins and ends where it does in a body."""

    @pytest.mark.parametrize("view", VIEWS)
    def test_on_bones(self, view: str) -> None:
        """Each strand of each muscle runs from a bone where it starts to one where it ends."""
        for each in muscles(view):
            starts, ends = bones(view, each.muscle.starts), bones(view, each.muscle.ends)
            for strand in each.strands:
                first, last = Point(strand.knots[0].at), Point(strand.knots[-1].at)
                assert min(first.distance(bone) for bone in starts) < NEAR, each.belly.muscle
                if each.muscle.ends:
                    assert min(last.distance(bone) for bone in ends) < NEAR, each.belly.muscle

    @pytest.mark.parametrize(
        ("view", "muscle", "starts", "ends"),
        [
            ("front", "psoas", {"vertebra"}, {"femur"}),
            ("front", "iliacus", {"hip bone"}, {"femur"}),
            ("back", "semitendinosus", {"hip bone"}, {"tibia"}),
            ("back", "semimembranosus", {"hip bone"}, {"tibia"}),
            ("back", "biceps femoris long head", {"hip bone"}, {"fibula"}),
            ("back", "biceps femoris short head", {"femur"}, {"fibula"}),
            ("back-in-layers", "gluteus maximus", {"hip bone", "sacrum"}, {"femur", "outer band"}),
            ("back-in-layers", "gluteus medius", {"hip bone"}, {"femur"}),
            ("back-in-layers", "gluteus minimus", {"hip bone"}, {"femur"}),
            ("side", "hip flexors", {"vertebra"}, {"femur"}),
            ("side", "hamstrings", {"hip bone"}, set()),
        ],
    )
    def test_which_bones(self, view: str, muscle: str, starts: set[str], ends: set[str]) -> None:
        """A muscle touches every bone that anatomy books name for its ends."""
        own = next(each for each in muscles(view) if each.belly.muscle == muscle)
        assert (set(own.muscle.starts), set(own.muscle.ends)) == (starts, ends)
        shape = area((muscle_outline(own.strands),))
        for name in starts | ends:
            assert min(shape.distance(bone) for bone in bones(view, (name,))) == 0, name

    def test_psoas_on_each_vertebra(self) -> None:
        """The psoas starts from both sides of all six vertebrae, T12 to L5."""
        vertebrae = bones("front", ("vertebra",))
        assert len(vertebrae) == 6
        for each in muscles("front"):
            if each.belly.muscle == "psoas":
                starts = [Point(strand.knots[0].at) for strand in each.strands]
                for start, vertebra in zip(starts, vertebrae, strict=True):
                    assert start.distance(vertebra) < NEAR + 2

    @pytest.mark.parametrize(
        ("view", "muscle", "mark", "end"),
        [
            ("front", "psoas", "lesser trochanter", -1),
            ("front", "iliacus", "lesser trochanter", -1),
            ("back", "semitendinosus", "hamstrings start", 0),
            ("back", "semimembranosus", "hamstrings start", 0),
            ("back", "biceps femoris long head", "hamstrings start", 0),
            ("back", "biceps femoris long head", "biceps femoris end", -1),
            ("back", "biceps femoris short head", "biceps femoris end", -1),
            ("back", "biceps femoris short head", "short head start", 0),
            ("back", "semitendinosus", "semitendinosus end", -1),
            ("back", "semimembranosus", "semitendinosus end", -1),
            ("back-in-layers", "gluteus maximus", "gluteus maximus start", 0),
            ("back-in-layers", "gluteus maximus", "gluteus maximus end", -1),
            ("back-in-layers", "gluteus medius", "gluteus medius end", -1),
            ("back-in-layers", "gluteus minimus", "gluteus minimus end", -1),
            ("side", "hamstrings", "sit bone", 0),
        ],
    )
    def test_labels_point_at_ends(self, view: str, muscle: str, mark: str, end: int) -> None:
        """The line of a label for an end leads to that end."""
        own = next(each for each in muscles(view) if each.belly.muscle == muscle)
        edge = LineString([strand.knots[end].at for strand in own.strands])
        spots = load_plate(view).data.marks[mark].spots
        assert min(edge.distance(Point(spot)) for spot in spots) < 12

    @pytest.mark.parametrize("view", VIEWS)
    def test_fibres_inside(self, view: str) -> None:
        """Fibres and tendons stay within the outline of their muscle."""
        for each in muscles(view):
            room = area((muscle_outline(each.strands),)).buffer(1.5)
            surface = MuscleSurface(each.strands)
            for fibre in muscle_fibres(surface, each.muscle):
                assert room.covers(LineString(fibre.points())), each.belly.muscle

    @pytest.mark.parametrize("view", VIEWS)
    def test_outlines_do_not_cross_themselves(self, view: str) -> None:
        """The outline of a muscle is a plain ring."""
        for each in muscles(view):
            assert Polygon(muscle_outline(each.strands).points()).is_valid


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
class TestWordsInPictures:
    """Words can be read, and their lines lead where they should."""

    def test_inside(self, name: str, language: str) -> None:
        """Words stay inside the picture."""
        root = tree(drawn(name, language=language))
        room = box(0, 0, float(root.get("width")), float(root.get("height")))
        places = text_boxes(name, language)
        assert [text for text, place in places if not room.covers(place)] == []

    def test_apart(self, name: str, language: str) -> None:
        """No words cover others."""
        pairs = combinations(text_boxes(name, language), 2)
        assert [(a, b) for (a, at), (b, other) in pairs if at.intersects(other)] == []

    def test_clear_of_bones(self, name: str, language: str) -> None:
        """Words stand beside bones, muscles and arrows, unless they name the bone they are on."""
        seen = build_scene(figure(name), language_of(language))
        shapes = bones(figure(name).anatomy)
        shapes += [area((muscle_outline(each.strands),)) for each in muscles(figure(name).anatomy)]
        margin = load_plate(figure(name).anatomy).data.margin
        shapes += [affinity.translate(LineString(p).buffer(7), -margin) for p in seen.arrows]
        for each in seen.labels:
            left, top, right, bottom = each.box
            place = box(left - each.shift, top + 3, right - each.shift, bottom - 3)
            on = sum(place.intersects(shape) for shape in shapes)
            assert (on > 0) == (each.mark.side == "on"), each.name

    def test_large_enough(self, name: str, language: str) -> None:
        """Words are at least 9 pt where a picture is printed smallest, in a handout's column."""
        root = tree(drawn(name, language=language))
        assert SIZE / float(root.get("width")) * NARROWEST / 25.4 * 72 >= 9

    def test_description(self, name: str, language: str) -> None:
        """A description has 40 to 400 characters and names every muscle or its pull."""
        text = describe_anatomy(figure(name), language_of(language))
        assert 40 <= len(text) <= 400
        words = muscle_words(language_of(language))
        assert words
        for muscle in load_plate(figure(name).anatomy).data.muscles:
            assert words.muscles[muscle].name.lower() in text.lower()

    def test_no_faults(self, name: str, language: str) -> None:
        """The pictures of the sample workshop have no faults."""
        assert faults(figure(name), language_of(language)) == []


CHOICES = {
    view: st.tuples(
        st.lists(st.sampled_from(sorted(load_plate(view).data.marks)), min_size=2, unique=True),
        st.lists(st.sampled_from(sorted(load_plate(view).data.arrows)), unique=True)
        if load_plate(view).data.arrows
        else st.just([]),
        st.sampled_from(LANGUAGES),
    )
    for view in VIEWS
}


@pytest.mark.parametrize("view", VIEWS)
@settings(derandomize=True, max_examples=25, deadline=None)
@given(data=st.data())
def test_leaders_cross_nothing(view: str, data: st.DataObject) -> None:
    """Whatever is named, no leader crosses another, nor the words of another label."""
    names, arrows, language = data.draw(CHOICES[view])
    chosen = {"anatomy": view, "labels": names, "arrows": arrows}
    own = AnatomyFigure.model_validate(chosen)
    assert faults(own, language_of(language)) == []
    seen = build_scene(own, language_of(language)).labels
    lines = [(e.name, LineString([e.root, spot])) for e in seen for spot in e.spots]
    crossing = [
        (a, b) for (a, one), (b, two) in combinations(lines, 2) if a != b and one.crosses(two)
    ]
    covered = [
        (name, each.name)
        for name, line in lines
        for each in seen
        if each.name != name and line.distance(box(*each.box)) < 1
    ]
    assert crossing + covered == []


class TestLanguages:
    """The words of a picture are those of the workshop's language."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_complete(self, language: str) -> None:
        """A language has a word for all that can be named, and for nothing else."""
        words = muscle_words(language_of(language))
        assert words
        plates = [load_plate(view).data for view in VIEWS]
        assert words.views.keys() == set(VIEWS)
        assert words.marks.keys() == {name for plate in plates for name in plate.marks}
        assert words.muscles.keys() == {name for plate in plates for name in plate.muscles}
        assert words.arrows.keys() == {name for plate in plates for name in plate.arrows}
        assert words.pulls.keys() == words.arrows.keys()

    def test_german(self) -> None:
        """In German a picture speaks German, whatever the country."""
        data = draw_anatomy(figure("tug-of-war"), ANATOMY, language_of("de-AT"))
        assert data.count("Hüftbeuger".encode()) >= 2
        texts = [text for text, _ in text_boxes("psoas", "de")]
        assert {"T12", "Hüftbein"} <= set(texts)
        assert "von vorn" in describe_anatomy(figure("psoas"), language_of("de"))

    def test_unknown_language(self) -> None:
        """In a language without words a file must have its own, and a problem says where."""
        labels = "labels:\n  - at: pelvis\n    text: Bassin\n  - sit bone\n"
        text = f"anatomy: side\n{labels}arrows: [forward]\n"
        described, *others = problems(text, "xx")
        assert described.startswith("1: there are no words to describe a figure in 'xx'; add 'alt")
        assert described.endswith("or translate what 'workshop labels xx' writes")
        assert others == [
            "5: 'sit bone' has no words in 'xx'; add 'text: …'",
            "6: 'forward' has no words in 'xx'; add 'text: …'",
        ]
        assert any("add labels" in each for each in problems("anatomy: side\n", "xx"))

    def test_own_words(self) -> None:
        """With words of its own a picture is drawn in any language."""
        own = AnatomyFigure(
            anatomy="side",
            labels=(NamedPlace(at="pelvis", text="Bassin"),),
            alt="Le bassin vu du côté droit, avec les muscles qui le font basculer.",
        )
        assert faults(own, language_of("xx")) == []
        data = draw_anatomy(own, ANATOMY, language_of("xx"))
        assert words_of(build_scene(own, language_of("xx"))) == ["Bassin"]
        assert tree(data).findtext(f"{SVG}title") == own.alt

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("view", VIEWS)
    def test_every_choice(self, view: str, language: str) -> None:
        """Each muscle alone, and each label alone, makes a picture without faults."""
        plate = load_plate(view).data
        for muscle in plate.muscles:
            alone = AnatomyFigure.model_validate({"anatomy": view, "muscles": [muscle]})
            assert faults(alone, language_of(language)) == []
        for mark in plate.marks:
            alone = AnatomyFigure.model_validate({"anatomy": view, "labels": [mark]})
            assert faults(alone, language_of(language)) == []
            assert len(build_scene(alone, language_of(language)).labels) == 1


class TestFaults:
    """What is wrong with a file is reported with its line, and with what to do."""

    def test_names(self) -> None:
        """A name that the view lacks is refused, with the one that was meant or where it is."""
        muscles = "muscles:\n  - psaos\n  - semitendinosus\n"
        text = f"anatomy: front\n{muscles}labels: [sit bone, L 5]\narrows: [up]\n"
        assert problems(text) == [
            "3: 'psaos' is not in the view 'front'; did you mean 'psoas'?",
            "4: 'semitendinosus' is not in the view 'front'; write 'anatomy: back' to show it",
            "5: 'sit bone' is not in the view 'front'; write 'anatomy: back' to show it",
            "5: 'L 5' is not in the view 'front'; did you mean 'L5'?",
            "6: 'up' is not in the view 'front'; leave it out",
        ]

    def test_form(self) -> None:
        """A view and a key that do not exist are refused, with the one that was meant."""
        assert problems("anatomy: fornt\nlables: [psoas]\n") == [
            "1: anatomy: 'fornt' is not known; did you mean 'front'?",
            "2: unknown key 'lables'; did you mean 'labels'?",
        ]

    def test_twice(self) -> None:
        """What stands twice in a list is refused."""
        found = problems("anatomy: front\nlabels:\n  - psoas\n  - psoas\n")
        assert found == ["4: 'psoas' stands here twice; leave one out"]

    def test_undrawn(self) -> None:
        """A label of a muscle that is not drawn is refused."""
        assert problems("anatomy: front\nmuscles: psoas\nlabels: [iliacus start]\n") == [
            "3: 'iliacus start' is named, but 'iliacus' is not drawn; add it to muscles"
        ]

    def test_no_layer(self) -> None:
        """Layers without any muscle are refused."""
        assert problems("anatomy: back-in-layers\nmuscles: []\n") == [
            "2: there is no layer to draw; name a muscle, or leave it out"
        ]

    def test_no_room(self) -> None:
        """Words that would leave the picture or cover others are refused."""
        long = "A label about as long as a whole paragraph of the book, which nobody could place"
        found = problems(f"anatomy: front\nlabels:\n  - T12\n  - at: L5\n    text: {long}\n")
        assert len(found) == 1
        assert found[0].startswith("4: there is no room for 'A label about")

    @pytest.mark.parametrize("count", [39, 401])
    def test_alt(self, count: int) -> None:
        """Words for the picture that are too short or too long are refused."""
        assert problems(f"anatomy: side\nalt: {'x' * count}\n") == [
            f"2: alt: this has {count} characters; say what it shows in 40 to 400"
        ]

    def test_own_alt(self) -> None:
        """Words for the picture that the file gives stand for those that are made."""
        alt = "The pelvis of a skeleton, tipped forward by two strong ropes."
        own = AnatomyFigure(anatomy="side", alt=alt)
        assert faults(own, ENGLISH) == []
        assert describe_anatomy(own, ENGLISH) == alt


class TestChoices:
    """A file chooses what is drawn and named."""

    def test_labels(self) -> None:
        """Without a list of labels the muscles and their ends are named."""
        own = AnatomyFigure(anatomy="front", muscles=("iliacus",))
        named = {each.name for each in build_scene(own, ENGLISH).labels}
        assert named == {"iliacus", "iliacus start", "lesser trochanter"}

    def test_no_labels(self) -> None:
        """An empty list of labels names nothing."""
        own = AnatomyFigure(anatomy="front", labels=())
        assert b"<defs>" not in draw_anatomy(own, ANATOMY, ENGLISH)

    def test_own_text(self) -> None:
        """A text of the file's own stands for the language's, broken into lines that fit."""
        own = AnatomyFigure(
            anatomy="front", labels=(NamedPlace(at="psoas", text="Say SO-as, not P-soas"),)
        )
        texts = words_of(build_scene(own, ENGLISH))
        assert " ".join(texts) == "Say SO-as, not P-soas"
        assert len(texts) == 2

    def test_muscles(self) -> None:
        """A muscle that is not chosen is not drawn."""
        alone = draw_anatomy(
            AnatomyFigure(anatomy="front", muscles=("psoas",)), ANATOMY, ENGLISH
        ).decode()
        assert ANATOMY.muscle in alone
        assert ANATOMY.muscle_2 not in alone

    def test_layers(self) -> None:
        """Each layer has a picture, in which those above it are an outline alone."""
        two = AnatomyFigure(anatomy="back-in-layers", muscles=("gluteus minimus", "gluteus medius"))
        seen = build_scene(two, ENGLISH)
        assert [step.shown[0] for step in seen.steps] == ["gluteus medius", "gluteus minimus"]
        assert [step.gone for step in seen.steps] == [(), ("gluteus medius",)]
        assert seen.size[0] == load_plate("back-in-layers").data.size[0] + 2 * 10 - 166
        texts = " ".join(words_of(seen))
        assert "1 Gluteus medius" in texts
        assert "2 Gluteus minimus" in texts

    def test_one_layer(self) -> None:
        """A single layer is not numbered."""
        one = AnatomyFigure(anatomy="back-in-layers", muscles=("gluteus maximus",))
        assert words_of(build_scene(one, ENGLISH))[:2] == ["Gluteus", "maximus"]

    def test_arrows(self) -> None:
        """An arrow is drawn with its words where the file asks for it."""
        one = AnatomyFigure.model_validate({"anatomy": "side", "labels": [], "arrows": ["forward"]})
        data = draw_anatomy(one, ANATOMY, ENGLISH)
        assert data.count(ANATOMY.arrow.encode()) == 1
        assert " ".join(words_of(build_scene(one, ENGLISH))) == "Hip flexors tip the pelvis forward"
        assert "backward" not in describe_anatomy(one, ENGLISH)

    def test_paint(self) -> None:
        """A picture has the colours it is given."""
        values = dict.fromkeys(Palette.__slots__, "#abcdef")
        data = draw_anatomy(figure("psoas"), Palette(**values), ENGLISH).decode()
        assert "#abcdef" in data
        assert ANATOMY.muscle not in data


class TestLines:
    """Splines through points."""

    def test_circle(self) -> None:
        """Through four points of a circle runs a line that is a circle to the eye."""
        ring = spline_through([(10, 0), (0, 10), (-10, 0), (0, -10)], closed=True)
        assert all(abs(Point(point).distance(Point(0, 0)) - 10) < 0.4 for point in ring.points())

    def test_sharp(self) -> None:
        """A point with an exclamation mark is a corner, and between two of them runs no bend."""
        square = parse_spline("0,0! 10,0! 10,10! 0,10!", closed=True)
        assert Polygon(square.points()).area == pytest.approx(100)

    def test_data(self) -> None:
        """Path data ends where the line ends, though every number is rounded."""
        data = spline_through([(0.04, 0.04), (3.33, 7.77), (12.26, 5.04), (20.01, 9.99)]).data()
        numbers = [int(each) for each in re.findall(r"-?\d+", data)]
        steps = numbers[2:]
        assert numbers[0] + sum(steps[4::6]) == 20 * FINE
        assert numbers[1] + sum(steps[5::6]) == 10 * FINE

    @pytest.mark.parametrize("text", ["", "1,2", "1,2 3;4", "1,2 x,4"])
    def test_wrong(self, text: str) -> None:
        """What is no line is refused."""
        with pytest.raises(ValueError, match="is not a line"):
            parse_spline(text)

    def test_arrow(self) -> None:
        """An arrow ends in a point beyond its path, and is as broad as it was made."""
        shape = labels.draw_arrow([(0, 0), (40, 0)], "#000")
        assert shape == '<path d="M0 5.5l40 0 0 8.5 24-14-24-14 0 8.5-40 0z" fill="#000"/>'


class TestBreaks:
    """Where words break into lines."""

    @pytest.mark.parametrize(
        ("text", "room", "lines"),
        [
            ("one two", 200, ["one two"]),
            ("one two", 30, ["one", "two"]),
            ("Ober\u00adschenkel\u00adknochen", 300, ["Oberschenkelknochen"]),
            ("Ober\u00adschenkel\u00adknochen", 140, ["Oberschenkel-", "knochen"]),
            ("Ober\u00adschenkel\u00adknochen", 64, ["Ober-", "schenkel-", "knochen"]),
            ("am Knie\u00adgelenk", 92, ["am Knie-", "gelenk"]),
            ("unbreakable", 20, ["unbreakable"]),
        ],
    )
    def test_lines(self, text: str, room: float, lines: list[str]) -> None:
        """Words break at blanks and at soft hyphens, and else not at all."""
        assert wrapped(text, room) == lines
