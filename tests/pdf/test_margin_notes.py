"""Where notes stand in the margin, whatever their number and height."""

from __future__ import annotations

from itertools import pairwise

import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop_builder.pdf import spreads
from workshop_builder.pdf.spreads.margin import places

AREA = (20.0, 220.0)
reaches = st.tuples(st.integers(0, 240), st.integers(1, 60)).map(lambda each: (each[0], sum(each)))


@settings(max_examples=150)
@given(st.lists(reaches, max_size=7), st.lists(reaches, max_size=4))
def test_notes_stay_on_their_page(
    notes: list[tuple[int, int]], wide: list[tuple[int, int]]
) -> None:
    """No note leaves the type area; where one free place holds all, none covers anything."""
    notes.sort()
    heights = [end - start for start, end in notes]
    taken = [
        (top, top + high) for top, high in zip(places(notes, wide, AREA), heights, strict=True)
    ]
    assert all(AREA[0] <= top and end <= AREA[1] for top, end in taken)
    covered = {line for first, last in wide for line in range(first, last)}
    free = "".join("-" if line in covered else "x" for line in range(20, 220))
    if sum(heights) <= len(max(free.split("-"), key=len)):
        assert all(end <= top for (_, end), (top, _) in pairwise(taken))
        assert all(end <= first or last <= top for top, end in taken for first, last in wide)


@settings(max_examples=40)
@given(reaches, st.lists(reaches, max_size=3))
def test_a_note_is_as_near_as_there_is_room(
    note: tuple[int, int], wide: list[tuple[int, int]]
) -> None:
    """A note that is alone stands at its line where that is free, else where it covers nothing."""
    height = note[1] - note[0]
    rooms = [
        top
        for top in range(20, 221 - height)
        if all(top + height <= first or last <= top for first, last in wide)
    ]
    (place,) = places([note], wide, AREA)
    if rooms:
        assert place in rooms
    if note[0] in rooms:
        assert place == note[0]


def test_a_note_without_room_is_printed_in_the_text() -> None:
    """Beside something that is as high as its page no note stands: it is in its line instead."""
    style = """@page { size: 200px 200px; margin: 10px 20px } body, p, main { margin: 0 }
    section { margin-left: 50px; --mirror: text; font: 10px/10px serif; position: relative }
    i { position: absolute; left: -50px; width: 40px; --mirror: note }
    i[style*="--beside: none"] { position: static; --mirror: none }
    div { --mirror: wide; margin-left: -50px; height: 140px; break-before: avoid }"""
    notes = "".join(f"<i>Note<br/>{number}<br/>here</i>" for number in (1, 2))
    html = f"<html lang='en'><main><section><p>Word{notes}</p><div></div></section></main></html>"
    sheets = [weasyprint.CSS(string=style)]
    tree = weasyprint.HTML(string=html)
    document = spreads.set_in_spreads(tree.render(stylesheets=sheets))
    assert spreads.put_in_line(document)
    marked = tree.etree_element.findall(".//*[@style]")
    assert [(each.tag, each[0].tail, each.get("style")) for each in marked] == [
        ("i", "2", "--beside: none")
    ]
    document = spreads.set_in_spreads(tree.render(stylesheets=sheets))
    assert not spreads.put_in_line(document)
