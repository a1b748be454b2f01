"""What a website offers, put together by hand: real workshops with made-up downloads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import small
from judges.tools import TOP
from workshop_builder import load
from workshop_builder.metadata.offer import Download, Image, Offer
from workshop_builder.model.editions import EditionName, PaperName
from workshop_builder.model.workshop import Workshop
from workshop_builder.pages.labels import Labels

EPUB = b"the bytes of an e-book"
TITLES = {
    "book": "Workshop book",
    "epub": "E-book",
    "handout": "Class handout",
    "take-home": "Take-home sheet",
    "teacher": "Teacher's guide",
    "bundle": "Everything",
}
BARE = "title: Rest\nlanguage: en\n"
"""As little as a workshop.yaml can say."""
GERMAN = """title: Sanft für den Rücken – „ganz leicht“
language: de
subtitle: Übungen & Pausen
description: Für alle, denen der Rücken <b>weh</b> tut.
author: Käthe Grün
version: "2.1"
date: 2026-03-01
studio: {name: "Studio \\"Süd\\" & Söhne", email: hallo@studio.example}
safety: {stop_if: [stechender Schmerz], disclaimer: Das ist keine Diagnose.}
rights: https://creativecommons.org/licenses/by/4.0/
website: {url: "https://studio.example/rücken"}
"""
GERMAN_EXERCISE = """---
name: Brücke "hoch"
kind: strength
hold: 3-5 s
repeat: 5-10
sides: each
frequency: 3 times a week
needs: [Matte, "Gurt & Kissen"]
caution: Nicht mit **frischer** Verletzung; frag bei Druck < 5 & Schmerz > 3.
avoid_with: [Glaukom]
---

1. Heb das Becken **langsam** &amp; ruhig.

    Atme aus.

2. Zähl bis<br/>fünf: 1 < 2.
"""


def sample() -> Offer:
    """Return what the sample's website offers, in every form, with a teacher's guide by mistake."""
    workshop = load(TOP / "workshop")
    pdfs: list[tuple[str, EditionName, PaperName, int]] = [
        ("book", "standard", "a4", 50),
        ("book", "large-print", "letter", 120),
        ("handout", "standard", "a4", 4),
        ("take-home", "standard", "a4", 1),
        ("teacher", "standard", "a4", 9),
    ]
    stem = f"downloads/{workshop.slug}"
    downloads = [pdf(f"{stem}-{name}-{ed}-{on}.pdf", name, ed, on, n) for name, ed, on, n in pdfs]
    downloads += [epub(f"{stem}.epub"), bundle(f"{stem}.zip")]
    return offer(workshop, tuple(downloads))


def bare(folder: Path) -> Offer:
    """Return the offer of a workshop that says nothing but its title, with one e-book."""
    return offer(written(folder, {"workshop.yaml": BARE}), (epub("downloads/rest.epub"),))


def german(folder: Path) -> Offer:
    """Return the offer of a German workshop with quotes, umlauts and signs in its names."""
    files = {"workshop.yaml": GERMAN, "exercises/brücke.md": GERMAN_EXERCISE}
    return offer(written(folder, files), (epub("downloads/rücken leicht.epub"),))


def many(folder: Path) -> Offer:
    """Return the offer of a workshop with 40 exercises."""
    files = {f"exercises/rest-{number:02}.md": small.EXERCISE for number in range(40)}
    return offer(written(folder, files), (epub("downloads/rest.epub"),))


def written(folder: Path, files: Mapping[str, str]) -> Workshop:
    """Return the small workshop with `files` in it, or in place of its own."""
    return load(small.write(folder, more=files))


def offer(workshop: Workshop, downloads: tuple[Download, ...]) -> Offer:
    """Return an offer in which each picture of the workshop is a drawing of one size."""
    paths = {e.picture for e in workshop.exercises.values()} | {workshop.settings.cover}
    pictures = {
        path: Image(f"pictures/{Path(path).stem}.svg", 640, 480)
        for path in sorted(filter(None, paths))
    }
    moving = {
        path: Image(f"pictures/{Path(path).stem}-moving.webp", 640, 427)
        for exercise in workshop.exercises.values()
        if (path := exercise.picture) and workshop.moving(exercise)
    }
    share = Image("share.png", 1200, 630)
    return Offer(workshop, Labels(workshop.language), downloads, pictures, share, moving)


def pdf(path: str, product: str, edition: EditionName, paper: PaperName, pages: int) -> Download:
    """Return a PDF whose first page has two thumbnails."""
    thumbnails = tuple(
        Image(f"pages/{product}-{edition}-1-{width}.webp", width, width * 3 // 2)
        for width in (240, 480)
    )
    data = path.encode()
    digest = hashlib.sha256(data).hexdigest()
    title = TITLES[product]
    return Download(
        path, title, product, "pdf", edition, paper, pages, len(data), digest, thumbnails
    )


def epub(path: str) -> Download:
    """Return an e-book with the bytes `EPUB`."""
    digest = hashlib.sha256(EPUB).hexdigest()
    return Download(path, TITLES["epub"], "epub", "epub", None, None, None, len(EPUB), digest)


def bundle(path: str) -> Download:
    """Return a zip."""
    return Download(path, TITLES["bundle"], "bundle", "zip", None, None, None, 9, "0" * 64)
