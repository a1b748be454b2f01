"""The files of a language for its translator."""

from __future__ import annotations

import pytest

from workshop_builder.errors import SourceError
from workshop_builder.languages import files
from workshop_builder.languages.read import read
from workshop_builder.languages.translate import to_translate

WHOLE = [code for code in files.shipped() if "-" not in code]


def _as_own(code: str, own: dict[str, bytes], rename: str = "") -> dict[str, bytes]:
    """Return the files of a language as a studio has them once they are written."""
    place = f"labels/{rename or code}"
    lists = to_translate(code, own)
    return {f"{place}{each.path.removeprefix(code)}": each.text.encode() for each in lists}


@pytest.mark.parametrize("code", WHOLE)
def test_what_is_translated_is_in_the_files(code: str) -> None:
    """The files of a language that the program has say, read as a studio's own, all it says."""
    assert [each.lacking for each in to_translate(code, {})] == [0] * len(files.PARTS)
    language, problems = read("qq", _as_own(code, {}, "qq"))
    shipped, _ = read(code)
    assert not problems
    for part in ("labels", "figures", "muscles", "remarks"):
        assert getattr(language, part) == getattr(shipped, part)
    for name in shipped.writing.__slots__:
        assert getattr(language.writing, name) == getattr(shipped.writing, name)


def test_the_english_stands_above_each_word() -> None:
    """A new language has every word of English, commented, and nothing behind the keys."""
    lists = {each.path: each for each in to_translate("nl", {})}
    labels = lists["nl/labels.yaml"]
    assert labels.lacking == len(files.ours("en", "labels"))
    assert "\n# Easier\neasier:\n" in labels.text
    assert '\n# "{n} times"\ntimes:\n' in labels.text
    figures = lists["nl/figures.yaml"].text
    assert "\n  # back rounded\n  rounded:\n" in figures
    assert "\n# {right: right, left: left, both: both}\nsides:\n" in figures
    (said,) = read("nl", _as_own("nl", {}))[1]
    assert "run 'workshop labels nl' and translate what it writes" in said.text


def test_what_a_studio_has_stays() -> None:
    """Words of a studio's files, single or in a folder, are in the files that are written."""
    own = {
        "labels/nl.yaml": b"easier: x\nfigures: {felt: 'a: {places}'}",
        "labels/nl/labels.yaml": b"rights: y",
    }
    written = _as_own("nl", own)
    assert b"# Easier\neasier: x\n" in written["labels/nl/labels.yaml"]
    assert b"# Rights\nrights: y\n" in written["labels/nl/labels.yaml"]
    assert b'felt: "a: {places}"\n' in written["labels/nl/figures.yaml"]
    assert _as_own("nl", written) == written


def test_each_form_of_plurals_is_asked_for() -> None:
    """A label that is counted stands there once for each form that the language has."""
    own = {"labels/pl/writing.yaml": b"plurals: {one: n = 1, few: n = 2..4}"}
    labels = _as_own("pl", own)["labels/pl/labels.yaml"].decode()
    assert '# once\ntimes_one:\n# "{n} times"\ntimes_few:\n# "{n} times"\ntimes:' in labels
    none = {"labels/ja/writing.yaml": b"plurals: {}"}
    assert "times_one" not in _as_own("ja", none)["labels/ja/labels.yaml"].decode().replace(
        "as times_one", ""
    )


def test_a_region_has_its_languages_words_beside_it() -> None:
    """A region's files show what its language says, and hold only what it says otherwise."""
    written = _as_own("de-CH", {"labels/de-CH.yaml": b"rights: Rechtliches"})
    labels = written["labels/de-CH/labels.yaml"].decode()
    assert "# Leichter\neasier:\n" in labels
    assert "# Rechte\nrights: Rechtliches\n" in labels
    language, problems = read("de-CH", written)
    assert not problems
    assert (language.labels["easier"], language.labels["rights"]) == ("Leichter", "Rechtliches")


def test_faults_are_told_before_anything_is_lost() -> None:
    """A key that the program does not know would not be in the files: it is a fault."""
    with pytest.raises(SourceError, match=r"nl\.yaml:1: unknown label 'easeir'"):
        to_translate("nl", {"labels/nl.yaml": b"easeir: x"})
