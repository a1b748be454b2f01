"""Prose that contradicts a dose, and prose that does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages import language_of
from workshop_builder.languages.dose_words import dose_words
from workshop_builder.loading.dose_phrases import Phrases, phrases
from workshop_builder.loading.prose_doses import check_chapter, check_exercise
from workshop_builder.markup.fragment import Fragment
from workshop_builder.model.dose import Frequency, Hold, Repeat
from workshop_builder.model.exercise_fields import ExerciseFields
from workshop_builder.model.workshop import Exercise
from workshop_builder.pages.labels import Labels
from workshop_builder.source.yaml_text import YamlDocument

DOCUMENT = YamlDocument("exercises/bridge.md", {}, {})
FIELDS = ExerciseFields.model_validate({"name": "Bridge", "hold": "30-60 s", "repeat": "2-3"})


def _say(language: str) -> Phrases:
    return phrases(language_of(language).writing)


@pytest.mark.parametrize(
    ("language", "body", "said"),
    [
        ("en", "Hold for 20 s.", ["20 s"]),
        ("en", "Hold it\nfor 20\u00a0seconds.", ["20 seconds"]),
        ("en", "Hold 20-40 s.", ["20-40 s"]),
        ("en", "Hold 2 minutes, then hold 90 s.", ["2 minutes", "90 s"]),
        ("de", "Halte 20 Sekunden.", ["20 Sekunden"]),
        ("en", "Repeat 5 times.", ["5 times"]),
        ("de", "Wiederhole es 5 Mal.", ["5 Mal"]),
        ("en", "Hold for 45 s. Hold 30 – 60 s. Hold 1 minute.", []),
        ("en", "Repeat it 2 times. Do this 2-3 times.", []),
        ("en", "March for 2 minutes. Then hold.", []),
        ("en", "Breathe 5 times while you hold.", []),
        ("en", "Hold the strap. Wait 20 s.", []),
        ("en", "- Hold the strap\n- wait 20 s", []),
        ("en", "Household tasks take 90 s.", []),
        (
            "en",
            "Hold for 1:30 min. Hold for 1 min 30 s. Hold for 1.5 minutes.",
            ["1:30 min", "1 min 30 s", "1.5 minutes"],
        ),
        (
            "en",
            "Hold it for a minute and a half, or one and a half minutes.",
            ["a minute and a half", "one and a half minutes"],
        ),
        (
            "en",
            "Hold for ninety seconds. Keep it for 20 sec. Stay for forty-two seconds.",
            ["ninety seconds", "20 sec"],
        ),
        ("en", "Hold for half a minute. A 45-second hold. Held for a minute.", []),
        ("en", "A 90-second hold. For 5 s, hold it.", ["90-second", "5 s"]),
        ("en", "Hold it for a second.", []),
        ("en", "Hold for 45 s, then rest for 10 seconds.", []),
        ("en", "Wait 10 minutes after eating, then hold the bar.", []),
        ("en", "10 minutes after eating you may hold it.", []),
        ("en", "Hold for 5 breaths.", []),
        ("en", "Hold your breath for 3 s.", []),
        ("en", "Hold for 20 s before you change sides.", ["20 s"]),
        ("en", "Do it five times. Repeat once. Repeat once you are warm.", ["five times", "once"]),
        ("en", "Repeat twice. Repeat two or three times. Do this thrice.", []),
        ("en", "Repeat it 5 times a week. Repeat it once more.", []),
        ("en", "Repeat it, and breathe 5 times.", []),
        (
            "de",
            "Halte 1 Min. 30 Sek. lang. Halte anderthalb Minuten.",
            ["1 Min. 30 Sek", "anderthalb Minuten"],
        ),
        ("de", "Das Bein eine halbe Minute halten. 5 Sekunden halten.", ["5 Sekunden"]),
        ("de", "Halte kurz und ruhe 10 Sekunden. Wiederhole es fünfmal.", ["fünfmal"]),
        ("fr", "Tenez pendant une demi-minute. Tenez deux minutes.", ["deux minutes"]),
        ("fr", "Répétez cinq fois. Répétez une fois assis.", ["cinq fois"]),
        ("es", "Mantén medio minuto. Mantén un minuto y medio.", ["un minuto y medio"]),
        ("es", "Repite cinco veces. Mantén cuarenta y cinco segundos.", ["cinco veces"]),
    ],
)
def test_exercise(language: str, body: str, said: list[str]) -> None:
    """A sentence that tells of holding or repeating keeps to the fields."""
    problems = check_exercise(_say(language), DOCUMENT, body, 0, FIELDS)
    assert [problem.text.split("'")[1] for problem in problems] == said


PLACES = {
    "en": "Hold it for {}.",
    "en-GB": "Hold it for {}.",
    "de": "Halte es {}.",
    "fr": "Tenez {}.",
    "es": "Mantén {}.",
}
AGAIN = {
    "en": "Repeat {}.",
    "en-GB": "Repeat {}.",
    "de": "Wiederhole {}.",
    "fr": "Répétez {}.",
    "es": "Repite {}.",
}


def _holds() -> st.SearchStrategy[Hold]:
    seconds = st.integers(2, 3600)
    span = st.tuples(seconds, seconds).map(sorted)
    return st.one_of(
        span.map(lambda ends: Hold(ends[0], ends[1], "")),
        span.map(lambda ends: Hold(ends[0], ends[1], "", "minute", 60)),
        st.integers(1, 60).map(lambda n: Hold(n * 60, n * 60, "", "minute", 60)),
    )


@pytest.mark.parametrize(
    ("fields", "body", "said"),
    [
        ({"hold": "3 breaths"}, "Hold for 5 breaths. Hold for three slow breaths.", ["5 breaths"]),
        ({"hold": "3 breaths"}, "Hold it for 30 s.", ["30 s"]),
        ({"hold": "45 s"}, "Hold it for 5 breaths.", []),
        ({"repeat": "2 sets of 10"}, "Do this 10 times, in 3 sets.", ["3 sets"]),
        ({"repeat": "2-3 sets of 10"}, "Rest between two sets. A set is short.", []),
        ({"repeat": "10"}, "Do two sets.", ["two sets"]),
        ({"hold_by_week": ["20-30 s", "60 s"]}, "Hold it 25 s at first.", []),
        ({"hold_by_week": ["20-30 s", "60 s"]}, "Hold it for 90 s.", ["90 s"]),
        ({"hold": "30 s", "hold_by_week": ["20 s", "40 s"]}, "Later hold it 40 s.", []),
    ],
)
def test_breaths_sets_and_weeks(fields: dict[str, object], body: str, said: list[str]) -> None:
    """A sentence keeps to the breaths, to the sets, and to one of the weeks."""
    given = ExerciseFields.model_validate({"name": "Bridge", **fields})
    problems = check_exercise(_say("en"), DOCUMENT, body, 0, given)
    assert [problem.text.split("'")[1] for problem in problems] == said


@settings(max_examples=150)
@given(
    language=st.sampled_from(sorted(PLACES)),
    hold=_holds(),
    low=st.integers(1, 99),
    more=st.integers(0, 1),
)
def test_what_is_printed_is_read(language: str, hold: Hold, low: int, more: int) -> None:
    """A dose as a card prints it is the same dose in a sentence and in a field."""
    labels = Labels(language_of(language))
    words = dose_words(labels.language)
    printed = labels.hold(hold)
    again = Hold.parse(printed, words)
    assert (again.low, again.high, labels.hold(again)) == (hold.low, hold.high, printed)
    (said,) = _say(language).holds(PLACES[language].format(printed))
    assert (said.low, said.high) == (hold.low, hold.high)
    repeat = Repeat(low, low + more, "")
    times = labels.repeat(repeat)
    assert Repeat.parse(times, words) == Repeat(low, low + more, times)
    (said,) = _say(language).repeats(AGAIN[language].format(times))
    assert (said.low, said.high) == (low, low + more)
    for period in ("day", "week"):
        often = labels.frequency(Frequency(low, low + more, period, ""))
        told = Frequency.parse(often, words)
        assert (told.low, told.high, told.period) == (low, low + more, period)
        assert list(_say(language).repeats(AGAIN[language].format(often))) == []


def _exercises() -> dict[str, Exercise]:
    other = ExerciseFields.model_validate({"name": "Clam", "hold": "5 s"})
    return {
        name: Exercise(name, f"exercises/{name}.md", fields, (), Fragment(), {})
        for name, fields in (("bridge", FIELDS), ("clam", other))
    }


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Text.\n\nIn the bridge, hold for 5 s.", [3]),
        ("[This one](../exercises/bridge.md)\nis held; hold it 5 s.", [2]),
        ("In Cambridge, hold for 5 s.", []),
        ("Hold the bridge 45 s and the clam 5 s.", []),
        ("The clam: hold it 5 s.", []),
        ("Hold your breath for 5 s.", []),
    ],
)
def test_chapter(body: str, lines: list[int]) -> None:
    """A chapter's sentence counts where it names just one exercise."""
    problems = check_chapter(_say("en"), "chapters/01.md", body, 0, _exercises())
    assert [problem.line for problem in problems] == lines


def test_long_text() -> None:
    """Thousands of words that could begin a dose are read in a moment."""
    body = "repeat hold 5 " * 3000 + ".\n\n" + "repeat hold 5 s. " * 3000
    problems = check_exercise(_say("en"), DOCUMENT, body, 0, FIELDS)
    assert len(problems) == 3000
