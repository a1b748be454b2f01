"""What chapters tell on a screen: ways to parts that they name, signs, what to write down."""

from __future__ import annotations

from lxml import etree

from languages import language_of
from workshop_builder.epub import screen_tables, screen_text
from workshop_builder.markup import xhtml
from workshop_builder.model.base import Safety
from workshop_builder.pages.labels import Labels

LABELS = Labels(language_of("en"))
SAFETY = Safety.model_validate(
    {"red_flags": ["A fall", {"text": "A fever", "when": "soon"}], "stop_if": ["pain"]}
)


def test_the_title_of_a_part_leads_to_it() -> None:
    """In italics it is a link, unless it is part of one; other words in italics stay words."""
    text = "<p><em>Log</em>, <em>calm</em>, <a href='x'><em>Log</em></a></p>"
    root = etree.fromstring(text)
    screen_text.lead_to_parts(root, {"Log": "log.xhtml"})
    assert [link.get("href") for link in root.iter("a")] == ["log.xhtml", "x"]
    assert xhtml.words(root) == "Log, calm, Log"


def test_a_box_that_tells_what_to_do_lists_the_signs() -> None:
    """Each has those of its own urgency, at its end; a box with a list of its own has no other."""
    boxes = "".join(
        f"<div data-box='{name}'><p>Call.</p>{own}</div>"
        for name, own in (("emergency", ""), ("soon", ""), ("note", ""), ("soon", "<ul><li/></ul>"))
    )
    root = etree.fromstring(f"<body>{boxes}</body>")
    screen_text.tell_signs(root, SAFETY, LABELS)
    told = [[xhtml.words(item) for item in box.iter("li")] for box in root]
    assert told == [["A fall"], ["A fever"], [], [""]]
    assert [xhtml.words(box).partition(" ")[0] for box in root] == ["Call."] * 4


def test_a_table_to_fill_in_is_a_list_on_a_screen_and_stays_for_paper() -> None:
    """Choices keep together; a cell that says nothing is marked, so that its row can go."""
    head = "<thead><tr><th>Check</th><th>Start</th><th>End</th></tr></thead>"
    cells = "<td>low, 2<br/>high, 12</td>" * 2
    text = f"<body><table>{head}<tbody><tr><td>Leg</td>{cells}</tr></tbody></table></body>"
    for printed in (True, False):
        root = etree.fromstring(text)
        screen_tables.name_cells(root[0], LABELS, printed=printed)
        assert [part.get("class") for part in root] == ["on-screen", "on-paper"][: 1 + printed]
        assert "Leg: low,\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}· high," in "".join(
            root[0].itertext()
        )
    row = "<tr><td>1</td><td>–</td><td>now</td></tr>"
    root = etree.fromstring(f"<table>{head}<tbody>{row}</tbody></table>")
    screen_tables.name_cells(root, LABELS)
    assert [cell.get("class") for cell in root.iter("td")] == ["few", "nothing", "few"]
