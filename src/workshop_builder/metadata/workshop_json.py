"""workshop.json: the workshop as plain data for other programs.

Its schema is docs/schemas/site.schema.json; `FORMAT` is raised when a program that reads the old
format would misread the new one. What is not known is left out, never null.
"""

from __future__ import annotations

import json
from typing import TypeAlias

from workshop_builder.metadata import common
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.dose import Frequency, Hold, Repeat, Time
from workshop_builder.model.workshop import Exercise
from workshop_builder.publishing.publication import identifier
from workshop_builder.source.addresses import exercise_page

FORMAT = 1
"""The version of the format, not of the workshop."""

_Data: TypeAlias = dict[str, object]


def encode(offer: Offer) -> bytes:
    """Return workshop.json; the paths in it are relative to its folder."""
    settings = offer.workshop.settings
    exercises = [offer.workshop.exercises[name] for name in offer.workshop.in_order]
    data = {
        "format": FORMAT,
        **common.without_empty(
            title=settings.title,
            subtitle=settings.subtitle,
            slug=offer.workshop.slug,
            identifier=identifier(offer.workshop),
            language=settings.language,
            version=settings.version,
            date=settings.date.isoformat() if settings.date else None,
            description=common.plain(settings.description),
            author=settings.author,
            studio=settings.studio.name if settings.studio else None,
            reviewed=common.plain(settings.reviewed),
            rights=common.plain(settings.rights),
            url=offer.base,
            goals=common.plain_list(settings.goals),
        ),
        "safety": _safety(offer),
        "groups": {name: list(members) for name, members in settings.groups.items()},
        "exercises": [_exercise(offer, exercise) for exercise in exercises],
        "downloads": [_download(offer, item) for item in common.public_downloads(offer)],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _safety(offer: Offer) -> _Data:
    """Return the safety words, which a program must show before any exercise."""
    safety = offer.workshop.settings.safety
    flags = [{"text": common.plain(f.text), "when": f.when} for f in safety.red_flags]
    return common.without_empty(
        disclaimer=common.plain(safety.disclaimer),
        stop_if=common.plain_list(safety.stop_if),
        red_flags=flags,
    )


def _exercise(offer: Offer, exercise: Exercise) -> _Data:
    fields = exercise.fields
    return common.without_empty(
        id=exercise.id,
        number=offer.workshop.in_order.index(exercise.id) + 1,
        name=fields.name,
        page=exercise_page(exercise.id),
        kind=fields.kind,
        targets=common.plain_list(fields.targets),
        needs=common.plain_list(fields.needs),
        dose=_dose(exercise),
        steps=[step.plain for step in exercise.steps],
        feel=common.plain(fields.feel),
        caution=common.plain(fields.caution),
        avoid_with=common.plain_list(fields.avoid_with),
        instead=_instead(exercise),
        easier=common.plain(fields.easier),
        harder=common.plain(fields.harder),
        mistakes=common.plain_list(fields.mistakes),
        record=common.plain_list(fields.record),
        picture=_picture(offer, exercise),
        moving=_image(film) if (film := offer.moving.get(exercise.picture or "")) else None,
        video=fields.video,
    )


def _instead(exercise: Exercise) -> list[_Data]:
    """Return what is done in place of an exercise, with each condition that calls for it."""
    ways = [(who.words.plain, way) for who in exercise.avoided for way in who.instead]
    return [
        common.without_empty(
            avoid_with=who,
            number=way.number or None,
            text=way.words.plain,
        )
        for who, way in ways
    ]


def _dose(exercise: Exercise) -> _Data:
    """Return a dose as numbers: seconds, counts, and the times in a day or a week."""
    fields = exercise.fields
    often = fields.frequency
    return {
        "sides": fields.sides,
        **common.without_empty(
            hold_seconds=_range(fields.takes or fields.whole_hold),
            hold_seconds_by_week=[_range(hold) for hold in fields.hold_by_week],
            sets=_sets(fields.repeat) if fields.repeat else None,
            repeats=_range(fields.repeat),
            frequency=_frequency(often) if often else None,
            seconds=_range(common.duration(exercise)),
        ),
    }


def _range(span: Hold | Repeat | Time | None) -> _Data | None:
    return {"least": span.low, "most": span.high} if span else None


def _sets(repeat: Repeat) -> _Data | None:
    if repeat.most_sets == 1:
        return None
    return {"least": repeat.fewest_sets, "most": repeat.most_sets}


def _frequency(often: Frequency) -> _Data:
    """Return how often; a text that names no number is left as a text."""
    if often.period == "other":
        return {"text": often.text}
    return {"text": often.text, "least": often.low, "most": often.high, "per": often.period}


def _picture(offer: Offer, exercise: Exercise) -> _Data | None:
    image = offer.pictures.get(exercise.picture or "")
    if not image:
        return None
    caption = common.plain(exercise.fields.caption)
    return _image(image) | common.without_empty(alt=exercise.alt, caption=caption)


def _image(image: Image) -> _Data:
    return {
        "path": image.path,
        "media_type": image.media_type,
        "width": image.width,
        "height": image.height,
    }


def _download(offer: Offer, item: Download) -> _Data:
    return common.without_empty(
        path=item.path,
        title=common.full_title(offer, item),
        product=item.product,
        format=item.format,
        media_type=item.media_type,
        edition=item.edition,
        paper=item.paper,
        pages=item.pages,
        bytes=item.bytes,
        sha256=item.sha256,
        thumbnails=[_image(image) for image in item.thumbnails],
    )
