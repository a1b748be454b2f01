"""The order of the work, from a workshop to the package; the only writer of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from workshop_builder.errors import Problem, RequestError
from workshop_builder.making import files as making
from workshop_builder.making import history, judges
from workshop_builder.making.pictures import prepare_all
from workshop_builder.model.products import Target, select_targets
from workshop_builder.model.workshop import Workshop
from workshop_builder.output import package
from workshop_builder.output.package import File, Origin, UpToDate
from workshop_builder.pages.labels import Labels
from workshop_builder.source import fingerprint
from workshop_builder.workers import Limits, Workers, cores


def build(
    workshop: Workshop,
    output: str | os.PathLike[str],
    *,
    only: Iterable[str] = (),
    editions: Iterable[str] = (),
    papers: Iterable[str] = (),
    jobs: int = 0,
    limits: Limits | None = None,
    judge: bool = False,
    keep: bool = True,
    watch: Callable[[Sequence[str]], None] | None = None,
    explain: Callable[[str, str], None] | None = None,
) -> list[File]:
    """Make the products of `workshop`, put them into the folder `output`, and return its files.

    `only` names the products, `editions` and `papers` say in which of them the PDFs are made;
    workshop.yaml decides where they are empty. `jobs` files are made at a time, 0 for one on each
    core, each within `limits`. With `judge`, the outside judges at hand are asked; with `keep`,
    what was made before from the same is taken from the user's cache folder. `watch` is called
    with the names of the running jobs, whenever one starts or ends and ten times a second, and
    `explain` with the name of each file and why it was made.

    The package in `output` is replaced as a whole, in one step. Products that were made from the
    same sources and are not asked for now stay in it, and so do files that are not ours. It is as
    it was where this raises RequestError, before any work, for an argument that asks for what is
    not to be had, OutputError where it cannot be replaced, or BuildError with every problem.
    """
    folder, labels = Path(output), Labels(workshop.language)
    asked = _names("only", only), _names("editions", editions), _names("papers", papers)
    targets = _checked(workshop, folder, asked, jobs)
    with Workers(jobs or cores(), limits or Limits(), watch) as workers:
        pictures = prepare_all(workshop, workers, ink_saver=_inky(targets))
        files, makings = making.make_files(workshop, targets, labels, pictures, workers, keep=keep)
        old = package.up_to_date(folder, _made_from(workshop))
        files = [*files, *making.kept_files(folder, old, files)]
        files = making.with_bundle(workshop, files, judges.judge_all(files, watch) if judge else {})
        files = making.with_site(workshop, targets, labels, pictures, files, workers)
    origin = Origin(_made_from(workshop), _answered(old, asked, judge=judge))
    package.write(folder, _contents(files, making.manifest(workshop, origin, files)))
    history.tell(folder, workshop, files, makings, explain, noted=keep)
    return files


def _answered(old: UpToDate, asked: Sequence[Sequence[str]], *, judge: bool) -> tuple[str, ...]:
    """Return the keys of the requests that the package answers now."""
    keys = (*old.asked, package.request_key(*asked))
    return package.answered(keys, judges.at_hand() if judge else None)


def _made_from(workshop: Workshop) -> str:
    """Return the fingerprint of its sources and the program; empty where it was changed since."""
    return fingerprint.compute(workshop.digest) if workshop.digest else ""


def _contents(files: Iterable[File], manifest: bytes) -> dict[str, bytes]:
    return {file.name: file.data for file in files} | {package.MANIFEST: manifest}


def _inky(targets: Iterable[Target]) -> bool:
    """Return whether pictures are also needed as outlines."""
    return any(target.edition == "ink-saver" for target in targets)


def _checked(
    workshop: Workshop, folder: Path, asked: tuple[tuple[str, ...], ...], jobs: int
) -> list[Target]:
    """Return the targets that are asked for.

    Raises RequestError for one that is not to be had, OutputError for a folder that is not ours.
    """
    if jobs < 0:
        raise RequestError([Problem("jobs", 0, f"must be 0 or more, and not {jobs}")])
    package.refuse_foreign(folder)
    return select_targets(workshop, *asked)


def _names(argument: str, given: Iterable[str]) -> tuple[str, ...]:
    """Return the names given for an argument; raises RequestError for a text in place of them."""
    if isinstance(given, str):
        raise RequestError([Problem(argument, 0, f"takes a list of names, such as ['{given}']")])
    return tuple(given)
