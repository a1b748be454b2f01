"""What search engines read: the workshop and its exercises in the vocabulary of schema.org.

The choices of types and properties are explained in docs/website.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from workshop_builder.metadata import common, schema_org_nodes
from workshop_builder.metadata.offer import Offer
from workshop_builder.metadata.schema_org_nodes import Node
from workshop_builder.model.exercise_fields import Substitute
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages import accessibility
from workshop_builder.pages.labels import Labels
from workshop_builder.source.addresses import exercise_page

_CONTEXT = "https://schema.org"
_TO_TOP = "../"
"""From the page of an exercise to the top of the website."""
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""Characters that could end a script element, or a line in it, and their escapes in JSON."""


def workshop_script(offer: Offer) -> str:
    """Return the workshop as JSON for a script element of index.html."""
    settings = offer.workshop.settings
    access = common.access(offer)
    bundles = [item for item in common.public_downloads(offer) if item.format == "zip"]
    files = [item for item in common.public_downloads(offer) if item.format != "zip"]
    minutes = settings.session_minutes
    return _script(
        {
            "@context": _CONTEXT,
            "@type": ["Book", "LearningResource"],
            "@id": f"{offer.home()}#workshop",
            **common.without_empty(
                name=settings.title,
                alternativeHeadline=settings.subtitle,
                description=common.plain(settings.description),
                url=offer.home(),
                image=_images(offer),
                **_rights(offer),
                author=_author(offer),
                publisher=_publisher(offer),
                creativeWorkStatus=common.plain(settings.reviewed),
                learningResourceType="workshop",
                teaches=common.plain_list(settings.goals),
                timeRequired=_duration(minutes * 60) if minutes else None,
                usageInfo=_advice(offer, whole=True),
                accessMode=list(access.modes),
                accessModeSufficient=schema_org_nodes.item_lists(access.sufficient),
                accessibilityHazard=accessibility.HAZARD,
                accessibilitySummary=access.summary,
                hasPart=[_part(offer, name) for name in offer.workshop.in_order],
                workExample=[schema_org_nodes.work_example(offer, item, access) for item in files],
                encoding=[schema_org_nodes.media_object(offer, item) for item in bundles],
            ),
        }
    )


def exercise_script(offer: Offer, exercise: Exercise) -> str:
    """Return an exercise as JSON for a script element of its own page."""
    fields = exercise.fields
    time, whole = common.duration(exercise), common.duration_with_changes(exercise)
    place = offer.address(exercise_page(exercise.id), _TO_TOP)
    video = {"@type": "VideoObject", "name": fields.name, "url": fields.video}
    return _script(
        {
            "@context": _CONTEXT,
            "@type": "HowTo",
            "@id": f"{place}#exercise",
            **common.without_empty(
                name=fields.name,
                description=_description(offer, exercise),
                url=place,
                image=schema_org_nodes.picture_object(offer, exercise.picture, _TO_TOP, exercise),
                video=video if fields.video else None,
                **_rights(offer),
                author=_author(offer),
                publisher=_publisher(offer),
                isPartOf=_whole(offer),
                keywords=common.plain_list(fields.targets),
                tool=[{"@type": "HowToTool", "name": each.plain} for each in fields.needs],
                performTime=_duration(time.high) if time else None,
                totalTime=_duration(whole.high) if whole else None,
                usageInfo=_advice(offer, whole=False),
                step=[*_tips(offer, exercise), *_steps(exercise)],
            ),
        }
    )


