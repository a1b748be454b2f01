"""Linked data: what search engines are told of the workshop and of its exercises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from ebooklib import epub

import offers
from judges.vocabulary import vocabulary
from workshop_builder import build
from workshop_builder.metadata import schema_org
from workshop_builder.metadata.offer import Offer

Thing = dict[str, Any]


@pytest.fixture(scope="module")
def sample() -> Offer:
    """Return the sample's offer."""
    return offers.sample()


def _index(offer: Offer) -> Thing:
    found: Thing = json.loads(schema_org.workshop_script(offer))
    return found


def _exercise(offer: Offer, name: str) -> Thing:
    found: Thing = json.loads(schema_org.exercise_script(offer, offer.workshop.exercises[name]))
    return found


def _all(offer: Offer) -> dict[str, str]:
    """Return every document of a site by its name."""
    exercises = offer.workshop.exercises
    return {"index": schema_org.workshop_script(offer)} | {
        name: schema_org.exercise_script(offer, exercise) for name, exercise in exercises.items()
    }


def _values(thing: object, name: str) -> Iterator[object]:
    """Yield each value of the property `name` anywhere in a thing."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            if key == name:
                yield value
            yield from _values(value, name)
    elif isinstance(thing, list):
        for value in thing:
            yield from _values(value, name)


# --- Held against the vocabulary -----------------------------------------------------------------


@pytest.mark.judge
def test_the_vocabulary_has_every_word(sample: Offer, tmp_path: Path) -> None:
    """All that is said is in schema.org, of the right type; faults planted beside it are found."""
    sites = {
        "sample": sample,
        "german": offers.german(tmp_path / "german"),
        "bare": offers.bare(tmp_path / "bare"),
    }
    good = {f"{s}/{name}": text for s, site in sites.items() for name, text in _all(site).items()}
    first = schema_org.exercise_script(sample, next(iter(sample.workshop.exercises.values())))
    index = schema_org.workshop_script(sample)
    faults = {
        "no such property": (first, '"step":', '"steps_to_take":'),
        "no such type": (first, '"HowToStep"', '"HowToStride"'),
        "of another type": (first, '"name":"mat"', '"name":"mat","numberOfPages":3'),
        "no number": (index, '"numberOfPages":50', '"numberOfPages":{"@type":"Person"}'),
        "no such word": (index, "schema.org/EBook", "schema.org/EPub"),
        "no thing there": (index, '"usageInfo":', '"teaches":{"@type":"Book"},"usageInfo":'),
    }
    bad = {name: text.replace(old, new) for name, (text, old, new) in faults.items()}
    found = vocabulary(good | bad)
    assert {name: found[name] for name in good if found[name]} == {}
    assert [name for name in bad if not found[name]] == []


def test_dates_and_times_are_of_iso_8601(sample: Offer) -> None:
    """The vocabulary's types cannot tell a date or a duration from a text; this does."""
    documents = [json.loads(text) for text in _all(sample).values()]
    times = [t for d in documents for n in ("totalTime", "performTime") for t in _values(d, n)]
    assert len(times) > 20
    assert all(re.fullmatch(r"PT(\d+M)?(\d+S)?", str(time)) and time != "PT" for time in times)
    assert {str(date) for d in documents for date in _values(d, "dateModified")} == {"2026-11-22"}


# --- The workshop --------------------------------------------------------------------------------


def test_each_download_can_be_fetched_and_checked(sample: Offer) -> None:
    """Every file for everyone stands with its address, type, size and sum, pages where it has."""
    thing = _index(sample)
    files = [example["encoding"] for example in thing["workExample"]] + thing["encoding"]
    public = [item for item in sample.downloads if item.product != "teacher"]
    assert [
        (f["contentUrl"], f["encodingFormat"], f["contentSize"], f["sha256"]) for f in files
    ] == [
        (sample.address(i.path), i.media_type, f"{i.bytes} B", i.sha256)
        for i in sorted(public, key=lambda item: item.format == "zip")
    ]
    book, large, handout, *_ = thing["workExample"]
    assert (book["@type"], book["numberOfPages"], book["size"]) == ("Book", 50, "A4")
    assert (large["bookEdition"], large["name"]) == (
        "large print",
        "Workshop book, large print, US Letter",
    )
    assert "largePrint" in large["accessibilityFeature"]
    assert (handout["@type"], handout["materialExtent"]["value"]) == ("DigitalDocument", 4)


def test_the_teachers_guide_is_not_told(sample: Offer) -> None:
    """A teacher's guide that stands among the downloads by mistake is passed over."""
    assert "teacher" not in schema_org.workshop_script(sample)


