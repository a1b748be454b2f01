"""docs/figures.md: its files are figures, its pictures are theirs, and it leaves nothing out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import figure_guide
import kept_drawings
import pytest

from workshop_builder import SourceError, load, resources
from workshop_builder.commands import schema
from workshop_builder.commands.figure import FigureFile
from workshop_builder.figures.body import joint_limits
from workshop_builder.figures.drawing.palette import ANATOMY
from workshop_builder.figures.muscles.plates import VIEWS, load_plate
from workshop_builder.figures.person.people import CLOTHES, SKINS
from workshop_builder.model import figure, posture
from workshop_builder.model.base import Value
from workshop_builder.model.figure import AnatomyFigure, NamedPlace, PoseFigure

TEXT = figure_guide.GUIDE.read_text(encoding="utf-8")
SHOWN = figure_guide.shown(TEXT)
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
NAMED = {word for words in re.findall(r"`([^`\n]+)`", TEXT) for word in (words, words[2:])}
"""What the guide says in the type of code; of an item of a list, the word itself too."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[FigureFile]:
    """Return the figure of each picture."""
    folder = tmp_path_factory.mktemp("guide")
    return [each.read(folder) for each in SHOWN]


def _named(picture: Any) -> str:  # noqa: ANN401  a class of the script
    return str(picture.picture)


def test_each_picture_is_as_old_as_its_file() -> None:
    """Each is noted to be of the file above it as it is; else run scripts/figure_guide.py."""
    for each in SHOWN:
        svg = (figure_guide.PICTURES / f"{each.picture}.svg").read_text(encoding="utf-8")
        assert kept_drawings.note(each.text) in svg, each.picture


