"""Remarks hit what they mean and no more: near misses on both sides, in each language."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscripts import remarks, write


def _step(text: str, **fields: str) -> dict[str, str]:
    """Return an exercise with one step."""
    front = "".join(f"{key}: {value}\n" for key, value in fields.items()) or "name: Lift\n"
    return {"exercises/lift.md": f"{front}\n1. {text}"}


def _chapter(text: str, title: str = "One") -> dict[str, str]:
    """Return a chapter with one paragraph."""
    return {"chapters/01.md": f"title: {title}\n\n{text}"}


def _in(language: str, files: dict[str, str]) -> dict[str, str]:
    return {"workshop.yaml": f"language: {language}", **files}


EASY = "Do your legs feel heavy? Then get up each hour, and walk to a window. " * 5
MIDDLING = "The window behind your table is a lovely place to visit after lunch. " * 5
EASY_GERMAN = "Sind die Beine schwer? Dann steh auf und geh ans Fenster. Das tut gut. " * 5
EASY_FRENCH = "Tes jambes sont lourdes ? Va à la fenêtre, et reviens. Cela fait du bien. " * 5
EASY_SPANISH = "¿Te pesan las piernas? Ve a la ventana y vuelve. Eso hace bien. " * 5
HARD_GERMAN = (
    "Die Berücksichtigung individueller Belastungsvoraussetzungen sowie die kontinuierliche "
    "Dokumentation gesundheitlicher Veränderungen ermöglichen eine verantwortungsbewusste "
    "Anpassung der Bewegungsanforderungen an unterschiedliche Ausgangssituationen. "
) * 3
HARD_FRENCH = (
    "La considération systématique des caractéristiques individuelles permet une adaptation "
    "particulièrement appropriée des recommandations professionnelles concernant "
    "l’amélioration progressive de la mobilité quotidienne. "
) * 3
HARD_SPANISH = (
    "La consideración sistemática de las características individuales posibilita una adaptación "
    "particularmente apropiada de las recomendaciones profesionales correspondientes al "
    "mejoramiento progresivo de la movilidad cotidiana. "
) * 3

DUE = {
    "then": ("two-actions", _step("Kneel, then sit back on your heels.")),
    "two sentences": ("two-actions", _step("Lift your arms. Slowly lower them.")),
    "de order": ("two-actions", _in("de", _step("Beugen Sie das Knie und heben Sie den Fuß."))),
    "de plain form": ("two-actions", _in("de", _step("Das Knie beugen und den Fuß heben."))),
    "fr": ("two-actions", _in("fr", _step("Levez le bras, puis pliez le genou."))),
    "es": ("two-actions", _in("es", _step("Levanta la pierna y dobla la rodilla."))),
    "no side in German": ("side-not-named", _in("de", _step("Ein Bein heben.", sides="each"))),
    "a promise": ("cure-promised", _chapter("Get rid of back pain. It is easy.")),
    "a promise in French": ("cure-promised", _in("fr", _chapter("Cela guérit le dos."))),
    "a promise on a card": ("cure-promised", _step("Sit.", feel="It heals your back.")),
    "a routine of 20 minutes": ("minutes-claimed", _chapter("The routine takes 20 minutes.")),
    "minutes in a description": (
        "minutes-claimed",
        {"workshop.yaml": "description: A ten-minute routine for your feet."},
    ),
    "minutes of a block": (
        "minutes-claimed",
        {"workshop.yaml": "session: [{title: Five minutes of calm, minutes: 10}]"},
    ),
    "a quotation mark of another encoding": ("wrong-letters", _chapter("Donâ€™t.")),
    "a title": ("chapter-without-exercise", _chapter("Later.", "Exercises for tired feet")),
    "a folder": (
        "file-name",
        {**_chapter("![The knee above the seat.](../pictures/aux/a.png)"),
         "pictures/aux/a.png": "picture 1, 1200 × 800"},
    ),
    "a dead link in a step": (
        "dead-link",
        {**_step("Do [this](https://s.example/w/exercises/bass.html)."),
         "workshop.yaml": "website: {url: https://s.example/w/index.html}"},
    ),
    "hard words in German": ("hard-word", _in("de", _chapter("Das ist kontraindiziert."))),
    "hard words in French": ("hard-word", _in("fr", _chapter("C’est contre-indiqué."))),
    "hard words in Spanish": ("hard-word", _in("es", _chapter("Está contraindicado."))),
    "another hard word than that of the glossary": (
        "hard-word",
        {**_chapter("The fascia, and the spondylolysis."),
         "workshop.yaml": "glossary: [{term: Fascia, meaning: A sheet}]"},
    ),
    "a grade that was set": (
        "reading-grade",
        {**_chapter(MIDDLING), "workshop.yaml": "reading_grade: {book: 3}"},
    ),
    "a grade in German": ("reading-grade", _in("de", _chapter(HARD_GERMAN))),
    "a grade in French": ("reading-grade", _in("fr", _chapter(HARD_FRENCH))),
    "a grade in Spanish": ("reading-grade", _in("es", _chapter(HARD_SPANISH))),
    "an older date than its sources": (
        "stale-date",
        {"workshop.yaml": "date: 2025-03-01\nsources: [{key: a, text: 'Someone, 2026.'}]"},
    ),
}  # fmt: skip
NOT_DUE = {
    "one after the other": _step("Bring up one knee, then the other."),
    "lift and lower": _step("Lift and lower your heels slowly."),
    "the low back": _step("Press your head and lower back into the mat."),
    "a breath": _step("Breathe in and raise both arms."),
    "two things": _step("Roll your shoulders back and down."),
    "15 words": _step("Lift your foot as slowly as you can to the height of the low seat."),
    "a purpose in German": _in("de", _step("Heben Sie das Knie, um die Hüfte zu beugen.")),
    "a side in Spanish": _in("es", _step("Levanta la pierna derecha.", sides="each")),
    "a question": _chapter("Will it cure your back?"),
    "a doubt": _chapter("Nobody can say whether it cures anything."),
    "what the routine takes": _chapter("The routine takes one minute."),
    "minutes of something else": _chapter("Sit for ten minutes, and read."),
    "why": _chapter("Because.", "Why stretches help"),
    "a link": _chapter("See [base](../exercises/base.md).", "Our exercises"),
    "a short text twice": {**_chapter("Breathe."), "chapters/02.md": "title: Two\n\nBreathe."},
    "capital letters of their own": _chapter("À LA MAÇÃ. “MAÇÔ, “ÂME”, CHÂTEAU, ÃÂ."),
    "an easy text": _chapter(EASY),
    "a text within the usual grade": _chapter(MIDDLING),
    "an easy text in German": _in("de", _chapter(EASY_GERMAN)),
    "an easy text in French": _in("fr", _chapter(EASY_FRENCH)),
    "an easy text in Spanish": _in("es", _chapter(EASY_SPANISH)),
    "a hard text for the teacher": {
        "chapters/01.md": f"title: One\naudience: teacher\n\n{HARD_GERMAN} Contraindicated.",
    },
    "a word of the glossary": {
        **_chapter("It is about proprioceptive moves."),
        "workshop.yaml": "glossary: [{term: Proprioception, meaning: Feeling where you are}]",
    },
    "words of the glossary in a grade": {
        **_chapter("Rest your gastrocnemius, and then your semitendinosus. " * 10),
        "workshop.yaml": "glossary: [{term: Gastrocnemius, meaning: In the calf}, "
        "{term: semitendinosus, meaning: In the thigh}]",
    },
    "pages that the website may have": {
        **_chapter(
            "[a](https://s.example/w/exercises/base.html#how), [b](https://s.example/w/more.html), "
            "[c](https://s.example/exercises/none.html)"
        ),
        "workshop.yaml": "website: {url: https://s.example/w}",
    },
    "short sentences": _step("Sit.", caution=" ".join(["Stop when it really hurts."] * 7)),
}  # fmt: skip


@pytest.mark.parametrize("case", DUE)
def test_a_remark_is_due(case: str, tmp_path: Path) -> None:
    """What a careful reader would say is said, and nothing else."""
    name, files = DUE[case]
    assert [each.name for each in remarks(write(tmp_path, files))] == [name]


@pytest.mark.parametrize("case", NOT_DUE)
def test_no_remark_is_due(case: str, tmp_path: Path) -> None:
    """What only looks like it is passed over."""
    assert remarks(write(tmp_path, NOT_DUE[case])) == ()


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(1, 60),
)
def test_a_damaged_picture_stops_nothing(changes: list[tuple[int, int]], wide: int) -> None:
    """Whatever bytes of a picture are changed, the check of the folder comes to its end.

    So it does whatever its size.
    """
    with TemporaryDirectory() as home:
        size = f"{wide} × {-(-wide * 2 // 3)}"
        files = {"pictures/a.png": f"picture 1, {size}", "pictures/b.png": f"picture 2, {size}"}
        folder = write(Path(home), files)
        picture = bytearray((folder / "pictures/a.png").read_bytes())
        for place, byte in changes:
            picture[place % len(picture)] = byte
        (folder / "pictures/a.png").write_bytes(picture)
        assert {"unused-picture"} <= {each.name for each in remarks(folder)}
