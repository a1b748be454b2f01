"""The style of the website on dark screens, where only its colours and other variables differ."""

from __future__ import annotations

from collections.abc import Iterator

import tinycss2

from workshop_builder.errors import BuildError, Problem
from workshop_builder.pages import stylesheets
from workshop_builder.pages.render import Renderer

DARK = "styles/site-dark.css"
"""The style sheet for dark screens; it may only set variables."""


def light_style(renderer: Renderer) -> str:
    """Return the style for light screens, by which the safety words are checked.

    Raises BuildError where the style sheet for dark screens sets more than variables.
    """
    sheets = stylesheets.for_target(renderer.workshop, renderer.target)
    dark = next((text for name, text in sheets if name == DARK), "")
    rules = tinycss2.parse_stylesheet(dark, skip_comments=True, skip_whitespace=True)
    if wrong := next(_properties(rules), ""):
        text = f"sets '{wrong}', where only variables like --ink may be set; move it to site.css"
        raise BuildError([Problem(DARK, 0, text)])
    return stylesheets.flattened([(name, text) for name, text in sheets if name != DARK])


def _properties(rules: list[object]) -> Iterator[str]:
    """Yield the properties in rules that are no variables."""
    for rule in rules:
        if isinstance(rule, tinycss2.ast.AtRule) and rule.content is not None:
            yield from _properties(tinycss2.parse_rule_list(rule.content))
        elif isinstance(rule, tinycss2.ast.QualifiedRule):
            parts = tinycss2.parse_blocks_contents(rule.content)
            named = [p.lower_name for p in parts if isinstance(p, tinycss2.ast.Declaration)]
            yield from (name for name in named if not name.startswith("--"))
