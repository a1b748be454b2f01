"""Publishing: what a visitor may find at any moment, what is copied, and what is left alone."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from hosts import Host, kept_port, rsync_server, serving
from packages import apart, forks
from workshop_builder.errors import WorkshopError
from workshop_builder.output import package
from workshop_builder.publishing import publish
from workshop_builder.publishing.plan import LIST
from workshop_builder.source import fingerprint, publish_target
from workshop_builder.source import folder as folders

pytestmark = forks

NOBODY = 65534
"""A user who owns nothing."""

FIRST = {
    "index.html": b"first: downloads/book.pdf exercises/rest.html old/deep/leaflet.txt",
    "style.css": b"body { margin: 0 }",
    "opds.json": b'{"metadata": "first"}',
    "pictures/Knie & R\u00fccken [1].png": b"drawing" * 4000,
    "downloads/book.pdf": b"pages, as they were",
    "exercises/rest.html": b"lie down",
    "old/deep/leaflet.txt": b"gone soon",
}
SECOND = {
    **{name: data for name, data in FIRST.items() if name != "old/deep/leaflet.txt"},
    "index.html": b"second: downloads/book.pdf exercises/rest.html exercises/new.html",
    "downloads/book.pdf": b"pages, as they ARE!",
    "exercises/new.html": b"stand up",
}
"""One file less, one more, two others; the book has as many bytes as before."""

KINDS = ("folder", "ssh", "sftp")
overall = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.slow] * (kind == "ssh")) for kind in KINDS]
)


@dataclass(frozen=True, slots=True)
class Setup:
    """A workshop, its package, and where it is published to."""

    home: Path
    address: str
    """The target."""
    root: Path
    """The folder that the address leads to."""

    @property
    def source(self) -> Path:
        """The workshop's folder."""
        return self.home / "rest f\u00fcr alle"

    @property
    def output(self) -> Path:
        """The package."""
        return self.home / "dist"

    def build(self, files: Mapping[str, bytes], made_from: str = "") -> None:
        """Let the package hold a website of these files, as a build does."""
        made = [
            package.File(f"site/{name}", data, {"product": "website"})
            for name, data in files.items()
        ]
        origin = package.Origin(
            made_from or fingerprint.compute(folders.read(self.source).digest), ("*/*/*",)
        )
        manifest = package.manifest({}, origin, made)
        package.write(
            self.output, {file.name: file.data for file in made} | {package.MANIFEST: manifest}
        )

    def publish(self, to: str = "", *, dry_run: bool = False) -> list[str]:
        """Publish, and return the lines."""
        return list(publish.run(self.source, self.output, to or self.address, dry_run=dry_run))

    def refusal(self, to: str = "") -> str:
        """Publish, which must fail, and return what it says without the address."""
        address = to or self.address
        with pytest.raises(WorkshopError) as error:
            self.publish(address)
        return str(error.value).removeprefix(f"{address}: ")

    def has(self, files: Mapping[str, bytes]) -> bool:
        """Return whether the target holds these files, the list, and nothing else."""
        found = contents(self.root)
        return found.pop(LIST, b"") != b"" and found == dict(files)