def _script(node: Node) -> str:
    """Return JSON in which nothing can end the script element around it."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


# --- Addresses and images --------------------------------------------------------------------


def _images(offer: Offer) -> list[Node]:
    """Return the cover, and the image that is shown beside a shared link."""
    found = (
        schema_org_nodes.picture_object(offer, offer.workshop.settings.cover, ""),
        schema_org_nodes.image_object(offer, offer.share, ""),
    )
    return [node for node in found if node]


def _whole(offer: Offer) -> Node:
    """Return the workshop as an exercise refers to it."""
    home = offer.home(_TO_TOP)
    title = offer.workshop.settings.title
    return {"@type": "LearningResource", "@id": f"{home}#workshop", "name": title, "url": home}


def _part(offer: Offer, name: str) -> Node:
    """Return an exercise as the workshop refers to it."""
    place = offer.address(exercise_page(name))
    title = offer.workshop.exercises[name].fields.name
    return {"@type": "HowTo", "@id": f"{place}#exercise", "name": title, "url": place}


# --- Author, publisher and rights --------------------------------------------------------------


def _rights(offer: Offer) -> Node:
    settings = offer.workshop.settings
    licence = common.licence(settings)
    return common.without_empty(
        inLanguage=settings.language,
        version=settings.version,
        dateModified=settings.date.isoformat() if settings.date else None,
        isAccessibleForFree=True,
        license=licence,
        copyrightNotice=None if licence else common.plain(settings.rights),
    )


def _author(offer: Offer) -> object:
    """Return the studio if it is the author; else the name alone, of a person or of anything."""
    settings = offer.workshop.settings
    if settings.author and settings.studio and settings.author == settings.studio.name:
        return {
            "@type": "Organization",
            **common.without_empty(name=settings.author, url=common.studio_address(settings)),
        }
    return settings.author


def _publisher(offer: Offer) -> Node | None:
    studio = offer.workshop.settings.studio
    if not studio:
        return None
    properties = common.without_empty(
        name=studio.name,
        url=common.studio_address(offer.workshop.settings),
        email=studio.email,
        telephone=studio.phone,
    )
    return {"@type": "Organization", **properties}


# --- Instructions and safety ---------------------------------------------------------------------


def _description(offer: Offer, exercise: Exercise) -> str:
    """Return an exercise in two or three sentences, its caution among them."""
    fields, labels = exercise.fields, offer.labels
    feel = common.plain(fields.feel)
    parts = [labels[f"kind_{fields.kind}"], str(labels.dose(fields))]
    parts += [f"{labels.with_colon('feel_it_here')} {feel}"] if feel else []
    parts += [f"{tip['name']}{labels.colon} {tip['text']}" for tip in _tips(offer, exercise)]
    return " ".join(" ".join(_ended(part) for part in parts if part).split())


def _in_a_row(offer: Offer, texts: Iterable[str]) -> str:
    return f"{offer.labels.language.writing.semicolon} ".join(texts)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _tips(offer: Offer, exercise: Exercise) -> list[Node]:
    """Return the cautions of an exercise, as tips to be read before the steps."""
    labels = offer.labels
    avoided = [
        f"{who.words.plain}{_way_out(labels.in_sentence('instead'), labels, who.instead)}"
        for who in exercise.avoided
    ]
    tips = {
        labels["caution"]: common.plain(exercise.fields.caution),
        labels["not_with"]: _in_a_row(offer, avoided),
    }
    return [
        {"@type": "HowToTip", "name": name, "text": text} for name, text in tips.items() if text
    ]


def _way_out(label: str, labels: Labels, ways: Sequence[Substitute]) -> str:
    return f" ({label}{labels.colon} {', '.join(map(_named, ways))})" if ways else ""


def _named(way: Substitute) -> str:
    return f"{way.number} {way.words.plain}" if way.number else way.words.plain


def _steps(exercise: Exercise) -> list[Node]:
    return [
        {"@type": "HowToStep", "position": number, "text": step.plain}
        for number, step in enumerate(exercise.steps, 1)
    ]


def _advice(offer: Offer, *, whole: bool) -> Node | None:
    """Return the safety words: when to stop and, for the whole workshop, when to see a doctor."""
    safety, labels = offer.workshop.settings.safety, offer.labels
    lists = {"stop_if": safety.stop_if}
    if whole:
        lists |= {
            "emergency": safety.flags("emergency"),
            "soon": safety.flags("soon"),
            "appointment": safety.flags("appointment"),
        }
    parts = [
        f"{labels.with_colon(key)} {_in_a_row(offer, (text.plain.rstrip('.') for text in texts))}."
        for key, texts in lists.items()
        if texts
    ]
    parts += [common.plain(safety.disclaimer)] if safety.disclaimer else []
    if not parts:
        return None
    return {"@type": "CreativeWork", "name": labels["read_this_first"], "text": " ".join(parts)}


def _duration(seconds: int) -> str:
    """Return a length of time as ISO 8601 writes it, such as `PT1M30S`."""
    minutes, rest = divmod(seconds, 60)
    if seconds and not seconds % 86400:
        return f"P{seconds // 86400}D"
    return "PT" + (f"{minutes}M" if minutes else "") + (f"{rest}S" if rest or not minutes else "")