def test_the_words_of_safety_are_in_it(sample: Offer) -> None:
    """When to stop, whom to see, and that this is no diagnosis; nobody is said to have reviewed."""
    thing = _index(sample)
    safety = sample.workshop.settings.safety
    told = thing["usageInfo"]["text"]
    texts = (*(flag.text for flag in safety.red_flags), *safety.stop_if)
    missing = [text for text in texts if text.plain not in told]
    assert missing == []
    assert "This is not a diagnosis." in told
    assert "Unsure? Ask a doctor first." in told
    assert safety.disclaimer is not None
    assert told.endswith(safety.disclaimer.plain)
    assert thing["creativeWorkStatus"] == "Not yet reviewed by a physiotherapist"


def test_no_medical_type_is_claimed(sample: Offer) -> None:
    """No thing is a medical one, a treatment or a course, of which the folder says nothing."""
    kinds = {
        str(kind) for text in _all(sample).values() for kind in _values(json.loads(text), "@type")
    }
    assert not [kind for kind in kinds if re.search("Medical|Therapy|Exercise|Course", kind)]


def test_access_is_that_of_the_e_book(tmp_path: Path) -> None:
    """What the page says of the e-book's accessibility, the e-book says of itself."""
    picture = "![A calm sea](../pictures/sea.svg)\n"
    sea = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    chapter = f"---\ntitle: Rest\n---\n\n{picture}"
    more = {"chapters/01-lie-down.md": chapter, "pictures/sea.svg": sea}
    workshop = offers.written(tmp_path / "w", more)
    build(workshop, tmp_path / "out", only=("epub",))
    book = epub.read_epub(tmp_path / "out/rest.epub")
    said: dict[str, set[str]] = {}
    for value, attributes in book.get_metadata("OPF", "meta"):
        said.setdefault(str(attributes.get("property")), set()).add(str(value))
    told = _index(offers.offer(workshop, (offers.epub("downloads/rest.epub"),)))
    example = told["workExample"][0]
    enough = {",".join(s["itemListElement"]) for s in example["accessModeSufficient"]}
    assert set(example["accessMode"]) == said["schema:accessMode"] == {"textual", "visual"}
    assert enough == said["schema:accessModeSufficient"]
    assert set(example["accessibilityFeature"]) == said["schema:accessibilityFeature"]
    assert {told["accessibilitySummary"]} == said["schema:accessibilitySummary"]
    assert {told["accessibilityHazard"]} == said["schema:accessibilityHazard"]


def test_what_is_not_known_is_not_said(tmp_path: Path) -> None:
    """A workshop without date, author, studio or website names none and has relative addresses."""
    offer = offers.bare(tmp_path)
    thing = _index(offer)
    unknown = {"author", "publisher", "dateModified", "version", "license", "copyrightNotice"}
    assert not unknown & thing.keys()
    assert thing["url"] == "index.html"
    assert thing["workExample"][0]["encoding"]["contentUrl"] == "downloads/rest.epub"
    exercise = _exercise(offer, "rest")
    assert not (unknown | {"image", "video", "keywords", "tool"}) & exercise.keys()
    assert exercise["url"] == "../exercises/rest.html"
    assert exercise["isPartOf"]["@id"] == "../index.html#workshop"


@pytest.mark.parametrize(
    ("rights", "told_by"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "license"),
        ("CC BY 4.0, https://creativecommons.org/licenses/by/4.0/", "copyrightNotice"),
        ("https:nowhere", "copyrightNotice"),
        ("All rights reserved", "copyrightNotice"),
    ],
)
def test_rights_are_a_licence_only_as_an_address(tmp_path: Path, rights: str, told_by: str) -> None:
    """Rights that are one address name the licence; other words stay words."""
    settings = f'{offers.BARE}rights: "{rights}"\n'
    workshop = offers.written(tmp_path, {"workshop.yaml": settings})
    thing = _index(offers.offer(workshop, ()))
    found = {name: thing.get(name) for name in ("license", "copyrightNotice")}
    assert {name: value for name, value in found.items() if value} == {told_by: rights}


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("author: Ann Other\n", "Ann Other"),
        (
            "author: The Loft\nstudio: {name: The Loft}\n",
            {"@type": "Organization", "name": "The Loft"},
        ),
        ("studio: {name: The Loft}\n", None),
    ],
)
def test_an_author_is_an_organisation_only_as_the_studio(
    tmp_path: Path, lines: str, author: object
) -> None:
    """A name that is not the studio's is neither called a person nor an organisation."""
    workshop = offers.written(tmp_path, {"workshop.yaml": offers.BARE + lines})
    assert _index(offers.offer(workshop, ())).get("author") == author


