"""The documents say what is so: their commands run, their links lead, their lists are whole.

In a fenced block of the kind `console`, a line that starts with `$ ` is run by bash, in a folder
that starts out empty and is the same for the whole document. Lines below it are what it prints,
on either stream, with `…` for anything; where there are none, what it prints is not compared.
Commands that set a machine up are not run, but what they name must exist. Blocks of the kind
`pycon` are run by doctest, in a folder that holds the starter as `workshop`.
"""

from __future__ import annotations

import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

import layout
import workshop_builder
from workshop_builder import build, load
from workshop_builder.commands import new
from workshop_builder.commands import schema as schemas
from workshop_builder.model import session
from workshop_builder.model.products import select_targets
from workshop_builder.pages import stylesheets
from workshop_builder.source import yaml_text

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "src/workshop_builder/commands/starter/movement"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
WRITING = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
SCHEMAS = ("workshop", "exercise", "chapter", "figure", "roster")

_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SET_UP = re.compile(r"make ([a-z-]+)$")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a document, and what it should print."""

    line: str
    printed: str


def blocks(text: str, kind: str) -> list[str]:
    """Return the contents of the fenced blocks of a kind."""
    return [body for name, body in _FENCE.findall(text) if name == kind]


def commands(text: str) -> Iterator[Command]:
    """Yield the commands of a document's console blocks, in order."""
    for block in blocks(text, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, printed = part.partition("\n")
            yield Command(line, printed)


def named(paths: list[Path], slow: str = "") -> list[object]:
    """Return the paths as parameters of a test, known by their names, one of which is slow."""
    marks = {slow: [pytest.mark.slow]}
    return [pytest.param(path, id=path.name, marks=marks.get(path.name, [])) for path in paths]


def environment() -> dict[str, str]:
    """Return an environment in which the tested `workshop` comes first and lines are 80 wide."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": "80", "TERM": "dumb"}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command has done."""

    printed: str
    code: int
    folder: Path
    """Where it leads to."""


def run(line: str, folder: Path) -> Done:
    """Run a line of a document in `folder`."""
    done = subprocess.run(
        ["bash", "-c", f"{line}\nprintf '\\0%s\\0%s' $? \"$PWD\""],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    printed, code, place = done.stdout.split("\0")
    return Done(printed, int(code), Path(place))


def matches(wanted: str, printed: str) -> bool:
    """Tell whether a text is the wanted one, in which `…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in wanted.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@pytest.mark.parametrize("document", named(DOCUMENTS, slow="README.md"))
def test_the_commands_of_a_document_do_what_it_says(document: Path, tmp_path: Path) -> None:
    """Each command of a console block runs and prints what stands below it."""
    folder = tmp_path
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in commands(document.read_text(encoding="utf-8")):
        if target := _SET_UP.fullmatch(command.line):
            assert f"\n{target[1]}:" in makefile
            continue
        done = run(command.line, folder)
        said = f"$ {command.line}\n{done.printed}"
        assert matches(command.printed, done.printed) if command.printed else done.code == 0, said
        folder = done.folder


@pytest.mark.parametrize("document", named([ROOT / "docs/api.md"]))
def test_the_python_of_a_document_prints_what_it_says(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python that a document shows runs, and what it prints stands below it."""
    shutil.copytree(STARTER, tmp_path / "workshop")
    monkeypatch.chdir(tmp_path)
    shown = "\n".join(blocks(document.read_text(encoding="utf-8"), "pycon"))
    test = doctest.DocTestParser().get_doctest(shown, {}, document.name, None, None)
    said = io.StringIO()
    tried = doctest.DocTestRunner().run(test, out=said.write)
    assert (tried.failed, tried.attempted > 0) == (0, True), said.getvalue()


def test_the_page_on_python_names_all_that_is_public() -> None:
    """docs/api.md tells of each public name."""
    told = re.findall(r"\w+", (ROOT / "docs/api.md").read_text(encoding="utf-8"))
    assert set(workshop_builder.__all__) - set(told) == set()


def test_each_option_is_told_and_each_that_is_told_is_there(tmp_path: Path) -> None:
    """docs/writing.md tells of every option of `workshop build`, and no document of another."""
    options = set(re.findall(r"--[a-z]+", run("workshop build --help", tmp_path).printed))
    assert options - {"--help"} <= set(re.findall(r"--[a-z]+", WRITING)) | {"--output"}
    for document in DOCUMENTS:
        for line in re.findall(r"workshop build [^`\n]*", document.read_text(encoding="utf-8")):
            assert set(re.findall(r"--[a-z]+", line)) <= options, line


def test_the_two_commands_stand_first_in_the_readme() -> None:
    """The README's first commands are those that build and test a fresh clone."""
    first = [command.line for command in commands((ROOT / "README.md").read_text())][:2]
    assert first == ["make build", "make test"]


@pytest.mark.parametrize("document", named(DOCUMENTS))
def test_each_make_target_that_a_document_names_is_there(document: Path) -> None:
    """What a document calls `make …` is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", document.read_text(encoding="utf-8")):
        assert f"\n{target}:" in makefile


@pytest.mark.parametrize("document", named(DOCUMENTS))
def test_each_link_of_a_document_leads_somewhere(document: Path) -> None:
    """A link within the project leads to a file or folder, and to a heading that is in it."""
    text = re.sub(_FENCE, "", document.read_text(encoding="utf-8"))
    for address in _LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
        if address.startswith(("https://", "mailto:")):
            continue
        path, _, heading = address.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), address
        assert target.is_relative_to(ROOT), address
        if heading:
            assert heading in anchors(target.read_text(encoding="utf-8")), address


def anchors(text: str) -> set[str]:
    """Return the names by which the headings of a document can be linked to."""
    headings = re.findall(r"^#+ (.+)$", re.sub(_FENCE, "", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_pictures_of_the_readme_are_small_enough() -> None:
    """The README shows each picture of docs/pictures/; together they stay below 900 kB."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "docs/pictures").glob("*.*"))
    assert pictures
    assert all(f"docs/pictures/{picture.name}" in readme for picture in pictures)
    assert sum(picture.stat().st_size for picture in pictures) < 900_000


def test_the_architecture_explains_each_folder() -> None:
    """docs/architecture.md has a word on every folder of the program."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", text))
    assert set(layout.ORDER) - {""} <= named


# --- The starter ------------------------------------------------------------------------------


def test_the_starter_shows_every_key() -> None:
    """Each key that a teacher can write stands in the starter, in use or behind a `#`.

    What only activities have stands in the starter of a craft.
    """
    optional, craft = {"template", "style", "figure"}, {"takes"}
    for name in SCHEMAS[:3]:
        for keys in properties(name).values():
            for key in keys - optional:
                folder = STARTER.with_name("craft") if key in craft else STARTER
                assert re.search(rf"^[# -]*{key}:", _written(folder), re.MULTILINE), key


@cache
def _written(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.[my][da]*"))


def test_the_commented_keys_of_the_starter_are_right(tmp_path: Path) -> None:
    """Taking the `#` away from each optional line gives a workshop that is read without problem."""
    folder = tmp_path / "all"
    shutil.copytree(STARTER, folder)
    (folder / "pictures/logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    for path in [folder / "workshop.yaml", *folder.glob("*/*.md")]:
        text = path.read_text(encoding="utf-8").replace("handout: {}\n", "handout:\n")
        path.write_text(re.sub(r"^( *)# ( *(?:- )?\w+:(?: |$))", r"\1\2", text, flags=re.MULTILINE))
    settings = load(folder).settings
    assert settings.website
    assert settings.website.newsletter
    assert settings.studio
    assert settings.studio.emergency == "112"
    assert settings.products["take-home"].papers == ("a4", "letter")


# --- The schemas and what is told of them ---------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_kept_schema_is_that_of_the_model(name: str) -> None:
    """Each file of docs/schemas/ is what `workshop schema` prints; else run `make schemas`."""
    kept = ROOT / f"docs/schemas/{name}.schema.json"
    assert kept.read_text(encoding="utf-8") == schemas.text(name)


@pytest.mark.parametrize("folder", named([*STARTER.parent.iterdir(), ROOT / "workshop"]))
def test_a_good_workshop_is_good_by_the_schemas(folder: Path) -> None:
    """An editor that follows the schemas finds no fault in the sample and the starter."""
    validate("workshop", (folder / "workshop.yaml").read_text(encoding="utf-8"))
    for name in ("exercise", "chapter"):
        for path in sorted((folder / f"{name}s").glob("*.md")):
            front, _, _ = yaml_text.split_front_matter(path.read_text(encoding="utf-8"))
            assert front is not None
            validate(name, front)
    for path in sorted((folder / "figures").rglob("*.yaml")):
        validate("figure", path.read_text(encoding="utf-8"))


class Editor(yaml.SafeLoader):
    """YAML as an editor reads it: numbers are numbers, and a date is a text."""


Editor.yaml_implicit_resolvers = {
    first: [rule for rule in rules if not rule[0].endswith("timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validate(name: str, text: str) -> None:
    """Hold a YAML text against a schema; raises ValidationError where it is wrong."""
    # By way of JSON, in which each key is a text, as editors have it.
    data = json.loads(json.dumps(yaml.load(text, Loader=Editor)))  # noqa: S506  a safe one
    validator(name).validate(data)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what holds a text against the schema of that name."""
    return jsonschema.Draft202012Validator(json.loads(schemas.text(name)))


def test_a_schema_finds_a_fault() -> None:
    """The schemas refuse what the program refuses: an unknown key, and a number without a unit."""
    with pytest.raises(jsonschema.ValidationError, match="hodl"):
        validate("exercise", "name: A\nhodl: 45 s")
    with pytest.raises(jsonschema.ValidationError, match="45"):
        validate("exercise", 'name: A\nhold: "45"')
    session = "title: A\nlanguage: en\nsession: [{title: B, minutes: {60: 5, 75: 8}}]"
    validate("workshop", session)
    with pytest.raises(jsonschema.ValidationError, match="60 min"):
        validate("workshop", session.replace("60:", "60 min:"))


def properties(name: str) -> dict[str, set[str]]:
    """Return the keys of a schema by the name of the part that has them."""
    schema = json.loads(schemas.text(name))
    parts = {name: schema, **schema.get("$defs", {})}
    return {
        p: set(content["properties"]) for p, content in parts.items() if "properties" in content
    }


HEADINGS = {
    "workshop": "## workshop.yaml",
    "Studio": "### studio",
    "Evaluation": "### evaluated",
    "ReadingGrade": "### reading_grade",
    "Safety": "### safety",
    "RedFlag": "### red_flags",
    "Advice": "### advice",
    "SessionBlock": "### session",
    "ProductSettings": "### products",
    "Alternative": "### instead",
    "Website": "### website",
    "Link": "### links",
    "Newsletter": "### newsletter",
    "Term": "### glossary",
    "Source": "### sources",
    "exercise": "## An exercise",
    "chapter": "## A chapter",
    "Person": "### figures",
}
"""Where docs/writing.md tells of each part of the schemas; docs/figures.md tells of figures."""


@pytest.mark.parametrize("name", SCHEMAS[:3])
def test_each_key_is_explained_with_an_example(name: str) -> None:
    """docs/writing.md has a row with an example for each key of the model, and for no other."""
    for part, keys in properties(name).items():
        section = WRITING.split(f"\n{HEADINGS[part]}\n")[1].split("\n#")[0]
        rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
        assert {key for key, _, _ in rows} == keys, part
        for key, example, _ in rows:
            assert example.startswith((f"`{key}: ", "[below](#", "a list")), key


def test_the_examples_of_keys_are_right() -> None:
    """Each example of an exercise's key is one that the program reads."""
    section = WRITING.split("\n## An exercise\n")[1].split("\n#")[0]
    lines = re.findall(r"^\| `\w+` \| `(.+?)` \|", section, re.MULTILINE)
    validate("exercise", "\n".join(lines))
    assert len(lines) > 10


def test_each_message_that_is_explained_is_one_of_the_program() -> None:
    """What the tables of messages quote stands in the program's text."""
    source = (
        "".join(
            path.read_text(encoding="utf-8")
            for path in (ROOT / "src/workshop_builder").rglob("*.py")
        )
        .replace("{SETTINGS_FILE}", "workshop.yaml")
        .replace("{MANIFEST}", "manifest.json")
        .replace("there is no {kind}", "there is no exercise")
        .replace("there is no {noun}", "there is no product")
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("## When something is wrong")[1]
    tables = WRITING.split("\n## Messages\n")[1] + readme.split("\n## ")[0]
    quoted = re.findall(r"^\| `(.+?)` \| [^|]+ \|$", tables, re.MULTILINE)
    assert len(quoted) > 50
    assert [words for words in quoted if words not in source] == []


def test_the_shown_exercise_and_blocks_can_be_built(tmp_path: Path) -> None:
    """The exercise, the chapter's text and the blocks that docs/writing.md shows are read."""
    shutil.copytree(STARTER, tmp_path / "shown")
    exercise, front, text, block, picture, figure = blocks(WRITING, "markdown")
    (tmp_path / "shown/exercises/ear-to-shoulder.md").write_text(exercise)
    (tmp_path / "shown/pictures/desk.jpg").write_bytes(b"not read here")
    (tmp_path / "shown/pictures/ear-to-shoulder.svg").write_bytes(b"nor this")
    (tmp_path / "shown/figures/ear-to-shoulder.yaml").write_text("position: standing\n")
    chapter = f"{front}\n\n{text}\n\n{block}\n\n{picture}\n\n{figure}"
    (tmp_path / "shown/chapters/03-shown.md").write_text(chapter)
    workshop = load(tmp_path / "shown")
    assert len(workshop.chapters) == 3
    assert len(workshop.exercises["ear-to-shoulder"].steps) == 3


def test_the_shown_session_of_several_lengths_adds_up(tmp_path: Path) -> None:
    """The session that docs/writing.md shows is read, its lengths and its sums without fault."""
    (shown,) = blocks(WRITING.split("\n### Several lengths\n")[1].split("\n#")[0], "yaml")
    (tmp_path / "workshop.yaml").write_text(f"title: A\nlanguage: en\n{shown}")
    made = session.plan(load(tmp_path).settings)
    assert [column.length for column in made.columns] == [60, 75, 90]
    assert made.total == 75


def test_the_own_product_can_be_built(tmp_path: Path) -> None:
    """The product that docs/writing.md adds in three lines is made as it says."""
    folder = tmp_path / "own"
    shutil.copytree(STARTER, folder)
    section = WRITING.split("\n### A product of your own\n")[1].split("\n## ")[0]
    (lines,) = blocks(section, "yaml")
    settings = folder / "workshop.yaml"
    settings.write_text(settings.read_text().replace("products:\n", lines, 1))
    for kind, name in (("html", "templates/door-sign.html"), ("css", "styles/door-sign.css")):
        (folder / name).parent.mkdir()
        (content,) = blocks(section, kind)
        (folder / name).write_text(content)
    build(load(folder), tmp_path / "dist", only=("door-sign",))
    assert (tmp_path / "dist/a-break-from-the-desk-door-sign.pdf").exists()


def test_one_line_changes_the_colour(tmp_path: Path) -> None:
    """The line that docs/writing.md gives recolours every product, the e-book too."""
    (lines,) = [block for block in blocks(WRITING, "yaml") if "  colour:" in block]
    folder = tmp_path / "mine"
    new.copy(folder)
    settings = folder / "workshop.yaml"
    line = lines.splitlines()[-1]
    settings.write_text(settings.read_text().replace("studio:\n", f"studio:\n{line}\n"))
    workshop = load(folder)
    for target in select_targets(workshop):
        css = stylesheets.flattened(stylesheets.for_target(workshop, target))
        assert "#7a3b69" in css
        assert "var(--accent)" not in css


# --- What no committed file may hold ----------------------------------------------------------


def committed() -> list[Path]:
    """Return the text files that are in the repository, or will be."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    pictures = (".png", ".jpg", ".webp", ".pdf", ".zip", ".epub")
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix not in pictures]


def test_no_file_names_a_place_of_one_machine_or_a_registry() -> None:
    """No committed text holds a home folder, this folder's own path or a registry's address."""
    hosts = "pypi|pythonhosted|npmjs|registry[.]npm|deb[.]debian"
    homes = "home|Users|root|work"
    place = re.compile(rf"https?://[\w.]*(?:{hosts})|(?<![\w./*\]])/(?:{homes})/\w", re.IGNORECASE)
    faults = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in committed()
        for found in place.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert faults == []