def contents(root: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def marks(root: Path) -> dict[str, tuple[int, int]]:
    """Return what changes of a file when it is written anew, though with the same bytes."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Run a host for ssh and SFTP."""
    with serving(tmp_path_factory.mktemp("host") / "settings") as serves:
        yield serves


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Run an rsync server; what comes is its address and its folder."""
    home = tmp_path_factory.mktemp("rsync")
    (home / "web").mkdir()
    with rsync_server(home / "web", home / "rsyncd.conf") as address:
        yield address, home / "web"


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """Write a workshop and build its first website, to be published to a folder."""
    root = tmp_path / "public \u00f6ffentlich"
    place = Setup(tmp_path, str(root), root)
    place.source.mkdir()
    (place.source / "workshop.yaml").write_text(
        "title: Rest\nlanguage: en\nwebsite:\n  url: https://studio.example/rest\n"
        "  publish: ../public \u00f6ffentlich\n",
        encoding="utf-8",
    )
    place.build(FIRST)
    return place


@pytest.fixture
def at(
    setup: Setup, host: Host, module: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Setup]:
    """Return what turns to the folder of a kind of target."""
    monkeypatch.setenv("PATH", f"{host.settings}{os.pathsep}{os.environ['PATH']}")

    def turned(kind: str) -> Setup:
        if kind == "rsync":
            name = setup.home.name
            return Setup(setup.home, f"{module[0]}/web/{name}", module[1] / name)
        addresses = {
            "folder": str(setup.root),
            "ssh": f"{host.login}:{setup.root}",
            "sftp": f"sftp://{host.login}:{host.port}{setup.root}",
        }
        return Setup(setup.home, addresses[kind], setup.root)

    return turned


# --- What is copied, and what is left alone ---------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[pytest.mark.slow] * (kind != "folder"))
        for kind in (*KINDS, "rsync")
    ],
)
def test_the_website_is_published_and_then_only_what_changed(
    at: Callable[[str], Setup], kind: str
) -> None:
    """New files come, the first page last; then what changed, what is gone, and nothing else."""
    setup = at(kind)
    lines = setup.publish()
    assert setup.has(FIRST)
    assert sorted(lines[:-2]) == sorted(f"copied {name}" for name in FIRST if name != "index.html")
    assert lines[-2:] == [
        "copied index.html",
        "7 files copied, 0 removed, 0 unchanged; https://studio.example/rest",
    ]
    (setup.root / "notes.txt").write_bytes(b"mine")
    (setup.root / "pictures" / "studio.jpg").write_bytes(b"mine too")
    before = marks(setup.root)

    setup.build(SECOND)
    assert setup.publish() == [
        "copied downloads/book.pdf",
        "copied exercises/new.html",
        "copied index.html",
        "removed old/deep/leaflet.txt",
        "3 files copied, 1 removed, 4 unchanged; https://studio.example/rest",
    ]
    foreign = {"notes.txt": b"mine", "pictures/studio.jpg": b"mine too"}
    assert setup.has({**SECOND, **foreign})
    assert not (setup.root / "old").exists()
    after = marks(setup.root)
    kept = {name for name in before if after.get(name) == before[name]}
    assert kept == {*FIRST, *foreign} - {"index.html", "downloads/book.pdf", "old/deep/leaflet.txt"}
    last = max((after[name][1], name) for name in SECOND)
    assert last == (after["index.html"][1], "index.html")

    assert setup.publish()[0].startswith("0 files copied, 0 removed, 7 unchanged; ")
    assert marks(setup.root) == after


@overall
def test_what_was_lost_or_spoilt_at_the_target_is_put_right(
    at: Callable[[str], Setup], kind: str
) -> None:
    """The list at the target is not believed where a file is missing or has another size."""
    setup = at(kind)
    setup.publish()
    (setup.root / "style.css").unlink()
    (setup.root / "exercises" / "rest.html").write_bytes(b"lie")
    assert setup.publish()[:-1] == ["copied style.css", "copied exercises/rest.html"]
    assert setup.has(FIRST)


@overall
def test_a_dry_run_tells_and_does_nothing(at: Callable[[str], Setup], kind: str) -> None:
    """--dry-run says what would be done, whether or not anything stands there."""
    setup = at(kind)
    lines = setup.publish(dry_run=True)
    assert lines[-2:] == [
        "would copy index.html",
        "would copy 7 files, remove 0, leave 0 as they are; https://studio.example/rest",
    ]
    assert not setup.root.exists()
    setup.publish()
    before = marks(setup.root)
    setup.build(SECOND)
    assert setup.publish(dry_run=True) == [
        "would copy downloads/book.pdf",
        "would copy exercises/new.html",
        "would copy index.html",
        "would remove old/deep/leaflet.txt",
        "would copy 3 files, remove 1, leave 4 as they are; https://studio.example/rest",
    ]
    assert marks(setup.root) == before


@overall
def test_a_page_of_somebody_else_is_not_written_over(at: Callable[[str], Setup], kind: str) -> None:
    """A file that stands where one of ours would go, and that is not ours, stops all of it."""
    setup = at(kind)
    setup.root.mkdir()
    (setup.root / "index.html").write_bytes(b"the studio's first page")
    assert setup.refusal() == (
        "'index.html' is there already and was not published from here; "
        "move it away, or publish to a folder of its own"
    )
    assert contents(setup.root) == {"index.html": b"the studio's first page"}


@overall
def test_no_link_is_followed(at: Callable[[str], Setup], kind: str) -> None:
    """A link at the target that leads out of it stops all of it, and what it leads to stays."""
    setup = at(kind)
    setup.publish()
    outside = setup.home / "outside"
    (setup.root / "exercises").rename(outside)
    (setup.root / "exercises").symlink_to(outside)
    (setup.root / "style.css").rename(outside / "style.css")
    (setup.root / "style.css").symlink_to(outside / "style.css")
    before = marks(outside)
    setup.build(SECOND)
    said = setup.refusal().splitlines()
    assert len(said) == 2
    assert (
        "'exercises' is a link there and not a folder; remove it, or publish elsewhere" in said[0]
    )
    assert "'style.css' is a link there and not a plain file; remove it" in said[1]
    assert marks(outside) == before
    assert (setup.root / "style.css").is_symlink()


@overall
def test_visitors_can_read_what_comes_from_a_private_folder(
    at: Callable[[str], Setup], kind: str
) -> None:
    """Files and folders can be read by the web server though the user's own cannot."""
    setup = at(kind)
    before = os.umask(0o077 if kind == "folder" else 0o022)
    try:
        for path in (setup.output / "site").rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        setup.publish()
    finally:
        os.umask(before)
    for path in (setup.root, *setup.root.rglob("*")):
        wanted = 0o555 if path.is_dir() else 0o444
        assert stat.S_IMODE(path.stat().st_mode) & wanted == wanted, path


def test_where_to_is_written_in_the_workshop(setup: Setup) -> None:
    """Without --to the address in workshop.yaml counts, from the workshop's own folder."""
    list(publish.run(setup.source, setup.output, None, dry_run=False))
    assert setup.has(FIRST)


def test_where_to_must_be_written_somewhere(setup: Setup) -> None:
    """A workshop that names no target says how to name one."""
    (setup.source / "workshop.yaml").write_text("title: Rest\nlanguage: en\n", encoding="utf-8")
    with pytest.raises(WorkshopError, match=r"^workshop.yaml: does not say where .*--to$"):
        list(publish.run(setup.source, setup.output, None, dry_run=False))


def test_a_list_that_lies_removes_nothing_of_others(setup: Setup) -> None:
    """Names in the list that lead out of the target, or to other things, are passed over."""
    setup.publish()
    victim = setup.home / "victim"
    victim.write_bytes(b"stays")
    (setup.root / "folder").mkdir()
    (setup.root / "link").symlink_to(victim)
    names = ["../victim", str(victim), "folder", "link", "a/../../victim", "", "nothing", LIST]
    (setup.root / LIST).write_text(json.dumps({"files": dict.fromkeys(names)}), encoding="utf-8")
    setup.publish()
    assert victim.read_bytes() == b"stays"
    assert (setup.root / "folder").is_dir()
    assert (setup.root / "link").is_symlink()


# --- Cut off in the middle --------------------------------------------------------


def is_served(root: Path) -> bool:
    """Return whether the page is complete, and each file that it names is there."""
    page = (root / "index.html").read_bytes()
    return page in (FIRST["index.html"], SECOND["index.html"]) and all(
        (root / name).is_file() for name in ({**FIRST, **SECOND}) if name.encode() in page
    )


@overall
def test_a_killed_run_leaves_the_page_and_the_next_one_ends_it(
    at: Callable[[str], Setup], kind: str
) -> None:
    """After a kill in the middle the old page and its files stand; the next run does the rest."""
    setup = at(kind)
    setup.publish()
    setup.build(SECOND)

    def killed() -> None:
        tempfile.tempdir = str(setup.home)  # where pytest clears away what a killed run leaves
        lines = publish.run(setup.source, setup.output, setup.address, dry_run=False)
        assert next(lines) == "copied downloads/book.pdf"
        os.kill(os.getpid(), signal.SIGKILL)

    assert apart(killed) == -signal.SIGKILL
    assert (setup.root / "index.html").read_bytes() == FIRST["index.html"]
    assert is_served(setup.root)
    setup.publish()
    assert setup.has(SECOND)


@pytest.mark.slow
def test_a_folder_is_whole_whenever_the_run_is_killed(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any step that touches the target, what a visitor finds there is whole."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    setup.publish()
    step = 0
    ended = False
    while not ended:
        step += 2
        setup.build(SECOND if b"first" in (setup.root / "index.html").read_bytes() else FIRST)
        ended = apart(lambda step=step: _killed_at(step, setup)) == 0  # type: ignore[misc]
        assert is_served(setup.root)
    assert step > 20
    setup.build(SECOND)
    setup.publish()
    assert setup.has(SECOND)


def _killed_at(step: int, setup: Setup) -> None:
    """Publish, and be killed at a step that names the target."""
    left = [step]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(("os.", "open")) and str(setup.root) in str(arguments):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    tempfile.tempdir = str(setup.home)
    sys.addaudithook(count)
    setup.publish()


def test_a_file_that_cannot_be_written_to_its_end(setup: Setup) -> None:
    """Where a file fails half-way, the run says so; the old page stands, and no half of a file."""
    setup.publish()
    setup.build({**SECOND, "pictures/large.png": b"x" * 50_000})

    def attempt() -> None:
        lines = publish.run(setup.source, setup.output, setup.address, dry_run=False)
        assert next(lines) == "copied downloads/book.pdf"
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        with pytest.raises(WorkshopError, match=r"cannot be written .File too large.; check"):
            list(lines)

    assert apart(attempt) == 0
    assert contents(setup.root).keys() == {*FIRST, LIST}
    assert is_served(setup.root)


def test_a_host_without_room(at: Callable[[str], Setup], host: Host) -> None:
    """A host that takes no more is told of; the old page stands, and the next run ends it."""
    setup = at("sftp")
    setup.publish()
    setup.build(SECOND)
    host.refuses.add("new.html.workshop-new")
    try:
        assert "could not take a file, most often for lack of space; free some" in setup.refusal()
    finally:
        host.refuses.clear()
    assert (setup.root / "index.html").read_bytes() == FIRST["index.html"]
    assert is_served(setup.root)
    host.written.clear()
    setup.publish()
    assert setup.has(SECOND)
    order = [Path(name).name for name in host.written]
    assert order == [LIST, "book.pdf", "new.html", "index.html", LIST]


def test_the_half_of_a_file_is_cleared_away(setup: Setup) -> None:
    """What a killed run has left beside a file is gone after the next one; others' things stay."""
    setup.publish()
    (setup.root / "exercises" / ".rest.html.workshop-new").write_bytes(b"li")
    (setup.root / "exercises" / ".other.html.workshop-new").write_bytes(b"not ours")
    setup.publish()
    assert setup.has({**FIRST, "exercises/.other.html.workshop-new": b"not ours"})


# --- Where it may not go ----------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("rest f\u00fcr alle", "is the workshop's folder; name a folder"),
        ("rest f\u00fcr alle/public", "lies in the workshop's folder; name a folder"),
        ("dist/site", "lies in the folder of the built package; name a folder"),
        (".", "holds the workshop's folder; name a folder"),
        ("no/such", "to make it in; check the address"),
        ("a file", "is a file; name a folder"),
    ],
)
def test_folders_that_are_refused(setup: Setup, place: str, words: str) -> None:
    """Nothing is published into the source, over the package, into a file or into the unknown."""
    (setup.home / "a file").write_bytes(b"")
    before = contents(setup.home)
    assert words in setup.refusal(str(setup.home / place))
    assert contents(setup.home) == before


