"""Languages: ours, a studio's own, and what is said of faults in them."""

from __future__ import annotations

import pytest

from workshop_builder.languages import files
from workshop_builder.languages.files import ENGLISH
from workshop_builder.languages.kinds import KINDS, labels_of
from workshop_builder.languages.read import read

ENGLISH_LABELS = "".join(
    f"{key}: '{text}'\n" for key, text in files.ours(ENGLISH, "labels").items()
)


def _said(code: str, own: dict[str, str]) -> list[str]:
    _, problems = read(code, {path: text.encode() for path, text in own.items()})
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("code", files.shipped())
def test_shipped(code: str) -> None:
    """A language of ours, read as if it were a studio's, has every word and no fault."""
    base = code.partition("-")[0]
    own = {
        f"labels/{each}/{part}.yaml": (files.FOLDER / each / f"{part}.yaml").read_bytes()
        for each in dict.fromkeys((base, code))
        for part in files.PARTS
        if files.ours(each, part)
    }
    renamed = {path.replace(f"labels/{base}", "labels/qq"): data for path, data in own.items()}
    language, problems = read(code.replace(base, "qq", 1), renamed)
    assert not problems
    assert language.figures
    assert language.muscles


@pytest.mark.parametrize("code", [code for code in files.shipped() if "-" in code])
def test_regions(code: str) -> None:
    """A region has only what differs from its language."""
    base = code.partition("-")[0]
    for part in files.PARTS:
        assert _same(files.ours(code, part), files.ours(base, part)) == []


def _same(region: object, base: object) -> list[object]:
    """Return the words that a region has as its language has them."""
    if isinstance(region, dict) and isinstance(base, dict):
        return [same for key in region for same in _same(region[key], base[key])]
    return [region] if region == base else []


def test_nobody_has_written_it() -> None:
    """Of a language that nobody has written, one line says what to do."""
    (said,) = _said("xx-YY", {})
    assert said.startswith("workshop.yaml: there are no labels in the language 'xx-YY'; run")
    for code in ("ar", "he-IL", "ku-Arab"):
        said = str(read(code)[1][0])
        assert "from right to left, which is not set yet; write the workshop in another" in said


def test_own_labels_alone() -> None:
    """A file of labels alone makes a language; what it says nothing of is as in English."""
    language, problems = read("xx", {"labels/xx.yaml": ENGLISH_LABELS.encode()})
    assert not problems
    assert language.labels == labels_of("movement", files.ours(ENGLISH, "labels"))
    assert (language.figures, language.muscles) == (None, None)
    assert language.writing.plurals == {"one": "n = 1"}


def test_own_words_before_ours() -> None:
    """A studio changes single words of a language of ours, in a file or in a folder."""
    own = {
        "labels/de.yaml": b"easier: bequemer\nrights: Urheber\nwriting: {plurals: {one: n = 0..1}}",
        "labels/de/labels.yaml": b"rights: Alle Rechte",
        "labels/de/figures.yaml": b"trunk: {rounded: Katzenbuckel}",
        "labels/de-AT.yaml": b"months: " + b"Feber " * 12,
        "labels/den.yaml": b"easier: x",
    }
    language, problems = read("de-AT", own)
    assert not problems
    words = [language.labels[key] for key in ("easier", "rights", "caution", "months")]
    assert words == ["bequemer", "Alle Rechte", "Vorsicht", ("Feber " * 12).strip()]
    assert language.figures
    assert language.figures["trunk"]["rounded"] == "Katzenbuckel"
    assert language.figures["trunk"]["arched"] == "Rücken hohl"
    assert language.writing.plurals == {"one": "n = 0..1"}
    assert language.writing.quotes == ("„", "“", "‚", "‘")


