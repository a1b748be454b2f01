"""`workshop publish`: compares a package's website with the target, and copies what differs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from workshop_builder.errors import Problem, PublishError
from workshop_builder.output.temporary import temporary_folder
from workshop_builder.publishing import built_site, by_rsync, by_sftp, to_folder
from workshop_builder.publishing import plan as planning
from workshop_builder.publishing.built_site import BuiltSite
from workshop_builder.publishing.plan import Destination, Plan
from workshop_builder.source import fingerprint, publish_target, yaml_text
from workshop_builder.source import folder as folders
from workshop_builder.source.publish_target import PublishTarget


def run(source: Path, output: Path, to: str | None, *, dry_run: bool) -> Iterator[str]:
    """Publish the website in the package `output`, built from the folder `source`; yield lines.

    `to` is the address of the target; None leaves it to workshop.yaml. There is a line for each
    file that is copied or removed, and one at the end with their numbers. A `dry_run` yields
    what would be done, and does nothing. Raises SourceError or PublishError.
    """
    folder = folders.read(source)
    website = _website_settings(folder)
    target = _target(source, website.get("publish", ""), to)
    with (
        _site(source, output, fingerprint.compute(folder.digest)) as site,
        _destination(target, source, output, site) as destination,
    ):
        plan = _plan(target, site, destination)
        if dry_run:
            yield from _foretell(plan, website.get("url", ""))
        else:
            yield from _carry_out(destination, plan, website.get("url", ""))


def _website_settings(folder: folders.Folder) -> dict[str, str]:
    """Return the texts below `website` in workshop.yaml; none where it cannot be read."""
    text = folder.files[folders.SETTINGS_FILE].decode("utf-8-sig", errors="replace")
    data = yaml_text.read(folders.SETTINGS_FILE, text).data
    website = data.get("website") if isinstance(data, dict) else None
    if not isinstance(website, dict):
        return {}
    return {key: value for key, value in website.items() if isinstance(value, str)}


def _target(source: Path, written: str, given: str | None) -> PublishTarget:
    """Return the target that was `given`, or else the one that is `written` in workshop.yaml.

    A relative path in the first counts from the current folder, one in the second from `source`.
    """
    if given is not None:
        return publish_target.parse(given, Path())
    if written:
        return publish_target.parse(written, source)
    text = "does not say where to publish to; write it under 'website:' as 'publish: …', "
    text += "or name it with --to"
    raise PublishError([Problem(folders.SETTINGS_FILE, 0, text)])


@contextmanager
def _site(source: Path, output: Path, made_from: str) -> Iterator[BuiltSite]:
    """Yield a copy of the website, so that a build may go on; one run at a time has it."""
    remedy = "workshop build"
    if source not in (Path(), Path("workshop")):
        remedy += f" {source}"
    if output != Path("dist"):
        remedy += f" -o {output}"
    with temporary_folder("site") as copy, _locked(output):
        yield built_site.copy_site(output, made_from, copy, remedy)


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    """Let one run at a time publish a package; the lock ends with the process."""
    try:
        lock = os.open(output, os.O_RDONLY)
    except OSError:  # there is nothing to publish, as will be reported
        yield
        return
    try:
        if to_folder.is_locked(lock):
            text = "is being published; wait until that has ended"
            raise PublishError([Problem(str(output), 0, text)])
        yield
    finally:
        os.close(lock)


def _destination(
    target: PublishTarget, source: Path, output: Path, site: BuiltSite
) -> AbstractContextManager[Destination]:
    """Return the context in which the target can be read and written."""
    if target.kind == "folder":
        forbidden = {"the workshop's folder": source, "the folder of the built package": output}
        return to_folder.destination(target, site, forbidden=forbidden)
    if target.kind == "sftp":
        return by_sftp.destination(target, site)
    return by_rsync.destination(target, site)


def _plan(target: PublishTarget, site: BuiltSite, destination: Destination) -> Plan:
    """Return what has to be done at the target; raises PublishError where it may not be."""
    entries = destination.entries(planning.folders_of(site.files))
    published: planning.Published = {}
    listed = entries.get(planning.LIST)
    if listed and listed.kind == "file":
        published = planning.parse_list(destination.fetch(planning.LIST))
        if set(planning.folders_of(published)) - set(planning.folders_of(site.files)):
            entries = destination.entries(planning.folders_of({**site.files, **published}))
    differing = destination.differing(entries, published)
    if texts := planning.conflicts(site, entries, published, differing):
        raise PublishError(Problem(target.name, 0, text) for text in texts)
    return planning.make_plan(site, entries, published, differing)


def _carry_out(destination: Destination, plan: Plan, url: str) -> Iterator[str]:
    """Do what is planned; yield a line for each file, and the summary."""
    copied = removed = 0
    if not plan.is_empty:
        destination.write_list(plan.list_before)
    for group in plan.copies:
        for name in destination.copy(group):
            copied += 1
            yield f"copied {name}"
    for name in destination.remove((*plan.removals, *plan.leftovers), plan.folders):
        if name in plan.removals:
            removed += 1
            yield f"removed {name}"
    if not plan.is_empty or not plan.is_listed:
        destination.write_list(plan.list_after)
    yield _summary(f"{_files(copied)} copied, {removed} removed, {plan.unchanged} unchanged", url)


def _foretell(plan: Plan, url: str) -> Iterator[str]:
    """Yield a line for each file that would be copied or removed, and the summary."""
    names = [name for group in plan.copies for name in group]
    yield from (f"would copy {name}" for name in names)
    yield from (f"would remove {name}" for name in plan.removals)
    text = f"would copy {_files(len(names))}, remove {len(plan.removals)}"
    yield _summary(f"{text}, leave {plan.unchanged} as they are", url)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _summary(text: str, url: str) -> str:
    return f"{text}; {url}" if url else text