def test_two_runs_at_once(setup: Setup) -> None:
    """A second run to the same folder, or of the same package, is refused and not mixed in."""
    setup.publish()
    for place in (setup.root, setup.output):
        lock = os.open(place, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "wait until that has ended" in setup.refusal()
        os.close(lock)
    assert setup.publish()


def test_a_folder_of_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the user may not write, one line says so."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        setup = Setup(home, str(home / "public"), home / "public")
        setup.source.mkdir()
        (setup.source / "workshop.yaml").write_text("title: Rest\nlanguage: en\n")
        setup.build(FIRST)
        setup.root.mkdir(mode=0o555)

        def attempt() -> None:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            assert "you may not write there (Permission denied" in setup.refusal()

        assert apart(attempt) == 0
        assert not any(setup.root.iterdir())


# --- What must have been built ----------------------------------------------------


def test_a_website_that_was_built_from_something_else(setup: Setup) -> None:
    """After a change of the workshop, publishing asks for a build and copies nothing."""
    (setup.source / "workshop.yaml").write_text("title: Rest\nlanguage: de\n", encoding="utf-8")
    assert setup.refusal() == (
        f"{setup.output}: was not built from the workshop as it is now; "
        f"run 'workshop build {setup.source} -o {setup.output}', then publish"
    )
    assert not setup.root.exists()


def test_packages_without_a_website(setup: Setup) -> None:
    """Nothing built, no website in it, a file of it changed: each is one line with its remedy."""
    (setup.output / "site" / "style.css").write_bytes(b"by hand")
    assert "site/style.css: was changed after the build; run 'workshop build" in setup.refusal()
    (setup.output / "site" / "style.css").unlink()
    assert "site/style.css: cannot be read" in setup.refusal()
    setup.build({"style.css": b""})
    assert f"{setup.output}: holds no website; run 'workshop build" in setup.refusal()
    (setup.output / package.MANIFEST).write_text('{"files": [{"file": "site/../../x"}]}')
    assert "there is nothing built here; run" in setup.refusal()
    (setup.output / package.MANIFEST).unlink()
    assert "there is nothing built here; run" in setup.refusal()
    assert not setup.root.exists()


# --- Addresses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kind", "login", "path"),
    [
        ("/srv/www/back-pain", "folder", "", "/srv/www/back-pain"),
        ("../public", "folder", "", "/base/../public"),
        ("./a:b", "folder", "", "/base/a:b"),
        ("studio.example:public", "ssh", "studio.example", "public"),
        ("me@studio.example:~/my site", "ssh", "me@studio.example", "my site"),
        ("rsync://studio.example/web/rest", "rsync", "studio.example", "web/rest"),
        ("sftp://me@studio.example:2222/w%20w", "sftp", "me@studio.example", "/w w"),
        ("sftp://me@studio.example/~/public", "sftp", "me@studio.example", "public"),
        ("sftp://me@[::1]/www", "sftp", "me@[::1]", "/www"),
    ],
)
def test_addresses(address: str, kind: str, login: str, path: str) -> None:
    """Each way to write a target leads where it says."""
    target = publish_target.parse(address, Path("/base"))
    assert (target.kind, target.login, target.path) == (kind, login, path)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("sftp://me:s3cret@studio.example/www", "holds a password"),
        ("sftp://me:s3c@ret@studio.example/www", "holds a password"),
        ("sftp://me:s3c/ret@studio.example/www", "is no address"),
        ("me:s3cret@studio.example:/www", "holds a password"),
        ("me:s3c/ret@studio.example:/www", "holds a password"),
        ("ftp://me:s3cret@studio.example/www", "holds a password"),
        ("ftp://studio.example/www", "is an address for FTP, which sends passwords"),
        ("https://studio.example/www", "'https' is no way to publish; write a folder"),
        ("sftp://studio.example", "names a host and no folder there; add it"),
        ("studio.example:", "names a host and no folder there; add it"),
        ("studio.example::web", "names an rsync server; write it as rsync://"),
        ("-oProxyCommand=touch:/www", "is no address"),
        ("sftp://-oProxyCommand=touch/www", "is no address"),
        ("sftp://studio.example/w%0Arm", "has a character in it that cannot be printed"),
        ("", "is no address"),
    ],
)
def test_addresses_that_are_refused(address: str, words: str) -> None:
    """What names no target is refused in plain words, and a password is not shown."""
    with pytest.raises(WorkshopError) as error:
        publish_target.parse(address, Path("/base"))
    assert words in str(error.value)
    assert "s3c" not in str(error.value)
    assert "ret@" not in str(error.value)
    with pytest.raises(ValueError, match=words.split(";", maxsplit=1)[0]):
        publish_target.check(address)


