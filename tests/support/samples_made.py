"""Parts of sample folders that no file in the repository can hold: too large, or no plain files."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import yaml
from PIL import Image

from workshop_builder.languages import files

__all__ = [
    "a_deep_quotation",
    "a_file_in_utf_16",
    "a_file_of_another_encoding",
    "a_file_of_windows",
    "a_huge_picture",
    "a_link_out",
    "a_long_paragraph",
    "a_named_pipe",
    "a_thousand_brackets",
    "a_truncated_picture",
    "an_empty_picture",
    "control_characters",
    "files_that_are_no_text",
    "forty_exercises",
    "labels_in_french",
    "labels_with_slips",
    "names_with_controls",
    "sixty_pages",
    "thirty_in_a_chapter",
    "twelve_exercises",
    "twelve_large_pictures",
    "two_pictures_of_one_name",
    "words_without_end",
]


def a_link_out(source: Path) -> None:
    """Let a chapter and a folder of pictures be links to what lies outside."""
    outside = source.parent / "outside"
    outside.mkdir()
    (outside / "notes.md").write_text("---\ntitle: Secret\n---\n\nHush.\n", encoding="utf-8")
    (source / "chapters" / "02-notes.md").symlink_to(outside / "notes.md")
    (source / "chapters" / "03-gone.md").symlink_to(outside / "gone.md")
    _picture(source, "more").symlink_to(outside)


def names_with_controls(source: Path) -> None:
    """Add a chapter and a picture whose names hold a line feed and a tab."""
    (source / "chapters" / "03\nmore.md").write_text("---\ntitle: More\n---\n", encoding="utf-8")
    _picture(source, "sun\tset.png").write_bytes(b"")


def a_named_pipe(source: Path) -> None:
    """Let a chapter be a pipe, on which a reader would wait for ever."""
    os.mkfifo(source / "chapters" / "02-pipe.md")


def a_file_of_another_encoding(source: Path) -> None:
    """Save a chapter as Windows did in the nineties."""
    text = "---\ntitle: Start\n---\n\nBreathe.\n\nÜben Sie täglich.\n"
    (source / "chapters" / "01-start.md").write_bytes(text.encode("cp1252"))


def a_file_of_windows(source: Path) -> None:
    """Give every text the line ends and the byte order mark that Windows' editors write."""
    for path in (*source.rglob("*.md"), *source.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())


def files_that_are_no_text(source: Path) -> None:
    """Let the settings be zeros, as a crash leaves them, and a chapter and labels be noise."""
    (source / "workshop.yaml").write_bytes(bytes(1_500_000))
    noise = bytes(n * n % 251 for n in range(100_000))
    (source / "chapters" / "02-noise.md").write_bytes(noise)
    (source / "labels").mkdir(exist_ok=True)
    (source / "labels" / "en.yaml").write_bytes(noise)


def control_characters(source: Path) -> None:
    """Put a bell into the settings, a null into a chapter and a line separator into an exercise."""
    with (source / "workshop.yaml").open("a", encoding="utf-8") as file:
        file.write("author: Ann\x07\n")
    with (source / "chapters" / "01-start.md").open("a", encoding="utf-8") as file:
        file.write("\nOne\0two.\n")
    with (source / "exercises" / "knees.md").open("a", encoding="utf-8") as file:
        file.write("\nOne\u2028two.\n")


def a_file_in_utf_16(source: Path) -> None:
    """Save a chapter as some editors of Windows do when they are asked for Unicode."""
    text = "---\ntitle: Zwei Übungen\n---\n\nÜben wir.\n\nUnd ruhen.\n"
    (source / "chapters" / "02-utf.md").write_bytes(text.encode("utf-16"))


def a_long_paragraph(source: Path) -> None:
    """Write a million characters without an empty line."""
    _add_chapter(source, "02-long.md", "Breathe in and out. " * 52_000)


def words_without_end(source: Path) -> None:
    """Write 6,000 digits into the settings, and 30,000 letters into a chapter's table."""
    with (source / "workshop.yaml").open("a", encoding="utf-8") as file:
        file.write(f"version: {'9' * 6_000}\n")
    _add_chapter(source, "02-word.md", f"Breathe.\n\n|a|b|\n|-|-|\n|{'a' * 30_000}|b|")


def a_thousand_brackets(source: Path) -> None:
    """Write what would keep a reader of Markdown busy for hours."""
    _add_chapter(source, "02-brackets.md", "Open.\n\n" + "[" * 40_000)


def a_deep_quotation(source: Path) -> None:
    """Quote a quotation of a quotation, and so on; and open a block in a block, and so on."""
    _add_chapter(source, "02-quotes.md", ">" * 900 + " deep")
    _add_chapter(source, "03-blocks.md", "/// note\n" * 3000 + "deep\n" + "///\n" * 3000)
    with (source / "workshop.yaml").open("a", encoding="utf-8") as file:
        file.write("goals: " + "[" * 100_000 + "\n")


