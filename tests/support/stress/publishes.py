"""Publishing to a folder that is cut off at any of its steps; visitors find whole pages."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import small
from stress.home import Home, misspoken
from stress.kill_points import CODES, SIGNALS, signal_at, steps_of
from stress.kind import Kind, Trial, chance

_PRODUCTS = "{epub: {}, website: {}}"
_PAGE = "index.html"


def _pages(folder: Path) -> dict[str, bytes]:
    """Return the files of a website, without the list by which the program knows them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _half(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """Return the files at the target that are neither the old ones nor the new ones."""
    half = [name for name, data in found.items() if data not in (old.get(name), new.get(name))]
    shown = old if found.get(_PAGE) == old[_PAGE] else new
    missing = [name for name in shown if name not in found]
    return [*(f"half of {name}" for name in half), *(f"{name} is missing" for name in missing)]


@contextmanager
def _prepared(place: Path) -> Iterator[Trial]:
    home = Home.made(place / "home", _PRODUCTS)
    words = ["publish", "--to", "public"]
    small.write(home.source, _PRODUCTS)
    assert home.run(*words).returncode == 0
    public = home.folder / "public"
    old = _pages(public)
    small.write(home.source, _PRODUCTS, {"chapters/02-more.md": small.CHAPTER})
    assert home.run("build").returncode == 0
    new = _pages(home.dist / "site")
    count = steps_of(home, words)

    def trial(number: int, folder: Path) -> Sequence[str]:
        random = chance("publishes", number)
        step, what = random.randint(count // 3, count), random.choice(SIGNALS)
        here, group = home.copy(folder / "home"), folder / "group"
        done = here.run(*words, first=partial(signal_at, step, what, group))
        faults = misspoken(done, {CODES[what], 0})
        public = here.folder / "public"
        faults += _half(_pages(public), old, new)
        if what != signal.SIGKILL:
            faults += here.left("public")
        again = here.run(*words)
        faults += [f"then {line}" for line in (*misspoken(again, {0}), *here.left("public"))]
        if _pages(public) != new:
            faults.append("then the new pages are not there")
        return [f"{what.name} at step {step} of {count}: {fault}" for fault in faults]

    yield trial


KIND = Kind("publishes", "publishing cut off at any step", 30, 1, _prepared)
