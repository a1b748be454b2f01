"""`workshop personal`: from a roster to a folder of sheets for its owner alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from workshop_builder.errors import Problem, SourceError
from workshop_builder.loading.load import from_folder
from workshop_builder.making.pictures import prepare_all
from workshop_builder.markup import typography
from workshop_builder.model.personal.sheet import PersonalSheet
from workshop_builder.model.workshop import Workshop
from workshop_builder.output.replace_folder import write_file
from workshop_builder.pages.labels import Labels
from workshop_builder.personal import roster
from workshop_builder.personal.block import SheetBlock
from workshop_builder.personal.choosing import choose, told
from workshop_builder.personal.cluster.hand_out import make_all
from workshop_builder.personal.cluster.work import SentKit
from workshop_builder.personal.pieces.make import SheetPress
from workshop_builder.personal.private_folder import refuse_public, write
from workshop_builder.personal.shards import SIZE, Shard, begin, divide, make
from workshop_builder.personal.sheet import Kit
from workshop_builder.personal.together import FIRST, join
from workshop_builder.personal.unfinished import SheetSaid, Unfinished, in_folder
from workshop_builder.source import fingerprint
from workshop_builder.source import folder as folders
from workshop_builder.source.characters import without_consequences
from workshop_builder.source.look_alikes import as_set
from workshop_builder.source.names import slugify
from workshop_builder.workers import InlineWorkers, Limits, Workers, cores

FOLDER = "personal"
"""Where sheets go unless another folder is named, beside the roster."""
TOGETHER = "sheets.pdf"
"""The file of all sheets together."""
_SECONDS = 5.0
"""The most that one of many sheets may take."""


@dataclass(frozen=True, slots=True)
class Made:
    """What has been made."""

    folder: Path
    pages: dict[str, int] = field(repr=False)
    """Of each file, by its name."""
    told: tuple[str, ...] = field(repr=False)
    """What the teacher is told: which rows are hidden, which worker was refused, who was spared
    which exercise, and what has no room on a sheet."""


def run(
    source: Path,
    given: Path | None,
    output: Path | None,
    *,
    together: bool = False,
    names: bool = False,
    jobs: int = 0,
    cluster: str = "",
    watch: Callable[[Sequence[str]], None] | None = None,
) -> Made:
    """Make a sheet for each student of a roster, by default that of the folder `source`.

    They are in `output` for its owner alone, in place of those that were made before: each a file
    named by the row, or with `names` by the student, or all `together` as one for printing on both
    sides. Nothing of them is kept elsewhere. They are made on this machine, or by the workers of
    the `cluster` whose scheduler has that address. A run that was broken off is taken up again.
    Raises SourceError with every wrong row, BuildError with every sheet that cannot be made,
    RequestError where the cluster cannot be used, and OutputError where the sheets cannot be
    written, or would be published.
    """
    path = given or roster.find(source)
    folder = output or path.parent / FOLDER
    refuse_public(folder, source)
    contents = folders.read(source)
    workshop = from_folder(contents)
    hidden: list[Problem] = []
    sheets = decided(workshop, path, hidden)
    shards = divide(sheets, fingerprint.compute(contents.digest), together=together)
    refused: list[str] = []
    with in_folder(folder) as finished, Workers(jobs or cores(), Limits(), watch) as workers:
        if missing := [shard for shard in shards if not finished.has(shard.key)]:
            pictures = prepare_all(workshop, workers, ink_saver=_inky(sheets))
            if cluster:
                sent = SentKit(contents, pictures)
                refused = make_all(cluster, sent, missing, finished.keep, watch)
            else:
                _make(missing, Kit.of(workshop, pictures), finished, workers)
        files = [TOGETHER] if together else [*_file_names(sheets, names=names)]
        write_all = partial(_in_one, workshop) if together else _each
        pages, more = write_all(folder, files, shards, finished, workers)
    said = [(*told(sheet), *each) for sheet, each in zip(sheets, more, strict=True)]
    return Made(folder, pages, (*map(str, hidden), *refused, *chain.from_iterable(said)))


_SheetsWritten: TypeAlias = tuple[dict[str, int], Iterable[tuple[str, ...]]]
"""The pages of each file, and what the teacher is told of each sheet."""


def _each(
    folder: Path,
    names: Sequence[str],
    shards: Sequence[Shard],
    finished: Unfinished,
    workers: Workers,
) -> _SheetsWritten:
    """Write the sheets as files of their own: each shard by a process, a single one by this one."""
    said: list[SheetSaid] = []

    def fill(new: Path) -> Sequence[str]:
        work, before = _sharing(workers, shards), 0
        for shard in shards:
            own = names[before : before + len(shard.sheets)]
            work.start(shard.name, finished.put, shard, own, new)
            before += len(shard.sheets)
        made = work.results()
        said.extend(chain.from_iterable(made[shard.name] for shard in shards))
        return names

    write(folder, fill)
    pages = {name: count for name, (count, _) in zip(names, said, strict=True)}
    return pages, [told_of for _, told_of in said]


def _in_one(
    workshop: Workshop,
    folder: Path,
    names: Sequence[str],
    shards: Sequence[Shard],
    finished: Unfinished,
    workers: Workers,
) -> _SheetsWritten:
    """Write the sheets as one file."""
    blocks = _blocks(shards, finished, workers)
    pdf = join(blocks, _title(workshop), workshop.settings.language)

    def fill(new: Path) -> Sequence[str]:
        write_file(new / names[0], pdf.data)
        return names

    write(folder, fill)
    return {names[0]: pdf.pages}, chain.from_iterable(block.said for block in blocks)


def _sharing(workers: Workers, shards: Sequence[Shard]) -> Workers:
    """Return what does something with each shard: processes, or this one with a single shard."""
    workers.limits = Limits(seconds=_SECONDS * SIZE)
    return workers if shards[1:] else InlineWorkers(1)


def _blocks(shards: Sequence[Shard], finished: Unfinished, workers: Workers) -> list[SheetBlock]:
    """Return the parts of one file, each made by a process; a single one by this one."""
    first, before = FIRST, 0
    work = _sharing(workers, shards)
    for shard in shards:
        last = shard is shards[-1]
        work.start(shard.name, partial(finished.block, last=last), shard, first, before)
        first += finished.room(shard)
        before += len(shard.sheets)
    made = work.results()
    return [made[shard.name] for shard in shards]


def _title(workshop: Workshop) -> str:
    """Return what the file of all sheets is called."""
    labels = Labels(workshop.language)
    name = typography.polish(workshop.settings.title, workshop.language.writing)
    return as_set(f"{name}{labels.colon} {labels['personal_sheets']}")


def _inky(sheets: Sequence[PersonalSheet]) -> bool:
    return any(sheet.student.edition == "ink-saver" for sheet in sheets)


def _make(shards: Sequence[Shard], kit: Kit, finished: Unfinished, workers: Workers) -> None:
    """Make shards on this machine: each by a process, or the sheets of a single one by several."""
    if len(shards) == 1:
        finished.keep(shards[0].key, make(shards[0], kit, workers))
        return
    workers.limits = Limits(seconds=_SECONDS * SIZE)
    begun = begin(shards[0], kit)  # here, so that all processes have it
    for shard in shards:
        own = begun if shard.begins_as(shards[0]) else None
        workers.start(shard.name, _made, shard, kit, finished, own)
    workers.results()


def _made(shard: Shard, kit: Kit, finished: Unfinished, begun: SheetPress | None) -> None:
    """Make a shard, and keep it."""
    finished.keep(shard.key, make(shard, kit, begun=begun))


def decided(
    workshop: Workshop, path: Path, hidden: list[Problem] | None = None
) -> list[PersonalSheet]:
    """Return the sheet of each student of a roster; raises SourceError with every wrong row.

    Those whom a workbook hides have none, and are added to `hidden`.
    """
    rows, problems = roster.read(path, workshop, hidden)
    sheets = choose(workshop, rows, problems)
    if problems:
        raise SourceError(without_consequences(problems))
    return sheets


def _file_names(sheets: Sequence[PersonalSheet], *, names: bool) -> Iterator[str]:
    """Yield the name of each file: by the row, or else by the student, each once."""
    digits = max(3, len(str(len(sheets))))
    taken: set[str] = set()
    for sheet in sheets:
        row = f"sheet-{sheet.row:0{digits}}"
        name = (slugify(sheet.student.name) if names else "") or row
        name = f"{name}-{sheet.row:0{digits}}" if name in taken else name
        taken.add(name)
        yield f"{name}.pdf"
