"""The shape of the code: where imports lead, how long things are, what is public."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import workshop_builder

SOURCE = Path(workshop_builder.__file__).parent
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}
"""By their names below the package: `model`, `figures.paint`, and `figures` for its `__init__`."""
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
MOST_LINES = 300
LONGEST_FUNCTION = 60
ENGINE = {"linkareas", "pdf", "tagreader", "tags"}
"""The modules that may know the PDF engine."""


def _imports(tree: ast.Module) -> set[str]:
    """Return the modules of ours that one imports, for types alone or inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name.removeprefix("workshop_builder.") for name in found} & MODULES.keys()


def _roots(tree: ast.Module) -> set[str]:
    """Return the packages that a module imports anything from."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_imports_point_one_way() -> None:
    """No module takes part in a cycle: taking away those that import nothing left ends empty."""
    left = {name: _imports(tree) for name, tree in TREES.items() if name != "__init__"}
    while ready := {name for name, wanted in left.items() if not wanted & left.keys()}:
        left = {name: wanted for name, wanted in left.items() if name not in ready}
    assert not left


def test_only_the_edge_knows_the_engine() -> None:
    """WeasyPrint is named in the modules at the edge alone."""
    assert {name for name, tree in TREES.items() if "weasyprint" in _roots(tree)} == ENGINE


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_short(name: str) -> None:
    """A module past 300 lines holds two nouns."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("name", MODULES)
def test_functions_are_short(name: str) -> None:
    """A function past 60 lines does two things."""
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function for function, length in lengths.items() if length > LONGEST_FUNCTION} == set()


def test_public_names() -> None:
    """Each name in `__all__` can be had, and no other is offered."""
    for name in workshop_builder.__all__:
        assert getattr(workshop_builder, name).__name__.removesuffix("_folder") == name
    assert sorted(workshop_builder.__all__) == workshop_builder.__all__
    with pytest.raises(AttributeError, match="nothing"):
        workshop_builder.nothing  # noqa: B018  the look-up is the test
