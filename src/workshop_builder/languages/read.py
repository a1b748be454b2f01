"""From the files of a language to all that it says, a studio's own words before ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from workshop_builder.errors import Problem
from workshop_builder.languages import check, files
from workshop_builder.languages.files import ENGLISH, PARTS, OwnWords
from workshop_builder.languages.kinds import MOVEMENT, WorkshopKind, labels_of
from workshop_builder.languages.language import Language, Words, Writing
from workshop_builder.languages.layers import layered, lineage
from workshop_builder.source.folder import SETTINGS_FILE

_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
     "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"]
)  # fmt: skip
"""Languages of such a script, and the scripts."""


def read(
    code: str, own: Mapping[str, bytes] | None = None, kind: WorkshopKind = MOVEMENT
) -> tuple[Language, tuple[Problem, ...]]:
    """Return the language `code` as a `kind` of workshop speaks it, and every problem of `own`.

    `own` are a studio's files by their path in the source folder: `labels/xx.yaml`, which can hold
    all parts, or a file for each part in `labels/xx/`. Where nobody has written the language, a
    problem says so. With a problem, English words stand in; only of pictures nothing is said then
    if nobody has written the language.
    """
    homes = tuple(f"labels/{each}" for each in lineage(code))
    chosen = {path: data for path, data in (own or {}).items() if path.startswith(homes)}
    return _read(code, tuple(sorted(chosen.items())), kind)


@lru_cache(maxsize=16)
def _read(
    code: str, chosen: tuple[tuple[str, bytes], ...], kind: WorkshopKind
) -> tuple[Language, tuple[Problem, ...]]:
    problems: list[Problem] = []
    own = [each for name in lineage(code) for each in files.own(name, dict(chosen), problems)]
    words = {part: layered(code, part, own, kind) for part in PARTS}
    problems += _faults(words, own, kind) if words["labels"] else []
    if not problems and not words["labels"]:
        problems = [_unwritten(code)]
        words = {part: layered(ENGLISH, part, (), kind) for part in ("labels", "writing")}
    elif problems:
        words = {part: layered(ENGLISH, part, (), kind) for part in PARTS}
    return _language(code, kind, words), tuple(problems)


def _unwritten(code: str) -> Problem:
    lacking = f"there are no labels in the language '{code}'"
    remedy = f"run 'workshop labels {code}' and translate what it writes"
    if not _RIGHT_TO_LEFT.isdisjoint(code.split("-")):
        lacking = f"the language '{code}' is written from right to left, which is not set yet"
        remedy = "write the workshop in another"
    return Problem(SETTINGS_FILE, 0, f"{lacking}; {remedy}")


def _language(code: str, kind: WorkshopKind, words: Mapping[str, Words]) -> Language:
    writing = _writing(words["writing"])
    labels, figures, muscles = (
        _spaced(words.get(part), writing) for part in ("labels", "figures", "muscles")
    )
    remarks = words.get("remarks", {})
    return Language(code, kind, labels, figures or None, muscles or None, writing, remarks)


def _writing(words: Words) -> Writing:
    before, after, inner_before, inner_after = words["quotes"]
    return Writing(
        quotes=(before, after, inner_before, inner_after),
        elisions=words["elisions"],
        colon=words["colon"],
        semicolon=words["semicolon"],
        spaces=words["spaces"],
        first_day=words["first_day"],
        callouts=words["callouts"],
        plurals=words["plurals"],
        units=words["units"],
        numbers=words["numbers"],
        counts=words["counts"],
        doses=words["doses"],
    )


def _spaced(words: Any, writing: Writing) -> Any:  # noqa: ANN401  words within words
    """Return words with the fixed blanks of their language."""
    if isinstance(words, Mapping):
        return {key: _spaced(value, writing) for key, value in words.items()}
    return writing.spaced(words) if isinstance(words, str) else words


def _faults(
    words: Mapping[str, Words], own: Sequence[OwnWords], kind: WorkshopKind
) -> list[Problem]:
    """Return what is wrong with a studio's own words, and what lacks beside them."""
    problems = _faults_of("writing", words["writing"], own, {}, kind)
    writing = files.ours(ENGLISH, "writing") if problems else words["writing"]
    for part in ("labels", "figures", "muscles", "remarks"):
        problems += _faults_of(part, words[part], own, writing["plurals"], kind)
    return problems


def _faults_of(
    part: str,
    words: Words,
    own: Sequence[OwnWords],
    forms: Mapping[str, str],
    kind: WorkshopKind,
) -> list[Problem]:
    reference = files.ours(ENGLISH, part)
    mine = [each for each in own if each.part == part]
    problems = [
        each.problem(fault)
        for each in mine
        for fault in check.faults(part, each.words, reference, forms)
    ]
    if mine and words and part != "remarks" and (part == "labels" or not problems):
        wanted = labels_of(kind, reference) if part == "labels" else reference
        lacking = check.missing(part, words, wanted, forms)
        problems += [mine[-1].problem(fault) for fault in lacking]
    return problems
