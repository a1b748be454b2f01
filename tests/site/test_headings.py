"""Links to the headings of a chapter's page."""

from __future__ import annotations

import pytest

from workshop_builder.markup import xhtml
from workshop_builder.site.headings import list_headings


@pytest.mark.parametrize(("count", "links"), [(0, []), (2, []), (3, ["#a", "#part-2", "#part-3"])])
def test_headings_are_listed_where_there_are_several(count: int, links: list[str]) -> None:
    """Three headings have a list that leads to each of them, fewer have none."""
    headings = "".join(f"<h2>Part {n}</h2>" for n in range(count)).replace("<h2", "<h2 id='a'", 1)
    page = xhtml.parse(f'<nav class="on-page"></nav><article>{headings}</article><h2>Foot</h2>')
    list_headings(page)
    assert [link.get("href") for link in page.iter("a")] == links
    assert bool(list(page.iter("nav"))) is bool(links)
    assert {f"#{each.get('id')}" for each in page.iter("h2")} >= set(links)
