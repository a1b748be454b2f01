"""Numbers of pages, printed anew only where one that is printed has changed (`css/targets.py`).

The engine notes under no name what refers to an anchor by `attr()`, and takes the counters of the
anchor's page for those of its own: each page with such a reference is made three times. And it
compares all counters of a page, also those that nothing prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.css.targets import TargetCollector, anchor_name_from_token
from weasyprint.urls import get_url_tuple

_collect = TargetCollector.collect_missing_counters
_cache = TargetCollector.cache_target_page_counters


def listen_to_what_is_asked() -> None:
    """Note what refers to which anchor, and compare what is asked of it."""
    TargetCollector.collect_missing_counters = _collect_by_name
    TargetCollector.cache_target_page_counters = _cache_if_changed


def _collect_by_name(
    self: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    place: str,
    parse_again: Any,  # noqa: ANN401
    missing: list[str],
    of_targets: dict[str | None, list[str]],
) -> None:
    if place == "content" and None in of_targets:
        content, known = box.style["content"], box.cached_counter_values
        missing = [
            value[0]
            for kind, value in content
            if kind in {"counter()", "counters()"} and value[0] not in known
        ]
        unnamed = of_targets[None]
        of_targets = dict.fromkeys(_anchors(box, content), unnamed)
    _collect(self, box, place, parse_again, missing, of_targets)


def _anchors(box: Any, content: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the names of the anchors whose counters are printed in a box."""
    for kind, value in content:
        if kind in {"target-counter()", "target-counters()"}:
            token = value[0]
            if token[0] == "attr()":
                name, type_, fallback = token[1]
                address = box.element.get(name, fallback)
                url = get_url_tuple(address, box.style.base_url) if type_ == "url" else address
                token = type_, url
            yield anchor_name_from_token(token)


def _cache_if_changed(
    self: Any,  # noqa: ANN401
    anchor: str,
    counters: Mapping[str, list[int]],
    index: int,
    page_maker: Any,  # noqa: ANN401
) -> None:
    item = self.target_lookup_items.get(anchor)
    if not self.collecting and item and item.state == "up-to-date":
        lookups = self.counter_lookup_items.values()
        asked = {name for each in lookups for name in each.missing_target_counters.get(anchor, ())}
        known = item.cached_page_counter_values
        if all(known.get(name) == counters.get(name) for name in asked):
            item.page_maker_index = index
            item.cached_page_counter_values = {name: [*each] for name, each in counters.items()}
            return
    _cache(self, anchor, counters, index, page_maker)
