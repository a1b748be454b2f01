"""The studio's server: who may write, what is written, and what nobody can bring it to write."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from previewing import Answer, Running, running, write
from workshop_builder.languages.files import ours, shipped

ANNA = {"name": "Anna Berg", "exercises": ["bend", "reach"], "doses": {"bend": {"hold": "20 s"}}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder whose studio is open."""
    return write(tmp_path_factory.mktemp("studio") / "source", "red")


@pytest.fixture(scope="module")
def there(folder: Path) -> Iterator[Running]:
    """Run the studio."""
    with running(folder, "serve_studio") as there:
        next(state for state in there.states() if state["studio"]["version"])
        yield there


def catalogue(there: Running) -> dict[str, Any]:
    """Return what the page is told first."""
    found: dict[str, Any] = json.loads(there.get("/studio/catalogue").body)
    return found


def sent(there: Running, path: str, content: object, **other: str) -> Answer:
    """Return the answer to what our page sends, with `other` headers in place of its own."""
    secret = catalogue(there)["secret"]
    ours = {"origin": there.address.rstrip("/"), "x_studio_secret": secret}
    return there.post(path, content, **(ours | other))


def test_a_sheet_is_made_and_shown(there: Running) -> None:
    """A sheet comes with its pages, whose pictures can be had, and with its PDF."""
    made = json.loads(sent(there, "/studio/make", {"student": ANNA}).body)
    assert (made["faults"], made["told"]) == ([], ["5 Bend is left out"])
    ((pdf, number, *_),) = made["pages"]
    assert there.get(f"/pages/{pdf}/{number}/600").body.startswith(b"\xff\xd8")
    shown = there.get(f"/studio/pdf/{pdf}/anna.pdf")
    assert (shown.status, shown.body[:5]) == (200, b"%PDF-")
    assert there.get(f"/studio/pdf/{'0' * 64}/anna.pdf").status == 404


def test_a_sheet_is_saved(there: Running, folder: Path) -> None:
    """What is saved is plain text for its owner alone, and can be opened again."""
    body = json.loads(sent(there, "/studio/save", {"student": ANNA, "version": ""}).body)
    file = folder / "sheets" / "anna-berg.yaml"
    assert body["name"] == "anna-berg"
    assert yaml.safe_load(file.read_text(encoding="utf-8")) == ANNA
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    again = json.loads(there.get("/studio/sheets/anna-berg").body)
    assert (again["student"], again["version"]) == (ANNA, body["version"])
    listed = json.loads(there.get("/studio/sheets").body)["sheets"]
    assert {"name": "anna-berg", "student": "Anna Berg"} in listed


def test_what_another_window_has_saved_stays(there: Running, folder: Path) -> None:
    """A sheet is replaced only by one who has seen it; else nothing is written, and it is told."""
    bea = {"name": "Bea", "note": "One\ntwo"}
    first = json.loads(sent(there, "/studio/save", {"student": bea, "version": ""}).body)
    other = {"student": {**bea, "note": "mine"}, "version": ""}
    refused = sent(there, "/studio/save", other)
    found = json.loads(refused.body)
    assert (refused.status, found["student"], found["version"]) == (409, bea, first["version"])
    assert yaml.safe_load((folder / "sheets/bea.yaml").read_text(encoding="utf-8")) == bea
    assert sent(there, "/studio/save", {**other, "version": first["version"]}).status == 200
    assert "note: mine" in (folder / "sheets/bea.yaml").read_text(encoding="utf-8")


def test_what_cannot_be_made_is_not_saved(there: Running, folder: Path) -> None:
    """A sheet with faults is refused, each with its place."""
    done = sent(there, "/studio/save", {"student": {"name": "wrong"}, "version": ""})
    assert done.status == 422
    assert json.loads(done.body)["faults"][1] == {"place": ["note"], "text": "this is too long"}
    assert not (folder / "sheets" / "wrong.yaml").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"x_studio_secret": "guessed"},
        {"x_studio_secret": ""},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null"},
        {"origin": "https://studio.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"host": "studio.example"},
    ],
)
def test_only_our_page_writes(headers: dict[str, str], there: Running, folder: Path) -> None:
    """A request from elsewhere, or without the secret of the session, is refused."""
    student = {"name": "Eve"}
    done = sent(there, "/studio/save", {"student": student, "version": ""}, **headers)
    assert done.status == 403
    assert not (folder / "sheets" / "eve.yaml").exists()


def test_a_request_without_origin_is_refused(there: Running) -> None:
    """The secret alone is not enough: a browser says from where a request comes."""
    secret = catalogue(there)["secret"]
    content = {"student": ANNA, "version": ""}
    assert there.post("/studio/save", content, x_studio_secret=secret).status == 403


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {"student": []},
        {"student": {"name": 3}},
        {"student": {"name": "Eve", "doses": {"a": {"b": {"c": {"d": "e"}}}}}},
        {"student": {"name": "Eve"}, "version": 3},
        *(
            {"student": {"name": "Eve"}, "version": "", "file": name}
            for name in ("../eve", "a/b", "A", ".eve", "eve.yaml", "-", "e" * 81, 3, "é", "a\n")
        ),
    ],
)
def test_an_odd_request_is_refused(content: object, there: Running, folder: Path) -> None:
    """What is no student, or no name of a file in sheets/, is refused, and nothing is written."""
    before = sorted(path.name for path in folder.rglob("*"))
    assert sent(there, "/studio/save", content).status == 400
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_too_much_is_refused(there: Running) -> None:
    """A request of more than a sheet can need is refused."""
    assert sent(there, "/studio/make", {"student": {"name": "x" * 200_000}}).status == 413


def test_a_link_leads_nowhere(there: Running, folder: Path, tmp_path: Path) -> None:
    """A file of sheets/ that is a link is neither read nor written through."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret", encoding="utf-8")
    link = folder / "sheets" / "link.yaml"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(secret)
    try:
        assert there.get("/studio/sheets/link").status == 507
        content = {"student": {"name": "Link"}, "version": ""}
        assert sent(there, "/studio/save", content).status == 507
        assert secret.read_text(encoding="utf-8") == "name: Secret"
    finally:
        link.unlink()


def test_a_folder_that_cannot_be_written(there: Running, folder: Path) -> None:
    """Where sheets/ is a link or a file, nothing is written, and the server goes on."""
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    sheets.rename(folder / "kept")
    sheets.symlink_to(folder / "kept")
    try:
        content = {"student": {"name": "Zoe"}, "version": ""}
        assert sent(there, "/studio/save", content).status == 507
        assert not (folder / "kept" / "zoe.yaml").exists()
    finally:
        sheets.unlink()
        (folder / "kept").rename(sheets)


def test_the_preview_stays_read_only(tmp_path: Path) -> None:
    """Without a studio there is nothing of it, and nothing that writes."""
    with running(write(tmp_path / "source", "red")) as there:
        assert next(there.states())["studio"] is None
        assert there.get("/studio/catalogue").status == 404
        origin = there.address.rstrip("/")
        answer = there.post("/studio/save", {"student": ANNA}, origin=origin, x_studio_secret="")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_every_language_says_all() -> None:
    """The page of the studio has the same words in each language, with the same things put in."""
    english = ours("en", "studio")
    for code in {name for name in shipped() if "-" not in name}:
        words = ours(code, "studio")
        assert words.keys() == english.keys(), code
        for key, text in words.items():
            assert sorted(_put_in(text)) == sorted(_put_in(english[key])), (code, key)


def _put_in(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]
