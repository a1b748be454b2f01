"""The style sheets of a product: ours, with the studio's after them or in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.model.colours.palette import palette
from workshop_builder.model.products import Target
from workshop_builder.model.workshop import Workshop
from workshop_builder.output.store import PIECES
from workshop_builder.source import fingerprint
from workshop_builder.source.folder import SETTINGS_FILE

_COLOURS = "colours.css"
_BASE = "base.css"
"""That of all PDFs."""
_DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\((--[\w-]+)\)")


def for_target(workshop: Workshop, target: Target) -> list[tuple[str, str]]:
    """Return the names and texts of a target's style sheets, later ones overriding earlier ones.

    A studio's file is used in place of ours of the same name. Only of the colours both are used,
    so that a studio may change a single one. Raises BuildError for a style that does not exist.
    """
    names = [target.product.style]
    if target.product.format == "pdf":
        names = [_BASE, *_edition(workshop, target)]
    if target.product.format == "site":
        names = [*names, "site-dark.css"]
    return [*colours(workshop), *((f"styles/{name}", _text(workshop, name)) for name in names)]


def of_all_pdfs() -> list[tuple[str, str]]:
    """Return the names and texts of those of ours that all PDFs have, but for a studio's."""
    return [_ours(_COLOURS), _ours(_BASE)]


def parts() -> tuple[str, str]:
    """Return the name and text of the style that lays parts of sheets out by themselves."""
    return _ours("sheet-parts.css")


def _ours(name: str) -> tuple[str, str]:
    return f"styles/{name}", resources.files("styles")[name].read_text(encoding="utf-8")


def _edition(workshop: Workshop, target: Target) -> tuple[str, ...]:
    """Return the styles of a product in an edition."""
    style, edition = laid_out(workshop, target, target.product.style), f"{target.edition}.css"
    if target.edition == "standard":
        return (style,)
    return (style, edition) if style == target.product.style else (edition, style)


def laid_out(workshop: Workshop, target: Target, name: str) -> str:
    """Return the name of the template or style that is used in place of `name` in an edition.

    Large print is laid out for itself: it has files such as `book-large-print.css`, unless the
    studio has only a `book.css` of its own.
    """
    stem, dot, kind = name.rpartition(".")
    folder = "styles" if kind == "css" else "templates"
    other = f"{stem}-large-print{dot}{kind}"
    own = workshop.overrides.keys()
    known = f"{folder}/{other}" in own or (
        other in resources.files(folder) and f"{folder}/{name}" not in own
    )
    return other if target.edition == "large-print" and known else name


def read_once(style: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401  as JSON gives it
    """Return what `read` finds in a style sheet, now or before; it follows from the text alone."""
    parts = "style", read.__module__, read.__qualname__, fingerprint.program(), style
    return json.loads(PIECES.kept(parts, lambda: json.dumps(read(style)).encode()))


def flattened(sheets: Sequence[tuple[str, str]]) -> str:
    """Return style sheets as one, with its value in place of each variable."""
    values = variables(sheets)
    css = "\n".join(text for _, text in sheets)
    return _USED.sub(lambda found: values.get(found[1], found[0]), css)


def variables(sheets: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the value of each variable that style sheets declare; the last declaration counts."""
    declared = {
        name: value.strip() for _, text in sheets for name, value in _DECLARED.findall(text)
    }
    return {
        name: _USED.sub(lambda use: declared.get(use[1], use[0]), v) for name, v in declared.items()
    }


def colours(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the names and texts of what sets colours: ours, the studio's one, the studio's all."""
    name = f"styles/{_COLOURS}"
    found = [_ours(_COLOURS)]
    studio, own = workshop.settings.studio, workshop.overrides.get(name)
    if studio and studio.colour:
        found.append((SETTINGS_FILE, _root(palette(studio.colour))))
    if own is not None:
        found.append((name, own.decode("utf-8", "replace")))
    return found


def _root(values: Mapping[str, str]) -> str:
    return ":root {" + "; ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def _text(workshop: Workshop, name: str) -> str:
    own = workshop.overrides.get(f"styles/{name}")
    if own is not None:
        return own.decode("utf-8", "replace")
    ours = resources.files("styles")
    if name not in ours:
        text = f"there is no style '{name}'; put it into styles/ or correct the name"
        raise BuildError([Problem(SETTINGS_FILE, 0, text)])
    return ours[name].read_text(encoding="utf-8")
