"""What is wrong with the words of a language, held against the English ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import TypeAlias

from workshop_builder.errors import did_you_mean
from workshop_builder.languages import plurals
from workshop_builder.languages.language import Words
from workshop_builder.source.yaml_text import KeyPath

WordFault: TypeAlias = tuple[KeyPath, str]
"""A place in the words; what is wrong there, and what to do."""
Forms: TypeAlias = Mapping[str, str]
"""The rules of plurals of a language, by the form that each stands for."""

_LISTS = {"days": 7, "day_names": 7, "months": 12}
"""Labels that hold several words in a row, and how many."""

_SIDES = {"near", "far", "side", "held"}
"""What is put into words that tell of a side; a language can write them for each side instead."""
_FREE = {"plurals", "spaces", "numbers", "counts"}
"""Words whose keys are the language's own."""
_EACH_SIDE = {"right": "", "left": ""}

_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9])?")
_ONE = "_one"
"""How an English label ends that has a form for each number."""
_FORM = re.compile(rf"_({'|'.join(plurals.CATEGORIES)})$")
"""How a label ends that is one of these forms."""


def faults(part: str, words: Words, reference: Words, forms: Forms) -> Iterator[WordFault]:
    """Yield what is wrong with the words of one part; what lacks is told by `missing`."""
    if part == "labels":
        yield from _labels(words, reference, forms)
        return
    yield from _keys(
        {key: words[key] for key in words if key not in _FREE & reference.keys()}, reference, ()
    )
    yield from _spaces(words.get("spaces", {}))
    for name in ("numbers", "counts"):
        yield from _numbers(name, words.get(name, {}))
    yield from _plurals(words.get("plurals", {}))
    if part == "writing" and len(words.get("quotes", "1234")) != 4:
        yield ("quotes",), "'quotes' takes four marks: outer before and after, inner ones likewise"


def missing(part: str, words: Words, reference: Words, forms: Forms) -> Iterator[WordFault]:
    """Yield what lacks of one part."""
    if part == "labels":
        for key in required(reference, forms):
            if key not in words:
                yield (key,), f"the label '{key}' is missing; add '{key}: …'"
    else:
        yield from _missing(words, reference, ())


def required(reference: Words, forms: Forms) -> list[str]:
    """Return the labels that a language must have, where it says so one for each form."""
    return [name for key in reference for name in forms_of(key, forms)]


def forms_of(key: str, forms: Forms) -> list[str]:
    """Return a label as a language has it: one that is for 1 in English, for each of its forms."""
    if not key.endswith(_ONE):
        return [key]
    return [f"{key.removesuffix(_ONE)}_{form}" for form in forms]


def without_form(key: str) -> str:
    """Return the label that stands for the numbers of which no form is told."""
    return _FORM.sub("", key)


def _labels(words: Words, reference: Words, forms: Forms) -> Iterator[WordFault]:
    known = required(reference, forms)
    for key, value in words.items():
        if key not in known:
            fault = f"unknown label '{key}'{did_you_mean(key, known) or '; remove it'}"
        else:
            fault = _label_fault(key, value, reference)
        if fault:
            yield (key,), fault


def _label_fault(key: str, value: object, reference: Words) -> str:
    if not isinstance(value, str):
        return f"the label '{key}' is not one text; write it in one line, in quotes"
    if key in _LISTS and len(value.split()) != _LISTS[key]:
        return f"the label '{key}' needs {_LISTS[key]} words with blanks between them"
    form = _FORM.search(key)
    pattern = (
        reference.get(without_form(key)) or reference.get(key) or reference[_FORM.sub(_ONE, key)]
    )
    return _fields_fault(f"the label '{key}'", value, pattern, may_lack=bool(form))


def _fields_fault(name: str, value: str, pattern: str, *, may_lack: bool = False) -> str:
    """Say what is wrong with what is put into a text, if it must be as in `pattern`."""
    allowed = _fields(pattern) or []
    found = _fields(value)
    names = " and ".join("{" + each + "}" for each in allowed) or "no {…}"
    if found is None or not set(found) <= set(allowed):
        return f"{name} has a wrong {{…}}; it may hold {names}"
    if not set(allowed) <= set(found) | ({"n"} if may_lack else set()):
        return f"{name} lacks what is put into it; it must hold {names}"
    return ""


def _fields(pattern: str) -> list[str] | None:
    """Return the names between { and } in a text; None where they are not plain names."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return None
    names = [name for _, name, _, _ in parts if name is not None]
    odd = any(form or turn for _, name, form, turn in parts if name is not None)
    return None if odd or not all(name.isidentifier() for name in names) else names


def _keys(words: Words, reference: Words, place: KeyPath) -> Iterator[WordFault]:
    for key, value in words.items():
        if key in reference:
            yield from _value(value, reference[key], (*place, key))
        else:
            yield (*place, key), f"unknown '{key}'{did_you_mean(key, reference) or '; remove it'}"


def _value(value: object, reference: object, place: KeyPath) -> Iterator[WordFault]:
    name = f"'{': '.join(map(str, place))}'"
    if isinstance(reference, Mapping):
        if isinstance(value, Mapping):
            yield from _keys(value, reference, place)
        else:
            yield place, f"{name} takes lines of 'key: value' below it, indented by two blanks"
    elif isinstance(reference, list):
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            yield place, f"{name} takes a list of words in brackets, like [a, b]"
    elif isinstance(value, Mapping) and _SIDES & set(_fields(str(reference)) or ()):
        yield from _keys(value, _EACH_SIDE, place)
    elif not isinstance(value, str):
        yield place, f"{name} is not one text; write it in one line, in quotes"
    elif fault := _fields_fault(name, value, str(reference)):
        yield place, fault


def _missing(words: object, reference: Words, place: KeyPath) -> Iterator[WordFault]:
    found = words if isinstance(words, Mapping) else {}
    for key, value in reference.items():
        if key not in found:
            name = ": ".join((*map(str, place), key))
            yield (*place, key), f"'{name}' is missing; add '{key}: …'"
        elif isinstance(value, Mapping) and key not in _FREE:
            yield from _missing(found[key], value, (*place, key))
        elif isinstance(found[key], Mapping) and key not in _FREE:
            yield from _missing(found[key], _EACH_SIDE, (*place, key))


def _spaces(spaces: object) -> Iterator[WordFault]:
    texts = spaces.values() if isinstance(spaces, Mapping) else [None]
    if not all(isinstance(each, str) for each in texts):
        yield ("spaces",), "'spaces' takes lines of 'what is written: what is printed' below it"


def _numbers(name: str, numbers: object) -> Iterator[WordFault]:
    texts = numbers.values() if isinstance(numbers, Mapping) else [None]
    if not all(isinstance(each, str) and _NUMBER.fullmatch(each) for each in texts):
        yield (name,), f"'{name}' takes lines of 'word: number' below it, like 'one: 1'"


def _plurals(rules: object) -> Iterator[WordFault]:
    if not isinstance(rules, Mapping):
        yield ("plurals",), "'plurals' takes lines of 'form: rule' below it, like 'one: n = 1'"
        return
    for name, rule in rules.items():
        if name not in plurals.CATEGORIES:
            names = ", ".join(plurals.CATEGORIES)
            yield ("plurals", name), f"'{name}' is no form of plurals; there are {names}"
        elif not isinstance(rule, str) or not plurals.is_rule(rule):
            fault = f"'{rule}' is no rule of plurals; write it like 'n % 10 = 2..4'"
            yield ("plurals", name), fault