@pytest.mark.parametrize("picture", SHOWN[::12], ids=_named)
def test_a_picture_is_drawn_from_the_file_above_it(picture: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Of the pictures, these are drawn again: the engine draws as it did."""
    assert (figure_guide.PICTURES / f"{picture.picture}.svg").read_bytes() == picture.svg(tmp_path)


def test_each_picture_has_one_place_and_each_file_a_picture() -> None:
    """No picture is left over or stands twice, each is named for its file, none is missing."""
    names = [each.picture for each in SHOWN]
    assert len(set(names)) == len(names)
    assert {f"{name}.svg" for name in names} == {
        path.name for path in figure_guide.PICTURES.iterdir()
    }
    for each in SHOWN:
        assert each.picture.startswith(Path(each.file).stem)
    files = {
        block.partition("\n")[0].removeprefix("# ") for block in BLOCKS if "# figures/" in block
    }
    assert {each.file for each in SHOWN} == files


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition("\n")[0])
def test_a_file_of_the_guide_is_without_fault(block: str, tmp_path: Path) -> None:
    """Each yaml block is a figure, or the lines of workshop.yaml, and is read without problem."""
    if block.startswith("# workshop.yaml\n"):
        (tmp_path / "workshop.yaml").write_text(f"title: A\nlanguage: en\n{block}")
        assert load(tmp_path).settings.figures.hair
        return
    (name,) = re.findall(r"\A# (figures/[\w-]+\.yaml)$", block, re.MULTILINE)
    figure_guide.Shown("picture", "", name, block).read(tmp_path)


def test_each_picture_has_words() -> None:
    """Each picture of the guide has a sentence for those who cannot see it."""
    for each in SHOWN:
        assert re.fullmatch(r"\S.{10,150}\.", each.alt), each.picture


def _words(value: object) -> Iterator[str]:
    """Yield each text that stands anywhere in a figure."""
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _words(part)
        case list() | tuple():
            for part in value:
                yield from _words(part)
        case _:
            return


def _choices(schema: object) -> Iterator[str]:
    """Yield each word of each choice in a schema."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
    for part in schema.values() if isinstance(schema, dict) else ():
        for each in part if isinstance(part, list) else [part]:
            yield from _choices(each)


def test_each_word_of_the_form_is_named() -> None:
    """Each word that a key of a figure takes is in the guide, in the type of code."""
    words = set(_choices(json.loads(schema.text("figure"))))
    assert words > {
        *get_args(posture.Position),
        *get_args(posture.HandPlace),
        *get_args(figure.Region),
    }
    assert words - NAMED == set()


HEADINGS: dict[str, type[Value]] = {
    "## The posture": posture.Posture,
    "## The picture": PoseFigure,
    "## Arms and legs": posture.Limbs,
    "## Props": figure.Prop,
    "## Two people": figure.Partner,
    "## Arrows": figure.Arrow,
    "## Who is drawn": figure.Person,
    "## Muscle pictures": AnatomyFigure,
    "### Labels": NamedPlace,
}
"""Where the guide explains each part of a figure."""


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_key_of_the_form_is_explained_with_an_example(heading: str) -> None:
    """The first table below a heading has a row for each key of a part, and for no other."""
    keys = set(HEADINGS[heading].model_fields)
    if heading in {"## The picture", "## Two people"}:
        keys -= set(posture.Posture.model_fields)
    table = TEXT.split(f"\n{heading}\n")[1].split("| Key |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", table, re.MULTILINE)
    assert {key for key, _ in rows} == keys
    for key, example in rows:
        assert example.startswith((f"`{key}: ", "[above](#", "[below](#", "a list")), key


def test_each_message_of_the_guide_is_one_of_the_program() -> None:
    """What the table of messages quotes is in the text of the program."""
    package = resources.folder("figures").parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    table = TEXT.split("\n## Messages\n")[1]
    quoted = re.findall(r"^\| `(.+?)` \| [^|]+ \|$", table, re.MULTILINE)
    assert len(quoted) > 10
    assert [words for words in quoted if words not in source] == []


def test_each_name_of_a_muscle_picture_is_named() -> None:
    """Each muscle, label and arrow of each view of the bones is in the guide."""
    said = NAMED | {f"gluteus {name} {end}" for name in _GLUTEI for end in ("start", "end")}
    for view in VIEWS:
        data = load_plate(view).data
        assert {*data.muscles, *data.marks, *data.arrows} - said == set(), view


_GLUTEI = ("maximus", "medius", "minimus")
"""Their ends the guide names in one go."""


DRAWN: dict[str, object] = {
    "position": posture.Position,
    "view": figure.View,
    "side": figure.SideName,
    "region": figure.Region,
    "hand": posture.HandPlace,
    "hair": figure.Hair,
    "build": figure.BuildName,
    "age": figure.Age,
    "prop": figure.Prop.model_fields["prop"].annotation,
    "behind": PoseFigure.model_fields["behind"].annotation,
}


@pytest.mark.parametrize("kind", DRAWN)
def test_each_choice_that_changes_much_is_drawn(kind: str, files: list[FigureFile]) -> None:
    """Positions, views, regions, places of hands, hair, builds and props are seen in pictures."""
    drawn = {word for each in files for word in _words(each.figure.model_dump())}
    wanted = set(get_args(DRAWN[kind]))
    assert wanted
    assert wanted - drawn == set()


def test_each_skin_and_each_dress_is_drawn(files: list[FigureFile]) -> None:
    """All skins and all clothes are seen in the pictures, for the guide names who is drawn."""
    people = [each.figure.person for each in files if isinstance(each.figure, PoseFigure)]
    assert {person.skin for person in people} >= set(SKINS)
    assert {person.clothes for person in people} >= set(CLOTHES)


def test_each_region_of_a_picture_is_seen(files: list[FigureFile]) -> None:
    """Whatever a picture says is felt, its drawing shows as one patch each."""
    shown = 0
    for picture, file in zip(SHOWN, files, strict=True):
        if felt := getattr(file.figure, "felt", ()):
            drawing = (figure_guide.PICTURES / f"{picture.picture}.svg").read_text(encoding="utf-8")
            patches = drawing.count(f'fill="{ANATOMY.felt}"')
            assert patches == len(felt), (picture.picture, felt)
            shown += patches
    assert shown > 50


_SLIP = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| (figures/.+) \|$", re.MULTILINE)


def test_each_slip_gives_the_message_of_the_guide(tmp_path: Path) -> None:
    """A wrong line of a file gives the messages that the guide has beside it."""
    slips = list(_SLIP.finditer(TEXT))
    assert len(slips) > 5
    for slip in slips:
        old, new, said = slip.groups()
        *_, (text, file) = re.findall(figure_guide._FILE, TEXT[: slip.start()])
        assert text.count(old) == 1
        with pytest.raises(SourceError) as raised:
            figure_guide.Shown("picture", "", file, text.replace(old, new)).read(tmp_path)
        assert said.split("<br>") == [str(problem) for problem in raised.value.problems]


def test_the_words_that_the_guide_quotes_are_those_of_the_figure(files: list[FigureFile]) -> None:
    """The description that stands in the guide is the one that is made from the first figure."""
    (quoted,) = re.findall(r"^> (.+)$", TEXT, re.MULTILINE)
    (place,) = [number for number, each in enumerate(SHOWN) if each.picture == "leg-lift"]
    assert quoted == files[place].alt


def test_the_limits_of_the_guide_are_those_of_the_program() -> None:
    """The table of joints says how far each may go."""
    rows = re.findall(r"^\| `(\w+)` \| (-?\d+) \| (\d+) \|$", TEXT, re.MULTILINE)
    assert {key: (float(least), float(most)) for key, least, most in rows} == dict(
        joint_limits.JOINTS
    )


def test_a_line_that_fits_nowhere_is_refused() -> None:
    """A change in a table of pictures must take the place of exactly one line."""
    text = "# figures/x.yaml\nnear:\n  hip: 0\nfar:\n  hip: 0\n  knee: 5\n"
    assert figure_guide.changed(text, ["knee: 20"]) == text.replace("knee: 5", "knee: 20")
    for line in ("hip: 20", "ankle: 20"):
        with pytest.raises(ValueError, match=line):
            figure_guide.changed(text, [line])
