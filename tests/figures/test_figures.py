"""Figures from their files: what is refused, what is drawn, what is described."""

from __future__ import annotations

import colorsys
import os
import re
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest
import shapely
from lxml import etree

from languages import ENGLISH, language_of
from sample import source
from workshop_builder.errors import Problem
from workshop_builder.figures import draw, kept, read
from workshop_builder.figures.body.pose import pose_of
from workshop_builder.figures.drawing import palette
from workshop_builder.figures.person import people
from workshop_builder.figures.person.casting import cast
from workshop_builder.figures.person.ghosts import going_along
from workshop_builder.languages import files
from workshop_builder.model.figure import Age, Figure, Hair, Person, PoseFigure
from workshop_builder.model.posture import Limbs, Posture
from workshop_builder.model.props import BELOW, HAND_RESTS, LAIN_ON, PROPS
from workshop_builder.pictures import svg
from workshop_builder.source import yaml_text

SAMPLE = Path(__file__).parents[2] / "workshop" / "figures"
NAMES = sorted(path.stem for path in SAMPLE.glob("*.yaml"))
SLIVER = 40.0
"""Square units that an arrow may share with a shape, for curves are taken as straight here."""
LIMIT = 25_000
"""Bytes of a drawing."""


def _read(text: str, language: str = "en") -> tuple[Figure | None, list[str]]:
    problems: list[Problem] = []
    figure = read.read(yaml_text.read("figures/x.yaml", text, 0), language_of(language), problems)
    return figure, [str(problem) for problem in problems]


def _figure(text: str) -> PoseFigure:
    figure, problems = _read(text)
    assert problems == []
    assert isinstance(figure, PoseFigure)
    return figure


@cache
def _sample(name: str) -> Figure:
    problems: list[Problem] = []
    path = SAMPLE / f"{name}.yaml"
    sheet = yaml_text.read(f"figures/{path.name}", path.read_text(encoding="utf-8"), 0)
    figure = read.read(sheet, ENGLISH, problems)
    assert problems == []
    assert figure is not None
    return figure


@cache
def _people() -> dict[Figure, Person]:
    """Return who is drawn in each figure of the sample."""
    return {source().figures[path]: who for path, who in cast(source()).items()}


@cache
def _draw(figure: Figure, *, ink_saver: bool = False) -> bytes:
    """Return a drawing, which all workers and the sample's products share."""
    return kept.drawn(figure, _people().get(figure, Person()), ENGLISH, ink_saver=ink_saver)


def _poses() -> list[str]:
    return [name for name in NAMES if isinstance(_sample(name), PoseFigure)]


