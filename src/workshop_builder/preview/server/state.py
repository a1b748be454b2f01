"""What browsers are shown: one value, replaced at each message of the build process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshop_builder.preview.messages import (
    FromBuilder,
    Idle,
    PdfPage,
    ProblemLines,
    ProductUpdate,
    RemarkLines,
    SourceChanged,
    Tab,
    Tabs,
)
from workshop_builder.preview.server.page_images import PageSize
from workshop_builder.preview.server.supervisor import BuilderDied


@dataclass(frozen=True, slots=True)
class ProductState:
    """What a product looks like now."""

    is_draft: bool
    """Whether the finished product is still to come."""
    pages: tuple[PdfPage, ...]
    """The pages of a PDF."""
    files: Mapping[str, bytes] = field(repr=False)
    """The last finished files, by name."""
    version: str
    """A short name for the contents of `files`; empty where there are none."""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """Everything that the browser's page shows."""

    title: str = ""
    """The title of the workshop."""
    language: str = "en"
    tabs: tuple[Tab, ...] = ()
    products: Mapping[str, ProductState] = field(default_factory=dict)
    """By name; a product that has not been made yet is missing."""
    problems: tuple[str, ...] = ()
    """What is wrong, line by line; the products are then the last good ones."""
    remarks: tuple[str, ...] = ()
    """What could be better, line by line."""
    is_busy: bool = True
    """Whether something is being made."""
    finished_at: float = 0
    """When everything had been made last, in seconds since 1970; 0 for not yet."""
    is_restarted: bool = False
    """Whether the build process has died since the last change of the source."""


def next_state(
    state: PreviewState, message: FromBuilder | BuilderDied | SourceChanged, now: float
) -> PreviewState:
    """Return the state after a message that came at `now`, in seconds since 1970."""
    match message:
        case Tabs(title, language, tabs):
            names = {tab.product for tab in tabs}
            kept = {name: product for name, product in state.products.items() if name in names}
            return replace(state, title=title, language=language, tabs=tabs, products=kept)
        case ProductUpdate():
            product = _updated(state.products.get(message.product), message)
            return replace(state, products={**state.products, message.product: product})
        case ProblemLines(lines):
            return replace(state, problems=lines)
        case RemarkLines(lines):
            return replace(state, remarks=lines)
        case Idle():
            return replace(state, is_busy=False, finished_at=now)
        case SourceChanged():
            return replace(state, is_busy=True, is_restarted=False)
        case BuilderDied():
            return replace(state, is_busy=True, is_restarted=True)
        case _:
            return state  # the studio has taken it


def _updated(before: ProductState | None, update: ProductUpdate) -> ProductState:
    """Return a product after an update; a draft leaves the finished files as they were."""
    if not update.is_draft:
        files, version = update.files, _version(update.files)
    elif before:
        files, version = before.files, before.version
    else:
        files, version = {}, ""
    return ProductState(update.is_draft, update.pages, files, version)


def _version(files: Mapping[str, bytes]) -> str:
    """Return a short name for the contents of files; empty where there are none."""
    if not files:
        return ""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(hashlib.sha256(name.encode()).digest())
        total.update(hashlib.sha256(files[name]).digest())
    return total.hexdigest()[:16]


def as_json(
    state: PreviewState,
    page_size: Callable[[PdfPage], PageSize | None],
    studio: Mapping[str, str] | None,
    *,
    has_reader: bool,
) -> dict[str, Any]:
    """Return the state as the browser's page reads it.

    `studio` is the version of what can be chosen and the titles of its tabs, None where there is no
    studio; `has_reader` says whether foliate-js is there to show the e-book.
    """
    return {
        "title": state.title,
        "language": state.language,
        "problems": state.problems,
        "remarks": state.remarks,
        "busy": state.is_busy,
        "finishedAt": state.finished_at,
        "restarted": state.is_restarted,
        "studio": studio,
        "hasReader": has_reader,
        "tabs": [_tab(tab, state.products.get(tab.product), page_size) for tab in state.tabs],
    }


def _tab(
    tab: Tab,
    product: ProductState | None,
    page_size: Callable[[PdfPage], PageSize | None],
) -> dict[str, Any]:
    """Return a tab; each of its pages is its PDF, its number there, its size in points."""
    pages = product.pages if product else ()
    measured = [(page, page_size(page)) for page in pages]
    return {
        "product": tab.product,
        "title": tab.title,
        "format": tab.format,
        "file": tab.file,
        "made": product is not None,
        "draft": product.is_draft if product else False,
        "version": product.version if product else "",
        "pages": [[page.pdf, page.number, *size] for page, size in measured if size],
    }
