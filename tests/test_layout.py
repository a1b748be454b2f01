"""The layout of the code: where imports lead, how large things are, what names mean."""

from __future__ import annotations

import ast
import re
from collections import Counter
from statistics import median, quantiles

import pytest

import layout
import workshop_builder

ENGINE = {
    "pdf.chapters.bound",
    "pdf.chapters.book",
    "pdf.chapters.division",
    "pdf.chapters.layout",
    "pdf.chapters.whole",
    "pdf.conformance",
    "pdf.engine",
    "pdf.forms",
    "pdf.joining.draw",
    "pdf.joining.drawn",
    "pdf.joining.join",
    "pdf.joining.lettering",
    "pdf.joining.named",
    "pdf.kept_letters",
    "pdf.parts.drawn",
    "pdf.served_files",
    "pdf.speed",
    "pdf.speed.backgrounds",
    "pdf.speed.cascade",
    "pdf.speed.flow",
    "pdf.speed.letters",
    "pdf.speed.lines",
    "pdf.speed.percentages",
    "pdf.speed.styles",
    "pdf.speed.targets",
    "pdf.speed.text",
    "pdf.spreads.pages",
    "pdf.spreads.references",
    "pdf.tagging.link_areas",
    "pdf.tagging.painted",
    "pdf.tagging.read",
    "pdf.tagging.write",
}
"""The modules that may know the PDF engine."""
MODULES = layout.modules()


def test_imports_point_down() -> None:
    """No module imports from a folder above its own; every folder has its place in the order."""
    found = [each for module in MODULES.values() for each in layout.imports(module)]
    assert [str(each) for each in found if each.points_up] == []
    unplaced = {module.name for module in MODULES.values() if not module.folder}
    assert unplaced == {""}, "a folder that the order does not name"


def test_no_import_cycle() -> None:
    """Taking away modules that import nothing left, again and again, leaves none."""
    left = {
        name: {each.imported.name for each in layout.imports(module)} - {"", name}
        for name, module in MODULES.items()
        if name
    }
    while ready := {name for name, wanted in left.items() if not wanted & left.keys()}:
        left = {name: wanted for name, wanted in left.items() if name not in ready}
    assert not left


def test_only_the_edge_knows_the_engine() -> None:
    """WeasyPrint is imported in the modules at the edge alone."""
    found = set()
    for name, module in MODULES.items():
        for node in ast.walk(module.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(each.split(".")[0] == "weasyprint" for each in names):
                found.add(name)
    assert found == ENGINE


def test_no_regular_expression_looks_for_tags() -> None:
    """XHTML is read and changed as a tree: no pattern of the program has the start of a tag."""
    tag = re.compile(r"<[A-Za-z/!(\\]")
    found = {
        (name, node.value)
        for name, module in MODULES.items()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.")
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if tag.search(re.sub(r"\(\?(P<\w+>|<[=!])", "", node.value))
    }
    assert found == set()


def test_rooms_are_small() -> None:
    """At most 26 rooms at the top, 12 modules in a folder, 300 lines in a module."""
    top = [path for path in layout.SOURCE.iterdir() if _is_room(path.name)]
    assert len(top) <= 26
    folders = Counter(module.path.parent for module in MODULES.values())
    counts = {place: count - (place / "__init__.py").exists() for place, count in folders.items()}
    assert {str(place) for place, count in counts.items() if count > 12} == set()
    assert {name for name, module in MODULES.items() if module.lines > 300} == set()


def _is_room(name: str) -> bool:
    return not name.startswith(("__pycache__", "py.typed"))


def test_functions_are_short() -> None:
    """Half of all functions have at most 7 lines, nine of ten at most 17, and none more than 43."""
    lengths = {
        f"{name}.{function}": length
        for name, module in MODULES.items()
        for function, length in layout.functions(module)
    }
    assert {name for name, length in lengths.items() if length > 43} == set()
    assert median(lengths.values()) <= 7
    assert quantiles(lengths.values(), n=10)[-1] <= 17


def test_a_class_name_means_one_thing() -> None:
    """No two classes or types of the program share a name."""
    homes: dict[str, list[str]] = {}
    for name, module in MODULES.items():
        for defined in _types(module.tree):
            homes.setdefault(defined, []).append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def _types(tree: ast.Module) -> set[str]:
    """Return the names of the classes and of the named types that a module defines."""
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    named = {
        node.target.id
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and ast.unparse(node.annotation) == "TypeAlias"
    }
    return {name.lstrip("_") for name in classes | named}


def test_public_names() -> None:
    """Each name in `__all__` can be had, is listed by `dir`, and no other is offered."""
    assert sorted(workshop_builder.__all__) == workshop_builder.__all__
    assert set(workshop_builder.__all__) <= set(dir(workshop_builder))
    for name in workshop_builder.__all__:
        assert getattr(workshop_builder, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        workshop_builder.nothing  # noqa: B018  the look-up is the test
