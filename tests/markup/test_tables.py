"""Tables in one column: every row of a wordy one is read by itself."""

from __future__ import annotations

from workshop_builder.markup import structure, xhtml

TABLE = """<table><thead><tr><th>If you have</th><th>Leave out</th><th>Try</th></tr></thead>
<tbody><tr><td>a <b>new</b> hip</td><td>{}</td><td></td></tr></tbody></table>"""


def _unfolded(leave_out: str) -> str:
    root = xhtml.parse(TABLE.format(leave_out))
    structure.unfold_tables(root, ":")
    return xhtml.inner(root)


def test_a_wordy_table_is_read_row_by_row() -> None:
    """The first cell heads its row, the next say which column they are, and empty ones go."""
    assert _unfolded("every bend past a <i>right</i> angle") == (
        '<div class="table-rows"><div class="table-row">'
        '<p class="row-head">a <b>new</b> hip</p>'
        "<p><b>Leave out:</b> every bend past a <i>right</i> angle</p></div></div>"
    )


def test_a_table_of_few_words_stays_a_table() -> None:
    """So does one to write in."""
    assert "<table>" in _unfolded("bends")


def test_a_wordy_table_to_write_in_keeps_its_blanks() -> None:
    """A row with nothing to read has a line for each of its columns; rows are told from others."""
    row = "</td><td>bend</td></tr><tr><td>Date</td><td></td><td>"
    told = _unfolded(f"every bend past a right angle{row}")
    assert told.count('class="table-row fill-in"') == 2
    assert '<b>Try:</b> <span class="blank"/>' in told
