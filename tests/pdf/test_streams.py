"""Operators in fewer bytes draw the same."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from workshop_builder import resources
from workshop_builder.pdf.streams import content, letters

NUMBERS = st.floats(-2000, 2000).map(lambda number: b"%f" % number)
SHOWN = {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
SHARES = st.floats(0, 1).map(lambda share: b"%f" % share)


def operands(operators: bytes) -> list[tuple[str, list[object]]]:
    """Return each operator and what stands before it, text as its letters and spacing."""
    with pikepdf.new() as pdf:
        read = pikepdf.parse_content_stream(pdf.make_stream(operators))
        return [(str(one.operator), [*map(_value, one.operands)]) for one in read]


def _value(operand: object) -> object:
    if isinstance(operand, pikepdf.Array):
        return [bytes(x) if isinstance(x, pikepdf.String) else float(str(x)) for x in operand]
    return float(str(operand))


def steps(share: object) -> tuple[int, int]:
    """Return the step of 255 of a colour's share, rounded, and cut off from sixteen bits."""
    number = float(str(share))
    return round(number * 255), int(number * 65_535) >> 8


@given(st.lists(NUMBERS, min_size=6, max_size=6), st.lists(SHARES, min_size=3, max_size=3))
def test_no_place_moves_and_no_colour_changes(places: list[bytes], shares: list[bytes]) -> None:
    """Places and matrices stay; so does the step of a colour, rounded or cut off."""
    kept = b"%s cm\n%%s%s m\n3. %s 1 2. l\n%s rg\n[<0021>0<0022>11] TJ" % (
        b" ".join(places),
        b" ".join(places[:2]),
        places[0],
        b" ".join(shares),
    )
    was = operands(kept % b"")
    now = operands(content.slim(b"1 0 0 1 0 0 cm\n" + kept % b"0 0 m\n"))
    assert [name for name, _ in now] == [name for name, _ in was]
    for (name, old), (_, new) in zip(was, now, strict=True):
        assert [*map(steps, new)] == [*map(steps, old)] if name == "rg" else new == old


def test_a_font_keeps_its_letters_alone() -> None:
    """Its outlines and widths stay byte for byte, its sums are right, and it can be read."""
    for path in resources.font_files().values():
        font = path.read_bytes()
        if not font.startswith(b"\x00\x01\x00\x00"):
            assert letters.shown(font) == font
            continue
        before = TTFont(BytesIO(font), checkChecksums=0)
        after = TTFont(BytesIO(letters.shown(font)), checkChecksums=2)
        assert {*after.reader.keys()} <= SHOWN
        for tag in ("glyf", "hmtx", "loca"):
            assert after.reader[tag] == before.reader[tag], (path, tag)
        assert after["head"].unitsPerEm == before["head"].unitsPerEm
