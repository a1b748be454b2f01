"""What `workshop publish` does: the website of a package, copied to where a web host serves it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from workshop_builder.errors import Problem, PublishError
from workshop_builder.model import publish_target
from workshop_builder.model.publish_target import Target
from workshop_builder.publishing import built_site, by_rsync, by_sftp, to_folder
from workshop_builder.publishing import plan as planning
from workshop_builder.publishing.built_site import Site
from workshop_builder.publishing.plan import Place, Plan
from workshop_builder.source import fingerprint, yaml_text
from workshop_builder.source import folder as folders


def run(source: Path, output: Path, to: str | None, *, dry_run: bool) -> Iterator[str]:
    """Publish the website in the package `output`, built from the folder `source`; yield lines.

    `to` names the target in place of the one in workshop.yaml. Each file that is copied or
    removed is a line, and so is the sum of it; `dry_run` tells them and does nothing. Raises
    SourceError or PublishError.
    """
    folder = folders.read(source)
    website = _website(folder)
    target = _target(source, website.get("publish", ""), to)
    with (
        _site(source, output, fingerprint.compute(folder.digest)) as site,
        _place(target, source, output, site) as place,
    ):
        plan = _plan(target, site, place)
        if dry_run:
            yield from _foretold(plan, website.get("url", ""))
        else:
            yield from _done(place, plan, website.get("url", ""))


def _website(folder: folders.Folder) -> dict[str, str]:
    """Return the texts that workshop.yaml has below `website`."""
    text = folder.files[folders.SETTINGS_FILE].decode("utf-8-sig", errors="replace")
    data = yaml_text.read(folders.SETTINGS_FILE, text).data
    website = data.get("website") if isinstance(data, dict) else None
    if not isinstance(website, dict):
        return {}
    return {key: value for key, value in website.items() if isinstance(value, str)}


def _target(source: Path, written: str, given: str | None) -> Target:
    """Return where to publish to: what was given counts from here, what is written from there."""
    if given is not None:
        return publish_target.read(given, Path())
    if written:
        return publish_target.read(written, source)
    text = "does not say where to publish to; write it under 'website:' as 'publish: …', "
    text += "or name it with --to"
    raise PublishError([Problem(folders.SETTINGS_FILE, 0, text)])


@contextmanager
def _site(source: Path, output: Path, made_from: str) -> Iterator[Site]:
    """Yield the website, copied so that a build may go on; one run at a time has it."""
    remedy = "workshop build"
    if source not in (Path(), Path("workshop")):
        remedy += f" {source}"
    if output != Path("dist"):
        remedy += f" -o {output}"
    with tempfile.TemporaryDirectory(prefix="workshop-site-") as desk, _alone(output):
        yield built_site.take(output, made_from, Path(desk), remedy)


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Let one run at a time publish a package; the lock ends with the process."""
    try:
        lock = os.open(output, os.O_RDONLY)
    except OSError:  # there is nothing to publish, as will be said
        yield
        return
    try:
        if to_folder.is_taken(lock):
            text = "is being published; wait until that has ended"
            raise PublishError([Problem(str(output), 0, text)])
        yield
    finally:
        os.close(lock)


def _place(target: Target, source: Path, output: Path, site: Site) -> AbstractContextManager[Place]:
    """Return the target, to be opened."""
    if target.kind == "folder":
        closed_to = {"the workshop's folder": source, "the folder of the built package": output}
        return to_folder.opened(target, site, closed_to=closed_to)
    if target.kind == "sftp":
        return by_sftp.opened(target, site)
    return by_rsync.opened(target, site)


def _plan(target: Target, site: Site, place: Place) -> Plan:
    """Look at the target and return what is to be done; raises PublishError if it may not be."""
    seen = place.look(planning.folders_of(site.files))
    known: planning.Known = {}
    listed = seen.get(planning.LIST)
    if listed and listed.kind == "file":
        known = planning.read_list(place.fetch(planning.LIST))
        if set(planning.folders_of(known)) - set(planning.folders_of(site.files)):
            seen = place.look(planning.folders_of({**site.files, **known}))
    differing = place.differing(seen, known)
    if texts := planning.in_the_way(site, seen, known, differing):
        raise PublishError(Problem(target.name, 0, text) for text in texts)
    return planning.make(site, seen, known, differing)


def _done(place: Place, plan: Plan, url: str) -> Iterator[str]:
    """Do what is planned; yield each thing done, and the sum."""
    copied = removed = 0
    if not plan.is_empty:
        place.note(plan.before)
    for group in plan.copies:
        for name in place.copy(group):
            copied += 1
            yield f"copied {name}"
    for name in place.remove((*plan.removals, *plan.leftovers), plan.folders):
        if name in plan.removals:
            removed += 1
            yield f"removed {name}"
    if not plan.is_empty or not plan.is_noted:
        place.note(plan.after)
    yield _with(url, f"{_files(copied)} copied, {removed} removed, {plan.unchanged} unchanged")


def _foretold(plan: Plan, url: str) -> Iterator[str]:
    """Yield what would be done, and the sum."""
    names = [name for group in plan.copies for name in group]
    yield from (f"would copy {name}" for name in names)
    yield from (f"would remove {name}" for name in plan.removals)
    sums = f"would copy {_files(len(names))}, remove {len(plan.removals)}"
    yield _with(url, f"{sums}, leave {plan.unchanged} as they are")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _with(url: str, text: str) -> str:
    return f"{text}; {url}" if url else text
