"""A language is one folder: the starter in one that the program has never heard of."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
import yaml
from lxml import etree

from workshop_builder import build, load, resources
from workshop_builder.languages import files
from workshop_builder.languages.files import ENGLISH

_LISTS = {"days", "day_names", "months"}
_WRITING = {"colon": "¦", "semicolon": "¦", "plurals": {"one": "n = 1", "few": "n = 2..99"}}
_WEBSITE = """
website:
  url: https://studio.example/break
  links: [{title: Home, url: "https://studio.example"}]
  newsletter:
    name: News
    action: https://news.example/join
    privacy: https://news.example/privacy
"""
_MARKED = re.compile("‹[^‹›]*›")


def _marked(words: object, key: str = "") -> object:
    """Return words with a mark before and behind each text of them."""
    if isinstance(words, dict):
        return {name: _marked(value, name) for name, value in words.items()}
    if isinstance(words, list) or key == "decimal":
        return words
    each = str(words).split() if key in _LISTS else [str(words)]
    return " ".join(f"‹{text}›" for text in each)


def _own_language(source: Path) -> None:
    """Let the workshop be in the language `qq`, which is English between marks."""
    words = {part: _marked(files.ours(ENGLISH, part)) for part in ("labels", "figures", "muscles")}
    words["writing"] = _WRITING
    labels = words["labels"]
    assert isinstance(labels, dict)
    counted = [key.removesuffix("_one") for key in labels if key.endswith("_one")]
    words["labels"] = labels | {f"{key}_few": labels[key].replace("›", "!›") for key in counted}
    for part, data in words.items():
        path = source / "labels" / "qq" / f"{part}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, width=1000), encoding="utf-8")
    drawn = source / "exercises" / "ear-to-shoulder.md"
    text = drawn.read_text(encoding="utf-8")
    drawn.write_text(re.sub(r"(?m)^alt:.*\n", "", text), encoding="utf-8")
    settings = source / "workshop.yaml"
    text = re.sub(r"(?m)^language: en", "language: qq", settings.read_text(encoding="utf-8"))
    settings.write_text(f"{text}\n{_WEBSITE}", encoding="utf-8")


def _of_pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def _of_markup(data: bytes) -> str:
    """Return the words of a page, its attributes and its linked data too."""
    root = etree.fromstring(data, etree.HTMLParser())
    said = [text for text in root.itertext() if not text.lstrip().startswith("{")]
    said += (each.get(name, "") for each in root.iter() for name in ("alt", "title", "aria-label"))
    return " ".join(said)


def _of_epub(path: Path) -> str:
    with ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return " ".join(_of_markup(archive.read(name)) for name in pages)


def _of_json(path: Path) -> str:
    return " ".join(_texts(json.loads(path.read_text(encoding="utf-8"))))


def _texts(data: object) -> Iterator[str]:
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in values:
        yield from [value] if isinstance(value, str) else _texts(value)


_READERS: dict[str, Callable[[Path], str]] = {
    ".pdf": _of_pdf,
    ".epub": _of_epub,
    ".html": lambda path: _of_markup(path.read_bytes()),
    ".json": _of_json,
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build everything of the starter in `qq`; return the text of each file."""
    source, output = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("output")
    shutil.copytree(resources.folder("commands/starter/movement"), source, dirs_exist_ok=True)
    _own_language(source)
    build(load(source), output, editions=("standard", "ink-saver"))
    found = {}
    for path in sorted(output.rglob("*")):
        if path.suffix in _READERS and path.name != "manifest.json":
            name = path.relative_to(output).as_posix()
            found[name] = " ".join(_READERS[path.suffix](path).split())
    return found


def _unmarked(text: str) -> str:
    """Return a text without what stands between marks, also in others that are marked."""
    while (shorter := _MARKED.sub(" ", text)) != text:
        text = shorter
    return text


def _english() -> set[str]:
    """Return the longest word, or row of words, that each English label has beside what it holds.

    What the starter itself says is left out: there it may stand without marks.
    """
    own = "".join(
        path.read_text(encoding="utf-8")
        for path in resources.files("commands/starter/movement").values()
    ).lower()
    rows = [
        max(re.split(r"\{\w+\}", text), key=len).strip(" :.,;?")
        for part in ("labels", "figures")
        for text in _texts(files.ours(ENGLISH, part))
    ]
    rows += [word for key in _LISTS for word in files.ours(ENGLISH, "labels")[key].split()]
    return {row for row in rows if len(row) > 3 and row.lower() not in own}


@pytest.mark.slow
def test_no_english_is_left(texts: dict[str, str]) -> None:
    """Whatever the products say by themselves is what the folder of the language says."""
    assert {Path(name).suffix for name in texts} == set(_READERS)
    patterns = {row: re.compile(rf"(?<!\w){re.escape(row)}(?!\w)") for row in _english()}
    assert len(patterns) > 150
    left = {
        (name, row)
        for name, text in texts.items()
        for row, pattern in patterns.items()
        if pattern.search(_unmarked(text))
    }
    assert left == set()


@pytest.mark.slow
def test_words_and_colons_are_those_of_the_language(texts: dict[str, str]) -> None:
    """Labels, figures and doses are said in each product, and with the colon of the language."""
    for name, text in texts.items():
        assert "›:" not in text, name
    paged = [text for name, text in texts.items() if name.endswith((".pdf", ".epub"))]
    for text in paged:
        assert "‹Caution›¦" in text
        assert re.search("‹5– ?10.times!›", text)
        assert "‹once›" in text
    book = texts["a-break-from-the-desk.epub"]
    assert "‹sitting on a chair›. " in book
    assert "‹felt at ‹the ‹left› side of the neck››." in book
