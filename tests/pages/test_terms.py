"""Terms of the glossary and the places where the chapters speak of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from workshop_builder.pages.links import lead_to_terms

TERMS = ("Sit bone", "fascia", "C++")
FORMS = (
    "<p>A {} here.</p>",
    "<p>So-called <em>{}</em>.</p>",
    "<table><tr><th>{}</th></tr></table>",
    "<p>a{}a</p>",
    "<ul><li>{}s</li></ul>",
)


@given(st.lists(st.tuples(st.sampled_from(TERMS), st.sampled_from(FORMS)), max_size=8))
def test_a_term_leads_to_where_it_is_explained(told: list[tuple[str, str]]) -> None:
    """It leads to where it is stressed; else to where it is a word of its own; else nowhere."""
    text = "".join(form.format(term.lower()) for term, form in told)
    terms = "".join(f"<dt>{term}</dt><dd>It is.</dd>" for term in TERMS)
    page = etree.fromstring(
        f"<main><section class='chapter'>{text}</section><dl class='glossary'>{terms}</dl></main>"
    )
    lead_to_terms(page, {"": page})
    for term, shown in zip(TERMS, page.iter("dt"), strict=True):
        forms = [form for each, form in told if each == term and "a{}a" not in form]
        place = page.find(f".//*[@id='{shown[0].get('href')[1:]}']") if len(shown) else None
        assert "".join(shown.itertext()) == term
        assert (place is not None) is bool(forms)
        if place is not None:
            assert (place.tag == "em") is any("<em>" in form for form in forms)