# --- Hosts that cannot be reached, or should not be -------------------------------

by_ssh = pytest.mark.parametrize("kind", ["ssh", "sftp"])


@by_ssh
def test_hosts_that_are_not_known(at: Callable[[str], Setup], host: Host, kind: str) -> None:
    """A host without a known key, and one with another key, get no files; the line says why."""
    setup = at(kind)
    known = (host.settings / "known_hosts").read_text(encoding="utf-8")
    try:
        host.trust("")
        assert "is a host that this computer does not know yet; type 'ssh " in setup.refusal()
        other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
        host.trust(f"[127.0.0.1]:{host.port} {other}")
        assert "has a different key than before, so this may not be your host" in setup.refusal()
    finally:
        host.trust(known)
    assert not setup.root.exists()


@by_ssh
def test_a_key_that_the_host_does_not_take(
    at: Callable[[str], Setup], host: Host, kind: str
) -> None:
    """A refused key is told of with what makes it known there; no password is asked for."""
    setup = at(kind)
    key = (host.settings / "key").read_bytes()
    try:
        (host.settings / "key").write_bytes(
            asyncssh.generate_private_key("ssh-ed25519").export_private_key()
        )
        assert "accepts none of your keys; type 'ssh-add'" in setup.refusal()
    finally:
        (host.settings / "key").write_bytes(key)


