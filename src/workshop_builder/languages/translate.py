"""The files of a language as they are to be translated: each word with the English beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop_builder.errors import Problem, SourceError
from workshop_builder.languages import check, files
from workshop_builder.languages.files import ENGLISH, PARTS, OwnWords
from workshop_builder.languages.language import Words
from workshop_builder.languages.layers import layered, lineage, merged

_LINE = re.compile(r"( *)([^#\s][^:]*):(?: (.*))?")
"""A line of an English file: its depth, its key, its words unless they stand below it."""

_LANGUAGE = "# Translate each word behind its ':'. The line above has it in English."
_PLAIN = re.compile(r"(?!null$)[^\W\d_][\w ’'().…/–·-]*(?<! )")
"""A text that YAML reads as itself without quotes, in brackets too."""
_UNSEEN = re.compile("[\u00a0\u00ad\u202f]")
"""Fixed blanks and soft hyphens, which no one can tell from what looks like them."""
_OPTIONAL = {"writing", "remarks"}
"""Parts of which a language can leave out what does not apply to it."""
_TO_WRITE = "\0"
"""Stands in a line for words that are still to be written."""
_REGION = "# Write only what the region says otherwise. The line above has what its language says."


@dataclass(frozen=True, slots=True)
class WordList:
    """A file of a language as it is to be translated."""

    path: str
    """Such as `nl/labels.yaml`."""
    text: str
    lacking: int
    """How many of its words are not translated; none where what is not there is elsewhere."""


def to_translate(code: str, own: Mapping[str, bytes]) -> list[WordList]:
    """Return the files of the language `code`.

    Words that the program or a studio's `own` files have are in them, those of a region only
    where it says something else; the others are empty. Raises SourceError for faults of `own`.
    """
    problems: list[Problem] = []
    mine = list(files.own(code, own, problems))
    forms = layered(code, "writing", mine)["plurals"]
    problems += (problem for each in mine for problem in _faults(each, forms))
    if problems:
        raise SourceError(problems)
    return [_word_list(code, part, mine, forms) for part in PARTS]


def _word_list(code: str, part: str, own: Sequence[OwnWords], forms: Mapping[str, str]) -> WordList:
    regional = len(lineage(code)) > 1
    lines = [_REGION if regional else _LANGUAGE, *_lines(code, part, own, forms)]
    done = regional or (part in _OPTIONAL and _had(code, part, own))
    lacking = 0 if done else sum(line.endswith(_TO_WRITE) for line in lines)
    text = "\n".join(lines).replace(_TO_WRITE, "")
    return WordList(f"{code}/{part}.yaml", f"{text}\n", lacking)


def _faults(each: OwnWords, forms: Mapping[str, str]) -> Iterator[Problem]:
    reference = files.ours(ENGLISH, each.part)
    yield from map(each.problem, check.faults(each.part, each.words, reference, forms))


def _had(code: str, part: str, own: Sequence[OwnWords]) -> Words:
    """Return what is translated already."""
    return merged([files.ours(code, part), *(each.words for each in own if each.part == part)])


def _beside(code: str, part: str) -> Words:
    """Return the words to translate from: English ones, and a region's those of its language."""
    wider = [files.ours(each, part) for each in lineage(code)[:-1]]
    return merged([files.ours(ENGLISH, part), *wider])


def _lines(
    code: str, part: str, own: Sequence[OwnWords], forms: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of a file, in the order of the English one and with its comments."""
    beside, had = _beside(code, part), _had(code, part, own)
    keys: list[str] = []
    for line in files.text(ENGLISH, part).splitlines():
        found = _LINE.fullmatch(line)
        if found:
            keys = [*keys[: len(found[1]) // 2], found[2]]
        if not found or found[3] is None:
            yield line
            continue
        for name in check.forms_of(found[2], forms):
            place = [*keys[:-1], name]
            english = _at(beside, place) or _at(beside, [check.without_form(name)])
            mine = _at(had, place)
            yield f"{found[1]}# {found[3] if english is None else _in_one_line(english)}"
            yield f"{found[1]}{name}:{_TO_WRITE if mine is None else f' {_in_one_line(mine)}'}"


def _at(words: Any, keys: list[str]) -> Any:  # noqa: ANN401  words within words
    for key in keys:
        words = words.get(key) if isinstance(words, Mapping) else None
    return words


def _in_one_line(words: object) -> str:
    """Return words as YAML in one line."""
    if isinstance(words, Mapping):
        pairs = (f"{_in_one_line(key)}: {_in_one_line(value)}" for key, value in words.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(words, list):
        return f"[{', '.join(map(_in_one_line, words))}]"
    text = str(words)
    if _PLAIN.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)