FAULTS = {
    "position: lieing on the back\n": [
        "figures/x.yaml:1: position: 'lieing on the back' is not known; did you mean"
    ],
    "position: standing\nkne: 20\n": ["figures/x.yaml:2: unknown key 'kne'; the keys here are"],
    "position: standing\nnear:\n  knee: bent\n": [
        "figures/x.yaml:3: knee: 'bent' is not an angle; write degrees, like 45 or -20"
    ],
    "position: standing\nnear:\n  knee: 200\n": [
        "figures/x.yaml:3: knee: 200 is 40° further than people can go; write an angle from -5"
    ],
    "position: standing\nfelt:\n  - buttok\n": [
        "figures/x.yaml:3: felt: 'buttok' is not known; did you mean 'buttock'?"
    ],
    "position: standing\nboth:\n  hand: near shin\n": [
        "figures/x.yaml:3: the far (left) hand cannot reach 'near shin', by 43 cm; bend the far"
    ],
    "position: standing\nside: left\nnear:\n  hand: near shin\n": [
        "figures/x.yaml:4: the near (left) hand cannot reach 'near shin', by"
    ],
    "position: lying on the back\nneck: 60\n": [
        "figures/x.yaml:2: the head hovers 14 cm above the floor; lift the chin 45° (neck: 15) or "
    ],
    "position: lying on the back\nboth:\n  hip: -25\n": [
        "figures/x.yaml:1: the far (left) foot sinks 30 cm into the floor;"
    ],
    "position: sitting\nprops: [{prop: chair, place: seat}]\npelvis: 68\nspine: -10\n"
    "both:\n  hip: 120\nnear:\n  hand: near shin\n": [
        "figures/x.yaml:8: the near (right) hand cannot reach 'near shin', by 6 cm; tip the pelvis"
    ],
    "position: sitting\nprops: [{prop: chair, place: seat}]\nview: top\n": [
        "figures/x.yaml:3: view: top is for those who lie; write front for an upright body"
    ],
    "position: standing\narrows:\n  - at: near hand\n    around: waist\n    by: 0\n": [
        "figures/x.yaml:5: by: 0 is no turn; write degrees, like 25 or -25"
    ],
    "position: standing\narrows:\n  - at: head\n    when: end\n": [
        "figures/x.yaml:4: when: end is of two pictures; add the 'start' of the movement"
    ],
    "position: standing\nfirst: near\n": [
        "figures/x.yaml:2: first: nothing moves here; add the 'start' of the movement"
    ],
    "position: standing\nalt: A person.\n": [
        "figures/x.yaml:2: alt: this has 9 characters; say what it shows in 40 to 400"
    ],
    "position: standing\nghost:\n  spine: 90\n": [
        "figures/x.yaml:3: spine: 90 is 15° further than people can go; write an angle from -45"
    ],
    "position: standing\nfar:\n  knee: 170\nspine: -80\n": [
        "figures/x.yaml:3: knee: 170 is 10° further",
        "figures/x.yaml:4: spine: -80 is 35° further",
    ],
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_reported_with_its_line(text: str) -> None:
    """What cannot be drawn, or what no body can do, is one line with its place and the remedy."""
    figure, problems = _read(text)
    assert figure is None
    for expected in FAULTS[text]:
        assert any(problem.startswith(expected) for problem in problems), problems


def test_a_language_without_words_asks_for_an_alt() -> None:
    """Where no description can be made, the file must give one; then it is taken as it is."""
    text = "position: standing\nspine: -20\n"
    fault = "there are no words to describe a figure in 'xx'; add 'alt: …' with what it shows"
    remedy = "or translate what 'workshop labels xx' writes"
    assert _read(text, "xx")[1] == [f"figures/x.yaml:1: {fault}, {remedy}"]
    words = "Debout, les mains sur les hanches, le buste penché en arrière."
    figure, problems = _read(f"{text}alt: {words}\n", "xx")
    assert problems == []
    assert figure is not None
    assert draw.describe(figure, language_of("xx")) == words


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ink_saver", [False, True])
def test_a_drawing_is_plain_and_small(name: str, ink_saver: bool) -> None:  # noqa: FBT001
    """It holds paths alone, and letters drawn once; it weighs little and says what it is."""
    data = _draw(_sample(name), ink_saver=ink_saver)
    assert len(data) < LIMIT
    root = etree.fromstring(data)
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "circle", "defs", "use"}
    names = {attribute for element in root.iter() for attribute in element.attrib}
    assert not names & {"style", "class", "filter", "mask", "clip-path", "opacity"}
    used = [name for use in root.iter("{*}use") for name in use.attrib.values() if name[0] == "#"]
    assert {f"#{name}" for name in root.xpath("//@id")} == set(used)
    assert root.findtext("{*}title")
    assert len(root.findtext("{*}desc") or "") >= 40
    assert "url(" not in data.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_passes_as_a_picture(name: str) -> None:
    """The cleaning of drawings finds nothing to take away."""
    data = _draw(_sample(name))
    clean, width, height = svg.clean(data)
    assert (width, height) >= (480, 320)
    assert clean.count(b"<path") == data.count(b"<path")


@pytest.mark.parametrize("name", _poses())
def test_no_part_is_off_the_picture(name: str) -> None:
    """Every point of every path lies inside the drawing's frame."""
    root = etree.fromstring(_draw(_sample(name)))
    width, height = float(root.get("width")), float(root.get("height"))
    for element in root.iter("{*}path"):
        for x, y in _points(element.get("d")):
            assert 0 <= x <= width
            assert 0 <= y <= height


@pytest.mark.parametrize("name", _poses())
def test_an_arrow_crosses_nothing_that_stands_there(name: str) -> None:
    """No arrow lies over a chair or another piece of furniture, as far as that is seen."""
    furniture, arrows = shapely.Polygon(), []
    colours = palette.ANATOMY
    for element in etree.fromstring(_draw(_sample(name))).iter("{*}path"):
        rings = [_points(ring) for ring in re.findall("M[^M]*", element.get("d"))]
        areas = [shapely.buffer(shapely.Polygon(ring), 0) for ring in rings if len(ring) > 2]
        shape = shapely.union_all(areas)
        if element.get("fill") == colours.arrow:
            arrows.append(shape)
        elif element.get("fill") in {colours.prop_edge, colours.seat}:
            furniture = shapely.union(furniture, shape)
        elif element.get("fill"):
            furniture = shapely.difference(furniture, shape)
    assert all(shapely.intersection(each, furniture).area < SLIVER for each in arrows)