def test_hosts_that_do_not_answer(at: Callable[[str], Setup], host: Host) -> None:
    """Where nobody listens, and where there is no such folder, one line says so."""
    setup = at("sftp")
    with kept_port() as port:
        for address in (f"sftp://{host.login}:{port}/www", f"rsync://127.0.0.1:{port}/web"):
            assert setup.refusal(address).startswith("nothing answers at this host and port; check")
    for address in (f"{setup.address}/no/such", f"{host.login}:{setup.root}/no/such"):
        assert setup.refusal(address).startswith("has no such folder; check the address")


def test_rsync_servers_that_take_nothing(
    setup: Setup, module: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that has no such module, or may only be read from, is told of."""
    monkeypatch.delenv("RSYNC_PASSWORD", raising=False)
    assert setup.refusal(f"{module[0]}/nothing/x").startswith("has no such folder; check")
    assert setup.refusal(f"{module[0]}/shut/x").startswith("cannot be written to; check")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("me@studio.example:/www", "'rsync', which is not installed; type: sudo apt-get install"),
        ("sftp://studio.example/www", "'sftp', which is not installed; type: sudo apt-get install"),
    ],
)
def test_programs_that_are_not_installed(
    setup: Setup, address: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing program is named with the line that installs it."""
    monkeypatch.setenv("PATH", str(setup.home))
    assert line in setup.refusal(address)