# --- An exercise ---------------------------------------------------------------------------------


def test_an_exercise_has_its_steps_in_order(sample: Offer) -> None:
    """Steps are plain text with their positions; what a person needs are tools."""
    thing = _exercise(sample, "hip-flexor-stretch")
    steps = [step for step in thing["step"] if step["@type"] == "HowToStep"]
    assert [step["position"] for step in steps] == list(range(1, 6))
    assert steps[0]["text"] == "Kneel with your right knee on a pillow."
    assert [tool["name"] for tool in thing["tool"]][:2] == ["mat", "firm pillow"]
    assert thing["image"]["description"].startswith("Kneeling on the right knee")


def test_a_caution_comes_before_the_steps(sample: Offer) -> None:
    """Who reads the steps alone, and who reads the description alone, both meet every caution."""
    told = 0
    for exercise in sample.workshop.exercises.values():
        thing = _exercise(sample, exercise.id)
        kinds = [step["@type"] for step in thing["step"]]
        assert kinds == sorted(kinds, key=("HowToTip", "HowToStep").index)
        tips = {tip["name"]: tip["text"] for tip in thing["step"] if tip["@type"] == "HowToTip"}
        caution = exercise.fields.caution
        assert tips.get("Caution", "") == (caution.plain if caution else "")
        for person in exercise.avoided:
            assert person.words.plain in tips["Not if you have"]
        assert all(f"{name}: {text}" in thing["description"] for name, text in tips.items())
        told += bool(tips)
    assert told == 20


@pytest.mark.parametrize(
    ("dose", "perform", "total"),
    [
        ("hold: 45 s\nsides: each\n", "PT1M30S", "PT1M45S"),
        ("hold: 30-60 s\nrepeat: 2\n", "PT2M", "PT2M"),
        ("hold: 5 s\n", "PT5S", "PT5S"),
        ("repeat: 10\n", None, None),
        ("", None, None),
    ],
)
def test_the_time_is_that_of_the_dose(
    tmp_path: Path, dose: str, perform: str | None, total: str | None
) -> None:
    """The time is the most of hold, repeats and sides; the total has the change of sides too."""
    text = f"---\nname: Rest\n{dose}---\n\n1. Lie down.\n"
    offer = offers.offer(offers.written(tmp_path, {"exercises/rest.md": text}), ())
    thing = _exercise(offer, "rest")
    assert (thing.get("performTime"), thing.get("totalTime")) == (perform, total)


def test_german_words_with_quotes_and_signs(tmp_path: Path) -> None:
    """Umlauts, quotes, markup and signs come out as the words that a reader sees."""
    offer = offers.german(tmp_path)
    thing = _exercise(offer, "brücke")
    assert thing["name"] == 'Brücke "hoch"'
    assert [step["text"] for step in thing["step"]] == [
        "Nicht mit frischer Verletzung; frag bei Druck < 5 & Schmerz > 3.",
        "Glaukom",
        "Heb das Becken langsam & ruhig. Atme aus.",
        "Zähl bis fünf: 1 < 2.",
    ]
    assert thing["url"] == "https://studio.example/rücken/exercises/br%C3%BCcke.html"
    assert thing["inLanguage"] == "de"
    assert _index(offer)["license"].startswith("https://creativecommons.org/")


# --- In the page ---------------------------------------------------------------------------------


class _Scripts(HTMLParser):
    """Collects what a browser takes for the content of script elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  HTMLParser's
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_no_word_can_end_the_script(tmp_path: Path) -> None:
    """A name with `</script>` in it stays a name, and comes back as it was."""
    name = 'Rest</script><script>alert("x")</script><!-- &amp;'
    files = {"workshop.yaml": f"title: '{name}'\nlanguage: en\n"}
    text = schema_org.workshop_script(offers.offer(offers.written(tmp_path, files), ()))
    page = _Scripts()
    page.feed(f'<script type="application/ld+json">{text}</script>')
    assert page.tags == ["script"]
    assert json.loads("".join(page.texts))["name"] == name
    assert not set(text) & {"<", ">", "&"}


def test_forty_exercises(tmp_path: Path) -> None:
    """Each of 40 exercises is named by the workshop, by the address that it gives itself."""
    offer = offers.many(tmp_path)
    parts = _index(offer)["hasPart"]
    assert len(parts) == 41
    assert {part["url"] for part in parts} == {
        _exercise(offer, name)["url"].removeprefix("../") for name in offer.workshop.exercises
    }


def test_the_same_offer_gives_the_same_words(sample: Offer) -> None:
    """Nothing but the offer is told: a second reading of the sample gives the same."""
    assert _all(sample) == _all(offers.sample())