def _points(data: str) -> list[tuple[float, float]]:
    """Return the ends of a path's curves, as the commands M, l, q, t and c give them."""
    found = []
    x = y = 0.0
    for command, text in re.findall(r"([Mlqtcz])([^Mlqtcz]*)", data):
        numbers = [float(value) for value in re.findall(r"-?\d*\.?\d+", text)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            (x, y), pairs = pairs[0], []
            found.append((x, y))
        controls = {"q": 2, "c": 3}.get(command, 1)
        steps = pairs[controls - 1 :: controls]
        for dx, dy in steps:
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_same_file_gives_the_same_bytes() -> None:
    """In another process, with other hash seeds and threads, a drawing is the same to the byte."""
    code = (
        "import sys; from pathlib import Path; from workshop_builder.source import yaml_text;"
        "from workshop_builder.figures import draw, read; from languages import ENGLISH;"
        "from workshop_builder.model.figure import Person;"
        "text = Path(sys.argv[1]).read_text();"
        "figure = read.read(yaml_text.read('figures/cat-camel.yaml', text, 0), ENGLISH, []);"
        "sys.stdout.buffer.write(draw.draw(figure, Person(), ENGLISH))"
    )
    path = str(SAMPLE / "cat-camel.yaml")
    made = {
        subprocess.run(
            [sys.executable, "-c", code, path],
            env={
                "PYTHONHASHSEED": seed,
                "OPENBLAS_NUM_THREADS": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert made == {draw.draw(_sample("cat-camel"), Person(), ENGLISH)}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_each_figure_has_a_description_of_its_own(language: str) -> None:
    """Descriptions are no shorter than one's own may be, and no two are the same."""
    texts = {name: draw.describe(_sample(name), language_of(language)) for name in NAMES}
    assert {name: text for name, text in texts.items() if len(text) < 40} == {}
    assert [pair for pair in combinations(texts, 2) if texts[pair[0]] == texts[pair[1]]] == []
    assert not any("image of" in text.lower() or "{" in text for text in texts.values())


def test_a_description_says_posture_limb_prop_movement_and_where_it_is_felt() -> None:
    """The words follow from the data, in the order that a listener needs them."""
    start = Posture(near=Limbs(hip=26, knee=40))
    plain = _sample("straight-leg-hamstring").model_copy(update={"alt": None, "ghost": start})
    assert draw.describe(plain, ENGLISH) == (
        "Lying on the back, on a mat, a cushion under the head, a strap round the right foot. "
        "Left knee bent, left foot flat on the floor. Both hands holding the strap. "
        "Start: right knee a little bent, a little above the floor. "
        "The right foot moves toward the head and up. "
        "End: right leg straight, up toward the ceiling. "
        "The head, the shoulders and the left foot stay still. "
        "Felt at the back of the right thigh."
    )
    text = (
        "position: half kneeling\nfelt:\n  - front hip\narrows:\n  - at: hips\n    toward: right\n"
    )
    assert draw.describe(_figure(text), ENGLISH) == (
        "Kneeling on the right knee, the other foot in front. Both arms by the sides. "
        "The hips move forward. The right knee and the left foot stay still. "
        "Felt at the front of the right hip."
    )


def test_the_other_side_is_a_mirror_and_says_so() -> None:
    """`side: left` turns picture and words round, and nothing else."""
    text = "position: half kneeling\nfelt:\n  - front hip\n"
    right, left = _figure(text), _figure(f"{text}side: left\n")
    assert draw.describe(left, ENGLISH) == (
        "Kneeling on the left knee, the other foot in front. Both arms by the sides. "
        "Felt at the front of the left hip."
    )
    outlines = [
        [_points(path.get("d")) for path in etree.fromstring(_draw(each)).iter("{*}path")]
        for each in (right, left)
    ]
    for one, other in zip(*outlines, strict=True):
        boxes = [
            (min(x for x, _ in line), max(x for x, _ in line), min(y for _, y in line))
            for line in (one, other)
        ]
        assert boxes[0][0] == pytest.approx(480 - boxes[1][1], abs=1.5)
        assert boxes[0][2] == pytest.approx(boxes[1][2], abs=1.5)


def test_a_body_is_seen_from_wherever_the_degrees_say() -> None:
    """`turn` and `tilt` are a view of their own; `height` is another word, and never a second."""
    text = "position: sitting\nalt: Words that are the same from wherever the body is seen.\n"
    named = _draw(_figure(f"{text}view: three-quarter\n"))
    assert _draw(_figure(f"{text}turn: 40\ntilt: 18\n")) == named
    assert _draw(_figure(f"{text}turn: 40\nheight: 18\n")) == named
    made = {_draw(_figure(f"{text}turn: {turn}\ntilt: 10\n")) for turn in (0, 30, 120, -90)}
    assert len(made) == 4
    _, problems = _read(f"{text}turn: 40\ntilt: 18\nheight: 18\n")
    fault = "height and tilt say the same; leave one of them out"
    assert problems == [f"figures/x.yaml:5: {fault}"]


def test_people_are_chosen_by_the_figure_then_by_the_workshop_then_by_turns() -> None:
    """Each of them shows in the drawing, and those who are not chosen differ."""
    plain = _figure("position: standing\n")
    grey = draw.draw(plain, Person(hair="short", hair_colour="grey"), ENGLISH).decode()
    assert people.HAIR["grey"] in grey
    own = _figure("position: standing\nperson:\n  hair: bun\n  hair_colour: red\n")
    red = draw.draw(own, Person(hair_colour="grey"), ENGLISH).decode()
    assert people.HAIR["red"] in red
    assert people.HAIR["grey"] not in red
    tones = {people.choose_appearance(Person(), Person(), f"figure {n}") for n in range(40)}
    assert len(tones) > 12


def test_every_build_and_every_head_can_be_drawn_from_every_side() -> None:
    """No choice of a person is refused or drawn like another."""
    for key, view, names in (
        ("build", "side", ("slim", "medium", "broad", "full")),
        ("build", "front", ("slim", "medium", "broad", "full")),
        ("hair", "three-quarter", get_args(Hair)),
        ("age", "side", get_args(Age)),
    ):
        text = f"position: standing\nview: {view}\nperson:\n  {key}: "
        made = {name: _draw(_figure(f"{text}{name}\n")) for name in names}
        assert len(set(made.values())) == len(names)


def test_a_close_up_shows_its_part_large_and_leaves_the_rest_out() -> None:
    """Nothing leaves the frame, a foot is larger, and what is above the calves is not painted."""
    text = "position: standing\nperson:\n  clothes: plum\n  skin: tan\n"
    top = people.CLOTHES["plum"][0]
    widths = []
    for data in (_draw(_figure(text)), _draw(_figure(f"{text}close_up: feet\n"))):
        paths = list(etree.fromstring(data).iter("{*}path"))
        points = {path: list(_points(path.get("d"))) for path in paths}
        assert all(0 <= x <= 480 and 0 <= y <= 320 for line in points.values() for x, y in line)
        skin = [points[path] for path in paths if path.get("fill") == people.SKINS["tan"][0]]
        foot = max(skin, key=lambda line: max(y for _, y in line))
        widths.append(max(x for x, _ in foot) - min(x for x, _ in foot))
    assert widths[1] > 1.5 * widths[0]
    assert top.encode() in _draw(_figure(text))
    assert top.encode() not in data


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_where_it_is_felt_shows_on_grey_paper() -> None:
    """The patch is three times as light as any clothes under it, and hatched besides."""
    patch = _luminance(palette.ANATOMY.felt)
    for top, legs in people.CLOTHES.values():
        for cloth in (top, legs):
            assert (patch + 0.05) / (_luminance(cloth) + 0.05) >= 3
    data = _draw(_sample("bridge")).decode()
    lines = [line for line in re.findall(r"<path[^>]*>", data) if palette.ANATOMY.felt_line in line]
    assert any("fill=" not in line for line in lines)


def test_the_ink_saver_fills_nothing() -> None:
    """All fills are white or light hair; what is left are lines."""
    for name in NAMES:
        data = _draw(_sample(name), ink_saver=True).decode()
        big = set(re.findall(r'fill="([^"]+)"', data)) - {"none", palette.INK}
        assert all(_luminance(colour) > 0.6 for colour in big)
        assert all(colorsys.rgb_to_hsv(*_rgb(colour))[1] < 0.05 for colour in big)


def _rgb(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255


PLACES = [(name, place) for name, kind in PROPS.items() for place in kind.places or (None,)]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_every_prop_is_drawn_in_each_of_its_places(name: str, place: str | None) -> None:
    """A picture with the prop has a tone that only props have, and more of it than without."""
    on = (
        (*LAIN_ON[place], "lying on the back")
        if name in BELOW and place in LAIN_ON
        else ("standing",)
    )
    text = f"position: {on[0]}\n"
    text += "alt: Words that are the same with the prop and without.\n"
    text += "both: {shoulder: 60, shoulder_out: 20}\n"
    at = f"    place: {place}\n" if place else ""
    shown, bare = _draw(_figure(f"{text}props:\n  - prop: {name}\n{at}")), _draw(_figure(text))
    colours = palette.ANATOMY
    tones = (
        colours.prop, colours.prop_edge, colours.seat, colours.thing, colours.metal, colours.band,
        colours.cushion, colours.strap,
    )  # fmt: skip
    counts = [(shown.count(tone.encode()), bare.count(tone.encode())) for tone in tones]
    assert any(after > before for after, before in counts)


def test_each_place_of_a_hand_on_a_prop_has_words() -> None:
    """English, against which all languages are held, says what a hand on each prop does."""
    assert files.ours("en", "figures")["hands"].keys() >= HAND_RESTS.keys()


def test_two_pictures_are_numbered_in_one_size() -> None:
    """A start and an end have a number each, as large as in any other drawing: 9 pt on paper."""
    widths = []
    for name in ("forearm-prop", "standing-back-bend"):
        for picture in etree.fromstring(_draw(_sample(name))).findall("{*}g"):
            disc, digit = picture.findall("{*}path")[-2:]
            assert (disc.get("fill"), digit.get("stroke")) == (palette.ANATOMY.arrow, "#fff")
            across = [x for x, _ in _points(disc.get("d"))]
            widths.append(max(across) - min(across))
    assert len(widths) == 4
    assert widths == pytest.approx([34] * 4, abs=1)


def test_an_arc_about_a_point_that_the_view_covers_is_drawn() -> None:
    """From above, a knee that is straight over its hip turns about it in one and the same place."""
    text = (
        "position: lying on the back\nview: top\nnear:\n  hip: 90\n  knee: 90\n"
        "alt: Somebody on the back, seen from above, with one knee up.\n"
    )
    arrow = "arrows:\n  - at: near knee\n    around: near hip\n    by: 60\n"
    shown, bare = _draw(_figure(text + arrow)).decode(), _draw(_figure(text)).decode()
    arc = f'fill="{palette.ANATOMY.arrow}"'
    assert (shown.count(arc), bare.count(arc)) == (1, 0)


def test_a_pale_gap_parts_dark_legs_but_no_arms() -> None:
    """From the front, a leg that lies clear before the other has a gap; an arm before one none."""
    moss = "person:\n  clothes: moss\n"
    legs = _figure(f"view: front\nposition: sitting\nboth:\n  hip: 95\n  hip_out: 46\n"
                   f"  hip_turn: 70\n  knee: 120\nprops: [{{prop: mat}}]\n{moss}")  # fmt: skip
    crossing = "near:\n  shoulder: 60\n  shoulder_out: -30\n  elbow: 60\n"
    arms = _figure(f"view: front\nposition: standing\n{crossing}{moss}")
    pale = palette.person_palette(("", ""), "", people.CLOTHES["moss"]).legs_far
    gap = f'stroke="{pale}"'
    assert (gap in _draw(legs).decode(), gap in _draw(arms).decode()) == (True, False)


def test_a_ghost_has_no_arms_that_go_along_with_a_leg() -> None:
    """Arms that hold the leg which moves are drawn once, with the body."""
    holding = "position: lying on the back\nnear:\n  hip: 110\n  knee: 90\nboth:\n  hand: {}\n"
    pose = pose_of(_figure(holding.format("behind near thigh")))
    assert going_along(pose) == ["near", "far"]
    assert going_along(pose_of(_figure(holding.format("belly")))) == []


def test_a_ghost_is_dashed() -> None:
    """The other position of a movement is an outline in dashes, and only what differs of it."""
    dashed = _draw(_sample("straight-leg-hamstring")).decode().count("stroke-dasharray")
    assert dashed == 1
    still = _draw(_figure("position: standing\nghost:\n  spine: 0\n")).decode()
    assert "stroke-dasharray" not in still