def _add_chapter(source: Path, name: str, text: str) -> None:
    (source / "chapters" / name).write_text(f"---\ntitle: More\n---\n\n{text}\n", encoding="utf-8")


def _picture(source: Path, name: str) -> Path:
    (source / "pictures").mkdir(exist_ok=True)
    return source / "pictures" / name


def an_empty_picture(source: Path) -> None:
    """Let the exercise's picture be a file of no bytes."""
    _picture(source, "knees.png").write_bytes(b"")


def a_truncated_picture(source: Path) -> None:
    """Cut a photo off in the middle, as a broken download does."""
    photo = _picture(source, "knees.png")
    Image.effect_noise((300, 200), 60).save(photo)
    photo.write_bytes(photo.read_bytes()[:9000])


def a_huge_picture(source: Path) -> None:
    """Save a picture of 900 million pixels, small in the file and too large in memory."""
    size = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(bytes(4000))), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    _picture(source, "knees.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def twelve_large_pictures(source: Path) -> None:
    """Show twelve photos as a phone takes them: 4000 by 3000 pixels."""
    photo = _picture(source, "photo-01.jpg")
    Image.linear_gradient("L").resize((4000, 3000)).convert("RGB").save(photo, quality=80)
    for number in range(2, 13):
        photo.with_name(f"photo-{number:02}.jpg").write_bytes(photo.read_bytes())
    shown = [f"![Photo {n}](../pictures/photo-{n:02}.jpg)" for n in range(1, 13)]
    _add_chapter(source, "02-photos.md", "\n\n".join(shown))


def forty_exercises(source: Path) -> None:
    """Copy the exercise thirty-nine times."""
    _copy_exercise(source, 40)


def twelve_exercises(source: Path) -> None:
    """Copy the exercise eleven times."""
    _copy_exercise(source, 12)


def thirty_in_a_chapter(source: Path) -> None:
    """Copy the exercise twenty-nine times, and show all of them in one chapter."""
    _copy_exercise(source, 30)
    settings = source / "workshop.yaml"
    names = ", ".join(sorted(path.stem for path in (source / "exercises").glob("*.md")))
    text = settings.read_text(encoding="utf-8")
    text += f"groups:\n  all: [{names}]\n"
    text += "products: {book: {}, handout: {}, teacher: {}, epub: {}, website: {}}\n"
    settings.write_text(text, encoding="utf-8")
    (source / "chapters" / "02-all.md").write_text(
        "---\ntitle: All of them\n---\n\n/// exercises | all\n///\n", encoding="utf-8"
    )


def _copy_exercise(source: Path, count: int) -> None:
    first = (source / "exercises" / "knees.md").read_text(encoding="utf-8")
    for number in range(2, count + 1):
        text = first.replace("name: Knees to chest", f"name: Exercise {number}")
        (source / "exercises" / f"exercise-{number:02}.md").write_text(text, encoding="utf-8")


def labels_in_french(source: Path) -> None:
    """Add a catalogue with every key that the program's own has, some of it in French."""
    _copy_labels(source, "fr", _FRENCH)


def labels_with_slips(source: Path) -> None:
    """Add a catalogue that lacks a key, has one too many, and puts in what is not there."""
    slips = {
        "easier": None,
        "easeir": "lichter",
        "time_seconds": "{seconds} s",
        "time_hours": "{n:>999999999} u",
        "times": "keer",
        "days": "M D W D V Z",
    }
    _copy_labels(source, "nl", slips)


_FRENCH = {
    "dose_hold": "Tenez {amount}",
    "times_one": "une fois",
    "times": "{n} fois",
    "times_each_side": "{amount} de chaque côté",
    "daily": "chaque jour",
    "times_a_week": "{n} fois par semaine",
}


def _copy_labels(source: Path, language: str, changes: Mapping[str, str | None]) -> None:
    """Write labels/LANGUAGE.yaml: the English ones with changes, None for a key left out."""
    english = files.ours("en", "labels")
    words = {key: value for key, value in {**english, **changes}.items() if value is not None}
    (source / "labels").mkdir()
    text = yaml.safe_dump(words, allow_unicode=True, sort_keys=True)
    (source / "labels" / f"{language}.yaml").write_text(text, encoding="utf-8")


def sixty_pages(source: Path) -> None:
    """Write the text of a book of about sixty pages."""
    sentence = "Lie down, breathe out slowly, and let the floor carry what you carry all day. "
    for number in range(2, 22):
        parts = [f"## Part {part}\n\n{sentence * 9}\n\n{sentence * 7}" for part in range(1, 6)]
        _add_chapter(source, f"{number:02}-chapter.md", "\n\n".join(parts))


def two_pictures_of_one_name(source: Path) -> None:
    """Name two pictures alike but for a capital, which some disks would take for one file."""
    for name, colour in (("Cat.png", "red"), ("cat.png", "blue")):
        Image.new("RGB", (200, 120), colour).save(_picture(source, name))