def test_forms_of_plurals() -> None:
    """A language has a label for each of its forms of plurals, and for no other."""
    writing = "plurals: {one: n = 1, few: n = 2..4}"
    own = {"labels/xx.yaml": ENGLISH_LABELS, "labels/xx/writing.yaml": writing}
    counted = [key for key in files.ours(ENGLISH, "labels") if key.endswith("_one")]
    few = [key.replace("_one", "_few") for key in counted]
    said = _said("xx", own)
    assert [line.split("'")[1] for line in said] == few
    own["labels/xx.yaml"] += "".join(
        f"{key}: '{{n}}{' {amount}' * key.startswith('sets')}'\n" for key in few
    )
    assert _said("xx", own) == []
    own["labels/xx.yaml"] = own["labels/xx.yaml"].replace("{n} {amount}", "{n}")
    assert (
        "'sets_few' lacks what is put into it; it must hold {n} and {amount}" in _said("xx", own)[0]
    )
    own["labels/xx.yaml"] += "times_many: '{n} x'\n"
    assert "unknown label 'times_many'" in _said("xx", own)[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("times: x", "2: the label 'times' lacks what is put into it; it must hold {n}"),
        ("times: '{m}'", "2: the label 'times' has a wrong {…}; it may hold {n}"),
        ("times: '{n} {m}'", "a wrong {…}; it may hold {n}"),
        ("times: '{n.__class__}'", "a wrong {…}"),
        ("times: '{n!r}'", "a wrong {…}"),
        ("times: '{n:>99999999999}'", "a wrong {…}"),
        ("times: '{n'", "a wrong {…}"),
        ("times: '{}'", "a wrong {…}"),
        ("times: [x]", "is not one text"),
        ("easier: '{n}'", "it may hold no {…}"),
        ("easeir: x", "unknown label 'easeir'; did you mean 'easier'?"),
        ("days: a b", "needs 7 words"),
        ("figures: {trunk: x}", "'trunk' takes lines of 'key: value'"),
        ("figures: {trunk: {rounded: [x]}}", "'trunk: rounded' is not one text"),
        ("figures: {trunk: {roundde: x}}", "unknown 'roundde'; did you mean 'rounded'?"),
        ("figures: {moves: {many: x}}", "'moves: many' takes a list of words"),
        ("figures:\n  felt: x", "3: 'felt' lacks what is put into it"),
        ("writing: {quotes: [a, b]}", "'quotes' takes four marks"),
        ("writing: {plurals: x}", "'plurals' takes lines of 'form: rule'"),
        ("writing: {plurals: {lots: n = 1}}", "'lots' is no form of plurals"),
        ("writing: {plurals: {one: n == 1}}", "'n == 1' is no rule of plurals"),
        ("writing: {doses: {hold: x}}", "'doses: hold' takes a list of words"),
        ("writing: {numbers: {one: two}}", "'numbers' takes lines of 'word: number'"),
        ("remarks: {sides: left}", "'sides' takes a list of words"),
        ("- a", "not a list of 'key: value' lines"),
        ("a: [", "YAML"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """Words that would print a wrong dose, or nothing, are refused with their line."""
    found = _said("de", {"labels/de.yaml": f"# own\n{text}"})
    assert [said in line for line in found] == [True], found


def test_what_lacks() -> None:
    """Each word that is still to be written is told in a line, at its key if it is there."""
    own = {
        "labels/xx/labels.yaml": ENGLISH_LABELS.replace("easier: 'Easier'", "easier:"),
        "labels/xx/figures.yaml": "trunk:\n  rounded:\n",
        "labels/xx/muscles.yaml": "views:\n  front: vorn\n",
    }
    said = _said("xx", own)
    line = ENGLISH_LABELS.splitlines().index("easier: 'Easier'") + 1
    assert f"labels/xx/labels.yaml:{line}: the label 'easier' is missing; add 'easier: …'" in said
    assert "labels/xx/muscles.yaml:1: 'views: back' is missing; add 'back: …'" in said
    assert not any("figures.yaml" in each for each in said), "nothing of it is written yet"


def test_labels_of_a_kind_of_workshop() -> None:
    """A craft has its own labels where there are some; what a studio says of one counts more."""
    own = {"labels/en.yaml": b"exercises: The recipes\n"}
    names = [read("en", kind=kind)[0].labels["exercises"] for kind in KINDS]
    assert names == ["The exercises", "Step by step", "The tasks"]
    craft, problems = read("en", own, "craft")
    assert (craft.labels["exercises"], craft.labels["caution"], problems) == (
        *("The recipes", "Caution"),
        (),
    )
    assert not any(key.endswith(("_craft", "_lesson")) for key in craft.labels)


def test_a_language_of_ours_has_a_label_for_each_kind() -> None:
    """Where English has a label of its own for a kind of workshop, every language of ours has."""
    found = {
        code: {key for key in files.ours(code, "labels") if key.endswith(("_craft", "_lesson"))}
        for code in files.shipped()
        if "-" not in code
    }
    assert found["en"]
    assert {code for code, keys in found.items() if keys != found["en"]} == set()
