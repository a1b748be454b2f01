"""The folders of the program from top to bottom, and what each imports: `make layout` prints it.

A folder may import from itself and from what stands below it in `ORDER`, and from nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import workshop_builder

PROGRAM = workshop_builder.__name__
SOURCE = Path(workshop_builder.__file__).parent

ORDER = (
    "",
    "__main__",
    "cli",
    "commands",
    "preview.server",
    "preview.builder",
    "preview",
    "checking",
    "builder",
    "personal",
    "making",
    "site",
    "metadata",
    "epub",
    "pdf",
    "pdf.tagging",
    "pages",
    "loading",
    "publishing",
    "pictures",
    "pictures.pixels",
    "figures",
    "figures.describing",
    "figures.scene",
    "figures.partner",
    "figures.person",
    "figures.pixels",
    "figures.muscles",
    "figures.advice",
    "figures.movement",
    "figures.drawing",
    "figures.tracing",
    "figures.mesh",
    "figures.body",
    "model",
    "model.colours",
    "markup",
    "markup.markdown",
    "markup.markdown.structure",
    "languages",
    "source",
    "output",
    "workers",
    "resources",
    "errors",
)
"""Folders, and the modules that lie beside them at the top; the first is the package's `__init__`,
which names what is public, and looks it up at first use."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the program."""

    name: str
    """Below the package, such as `pages.render`; a folder's `__init__` has the folder's name."""
    path: Path
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @property
    def folder(self) -> str:
        """The row of `ORDER` in which it stands: the longest that its name begins with."""
        parts = self.name.split(".")
        starts = (".".join(parts[:count]) for count in range(len(parts), -1, -1))
        return next(start for start in starts if start in ORDER)


@dataclass(frozen=True, slots=True)
class Import:
    """That one module imports another, for types alone or inside a function too."""

    importer: Module
    imported: Module
    line: int

    @property
    def points_up(self) -> bool:
        """Whether it leads to a folder above its own."""
        return ORDER.index(self.imported.folder) < ORDER.index(self.importer.folder)

    def __str__(self) -> str:
        """Return the place of the import and what it imports."""
        place = self.importer.path.relative_to(SOURCE)
        return f"{place}:{self.line}: imports {self.imported.name}"


@cache
def modules() -> dict[str, Module]:
    """Return every module of the program by its name below the package."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "node_modules" not in path.parts:
            name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
            name = name.removesuffix("__init__").removesuffix(".")
            found[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def imports(module: Module) -> Iterator[Import]:
    """Yield what `module` imports of the program."""
    for node in ast.walk(module.tree):
        for name in _imported(node):
            below = name.removeprefix(PROGRAM).removeprefix(".")
            if name.startswith(PROGRAM) and below in modules():
                yield Import(module, modules()[below], getattr(node, "lineno", 0))


def _imported(node: ast.AST) -> list[str]:
    """Return the full names that a statement imports: modules, or else where a name is from."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom) or not node.module:
        return []
    names = [f"{node.module}.{alias.name}" for alias in node.names]
    ours = [name for name in names if name.removeprefix(f"{PROGRAM}.") in modules()]
    return ours if len(ours) == len(names) else [*ours, node.module]


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the name and the length in lines of each function of `module`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def table() -> Iterator[str]:
    """Yield a line for each folder from the top down: its modules, its lines, what it imports."""
    everything = modules().values()
    for folder in ORDER:
        inside = [module for module in everything if module.folder == folder]
        wanted = {found.imported.folder for module in inside for found in imports(module)}
        below = ", ".join(name for name in ORDER if name in wanted - {folder})
        lines = sum(module.lines for module in inside)
        name = folder or PROGRAM
        yield f"{name:18}{len(inside):3} modules {lines:6} lines  imports {below or 'nothing'}"


if __name__ == "__main__":
    print("\n".join(table()))
