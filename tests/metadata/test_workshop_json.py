"""workshop.json: the workshop as data, held against its published schema."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import offers
from judges.tools import TOP
from workshop_builder.metadata import workshop_json
from workshop_builder.metadata.offer import Offer

Data = dict[str, Any]
SCHEMA = json.loads((TOP / "docs/schemas/site.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample() -> Offer:
    """Return the sample's offer."""
    return offers.sample()


def _made(offer: Offer) -> Data:
    found: Data = json.loads(workshop_json.encode(offer))
    return found


def _faults(data: Data) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def _exercise(offer: Offer, name: str) -> Data:
    return next(each for each in _made(offer)["exercises"] if each["id"] == name)


def test_the_schema_is_one() -> None:
    """The schema itself is right by the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("make", [offers.german, offers.bare, offers.many])
def test_every_workshop_keeps_the_schema(make: Callable[[Path], Offer], tmp_path: Path) -> None:
    """A German workshop, one that says next to nothing and one with 40 exercises are right."""
    assert _faults(_made(make(tmp_path))) == []


def test_the_sample_keeps_the_schema(sample: Offer) -> None:
    """The sample, which uses nearly every field, is right; the version of the form is told."""
    data = _made(sample)
    assert _faults(data) == []
    assert data["format"] == workshop_json.FORMAT
    assert data.keys() == SCHEMA["properties"].keys()


def _set(*place: str | int, to: object) -> Callable[[Data], None]:
    def spoil(data: Any) -> None:  # noqa: ANN401  JSON is anything
        for key in place[:-1]:
            data = data[key]
        data[place[-1]] = to

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _set("format", to=2),
        _set("exercises", 0, "steps", 0, to="<b>Lie</b>\ndown"),
        _set("exercises", 6, "dose", "hold_seconds", "least", to="45 s"),
        _set("exercises", 0, "diagnosis", to="none"),
        _set("exercises", 0, "picture", "copyright", to="none"),
        _set("downloads", 0, "sha256", to="abc"),
        _set("downloads", 0, "path", to="/etc/passwd"),
        _set("safety", "red_flags", 0, "when", to="later"),
        _set("date", to="22 November"),
    ],
)
def test_the_schema_refuses_what_is_wrong(sample: Offer, spoil: Callable[[Data], None]) -> None:
    """A description spoilt in one place is refused."""
    data = copy.deepcopy(_made(sample))
    spoil(data)
    assert len(_faults(data)) == 1


def test_a_dose_is_numbers(sample: Offer) -> None:
    """Hold, repeats, sides and time are seconds and counts, which a program need not read."""
    assert _exercise(sample, "hip-flexor-stretch")["dose"] == {
        "sides": "each",
        "hold_seconds": {"least": 20, "most": 60},
        "hold_seconds_by_week": [
            {"least": 20, "most": 30},
            {"least": 30, "most": 45},
            {"least": 45, "most": 45},
            {"least": 45, "most": 60},
        ],
        "repeats": {"least": 1, "most": 1},
        "frequency": {"text": "daily", "least": 1, "most": 1, "per": "day"},
        "seconds": {"least": 90, "most": 90},
    }
    bridge = _exercise(sample, "bridge")["dose"]
    assert bridge["hold_seconds"] == {"least": 3, "most": 5}
    assert bridge["frequency"]["per"] == "week"


def test_exercises_stand_in_the_order_of_the_workshop(sample: Offer) -> None:
    """Every exercise is there once, with its page, cautions and picture."""
    data = _made(sample)
    assert [each["id"] for each in data["exercises"]] == list(sample.workshop.in_order)
    assert data["groups"]["core"][0] == "knees-to-chest"
    knees = _exercise(sample, "knees-to-chest")
    assert knees["page"] == "exercises/knees-to-chest.html"
    assert knees["number"] == list(sample.workshop.in_order).index("knees-to-chest") + 1
    assert "brittle bones" in knees["avoid_with"]
    figure_four = _exercise(sample, "figure-four")
    assert figure_four["caution"].startswith("Stop at a pinch")
    seated = _exercise(sample, "seated-figure-four")
    assert figure_four["instead"] == [
        {
            "avoid_with": "pregnancy after 16 weeks",
            "number": seated["number"],
            "text": seated["name"],
        }
    ]
    assert knees["picture"]["path"] == sample.pictures["figures/knees-to-chest.yaml"].path
    assert knees["picture"]["alt"].strip()


def test_downloads_are_told_without_the_teachers(sample: Offer) -> None:
    """Each download for everyone stands with its pages, size and sum."""
    told = {each["path"]: each for each in _made(sample)["downloads"]}
    public = [item for item in sample.downloads if item.product != "teacher"]
    assert list(told) == [item.path for item in public]
    book = told[public[0].path]
    assert (book["pages"], book["edition"], book["paper"]) == (50, "standard", "a4")
    assert (book["bytes"], book["sha256"]) == (public[0].bytes, public[0].sha256)


def test_text_is_plain(tmp_path: Path) -> None:
    """Markup, entities and line breaks of steps and fields become the words that they show."""
    exercise = _exercise(offers.german(tmp_path), "brücke")
    assert exercise["steps"] == [
        "Heb das Becken langsam & ruhig. Atme aus.",
        "Zähl bis fünf: 1 < 2.",
    ]
    assert exercise["needs"] == ["Matte", "Gurt & Kissen"]
    assert exercise["caution"].startswith("Nicht mit frischer Verletzung; frag bei Druck < 5 &")


def test_a_list_and_a_link_in_a_step_become_words(tmp_path: Path) -> None:
    """A step with a list and a link in it keeps a blank between all its words."""
    first = "1. Breathe:\n\n    - in\n    - out\n\n"
    steps = f"{first}2. See [the *floor*](https://a.example), H<sub>2</sub>O.\n"
    text = f"---\nname: Rest\n---\n\n{steps}"
    offer = offers.offer(offers.written(tmp_path, {"exercises/rest.md": text}), ())
    assert _exercise(offer, "rest")["steps"] == ["Breathe: in out", "See the floor, H2O."]


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    """A workshop without website, date, version or author has no such keys, and no nulls."""
    data = _made(offers.bare(tmp_path))
    assert not data.keys() & {"url", "date", "version", "author", "studio", "rights", "reviewed"}
    assert "null" not in workshop_json.encode(offers.bare(tmp_path)).decode()


def test_the_same_offer_gives_the_same_bytes(sample: Offer) -> None:
    """A second reading of the sample gives the same file, byte by byte."""
    assert workshop_json.encode(sample) == workshop_json.encode(offers.sample())
