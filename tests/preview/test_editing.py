"""The studio's server as an editor: what is written, refused, and taken back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from previewing import POSE, Answer, Running, running, write
from processes import eventually
from workshop_builder import load
from workshop_builder.languages.files import ours
from workshop_builder.preview.builder.forms import forms

FACTS = "# ours\ntitle: A plain workshop\nlanguage: en  # as spoken\n"
BEND = "---\nname: Bend   # a note\nhold: 45 s\nsides: each\n---\n\n1. Bend your *knees*.\n"
WRITING = ("edit", "add-picture", "add-exercise", "undo", "redo")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder whose studio is open."""
    folder = write(tmp_path_factory.mktemp("editing") / "source", "red")
    (folder / "workshop.yaml").write_text(FACTS, encoding="utf-8")
    for name in ("exercises", "pictures"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="module")
def there(folder: Path) -> Iterator[Running]:
    """Run the studio."""
    with running(folder, "serve_studio") as there:
        assert eventually(lambda: there.get("/studio/forms").status == 200, 30)
        yield there


@pytest.fixture
def bend(folder: Path) -> Path:
    """Return an exercise as it was before all tests."""
    path = folder / "exercises" / "bend.md"
    path.write_text(BEND, encoding="utf-8")
    return path


def sent(there: Running, name: str, content: object = None) -> Answer:
    """Return the answer to what our page sends."""
    secret = json.loads(there.get("/studio/forms").body)["secret"]
    origin = there.address.rstrip("/")
    return there.post(f"/studio/{name}", content, origin=origin, x_studio_secret=secret)


def seen(there: Running, path: str) -> dict[str, Any]:
    """Return a file as a form has it."""
    found: dict[str, Any] = json.loads(there.get(f"/studio/file?path={path}").body)
    return found


def edited(there: Running, path: str, **more: object) -> tuple[int, dict[str, Any]]:
    """Return what comes of changing a file as it is now."""
    answer = sent(there, "edit", {"path": path, "version": seen(there, path)["version"], **more})
    return answer.status, json.loads(answer.body) if answer.status != 400 else {}


def test_a_field_is_written_back(there: Running, bend: Path, folder: Path) -> None:
    """One field is changed in the file, with its notes, its order and its text as they were."""
    found = seen(there, "exercises/bend.md")
    assert found["fields"] == {"name": "Bend", "hold": "45 s", "sides": "each"}
    assert (found["body"], found["problems"]) == ("1. Bend your *knees*.", [])
    status, done = edited(there, "exercises/bend.md", fields={"hold": "20 s", "kind": "rest"})
    assert (status, done["faults"]) == (200, [])
    new = BEND.replace("45 s", "20 s").replace("# a note\n", "# a note\nkind: rest\n")
    assert bend.read_text(encoding="utf-8") == new
    edited(there, "exercises/bend.md", body="1. Sit.\n2. Rest.")
    assert bend.read_text(encoding="utf-8").endswith("---\n\n1. Sit.\n2. Rest.\n")
    edited(there, "workshop.yaml", fields={"goals": ["Bend"]})
    facts = (folder / "workshop.yaml").read_text(encoding="utf-8")
    assert facts == f"{FACTS}goals:\n  - Bend\n"


def test_refused_at_its_field(there: Running, bend: Path) -> None:
    """What the model refuses is told at its field in the model's words, and nothing is written."""
    fields = {"hold": "45 parsecs", "targets": ["hip", "[a](b"], "instead": {"knee": "sit"}}
    for more in ({}, {"only_check": True}):
        status, done = edited(there, "exercises/bend.md", fields=fields, body="none", **more)
        places = {tuple(fault["place"]): fault["text"] for fault in done["faults"]}
        assert status == 422
        assert places["hold",].startswith("hold: '45 parsecs' is not a time")
        assert {("instead", "knee"), ("body",)} <= places.keys()
    assert bend.read_text(encoding="utf-8") == BEND
    assert edited(there, "exercises/bend.md", fields={"hold": "5 s"}, only_check=True)[0] == 200
    assert bend.read_text(encoding="utf-8") == BEND


@pytest.mark.usefixtures("bend")
def test_what_was_wrong_before_is_no_obstacle(there: Running, folder: Path) -> None:
    """A fault elsewhere in the folder does not keep an exercise from being edited."""
    other = folder / "exercises" / "other.md"
    other.write_text("---\nname: Other\nhold: long\n---\n\n1. Go.\n", encoding="utf-8")
    try:
        assert edited(there, "exercises/bend.md", fields={"hold": "5 s"})[0] == 200
        assert edited(there, "exercises/other.md", fields={"feel": "x"})[0] == 200
        other.write_text("---\nname: [\n---\n", encoding="utf-8")
        (problem,) = seen(there, "exercises/other.md")["problems"]
        assert problem.startswith("exercises/other.md:2: ")
    finally:
        other.unlink()


def test_a_change_elsewhere_is_not_lost(there: Running, bend: Path) -> None:
    """Over a version that the form has not seen, nothing is written."""
    before = seen(there, "exercises/bend.md")["version"]
    bend.write_text(BEND.replace("45", "30"), encoding="utf-8")
    content = {"path": "exercises/bend.md", "version": before, "fields": {"hold": "5 s"}}
    assert sent(there, "edit", content).status == 409
    assert bend.read_text(encoding="utf-8") == BEND.replace("45", "30")


def test_taken_back_and_done_again(there: Running, bend: Path) -> None:
    """Undo and redo lead from one version to the next, and never over what somebody else wrote."""
    edited(there, "exercises/bend.md", fields={"hold": "20 s"})
    edited(there, "exercises/bend.md", fields={"sides": None})
    last = bend.read_text(encoding="utf-8")
    for name, text in (
        ("undo", BEND.replace("45", "20")),
        ("undo", BEND),
        ("redo", BEND.replace("45", "20")),
        ("redo", last),
    ):
        done = sent(there, name)
        assert (done.status, json.loads(done.body)["path"]) == (200, "exercises/bend.md")
        assert bend.read_text(encoding="utf-8") == text
    bend.write_text(BEND.replace("Bend", "Mine"), encoding="utf-8")
    assert sent(there, "undo").status == 409
    assert "name: Mine" in bend.read_text(encoding="utf-8")


def test_a_picture_is_put_in(there: Running, folder: Path) -> None:
    """A picture gets a plain name and the ending of what it is, and replaces no other."""
    green, red = _picture("green"), _picture("red")
    sent_as = "add-picture?name=Mein%20Bild%20(1).jpeg"
    for data, name in ((green, "mein-bild-1"), (green, "mein-bild-1"), (red, "mein-bild-1-2")):
        done = json.loads(sent(there, sent_as, data).body)
        assert (done["path"], done["faults"]) == (f"pictures/{name}.png", [])
        assert (folder / done["path"]).read_bytes() == data
    sent(there, "undo")
    assert not (folder / "pictures/mein-bild-1-2.png").exists()
    heic = sent(there, "add-picture?name=a.HEIC", b"\0\0\0\x20ftypheic" + bytes(99))
    assert heic.status == 422
    assert "this is a HEIC file" in json.loads(heic.body)["faults"][0]["text"]
    assert len(list((folder / "pictures").iterdir())) == 1


def _picture(colour: str) -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(packed, "PNG")
    return packed.getvalue()


def test_a_new_exercise(there: Running, folder: Path) -> None:
    """An exercise starts from a ready pose, loads without a problem, and replaces no other."""
    content = {"name": "Kinn: zurück!", "pose": "chin-tuck"}
    done = json.loads(sent(there, "add-exercise", content).body)
    assert (done["path"], done["faults"]) == ("exercises/kinn-zurueck.md", [])
    exercise = load(folder).exercises["kinn-zurueck"]
    assert (exercise.fields.name, exercise.picture) == (
        "Kinn: zurück!",
        "figures/kinn-zurueck.yaml",
    )
    assert sent(there, "add-exercise", content).status == 409
    assert sent(there, "undo").status == 200
    assert "kinn-zurueck" not in load(folder).exercises
    assert sent(there, "add-exercise", {"name": "A", "pose": "none"}).status == 400
    assert there.get("/studio/pose/chin-tuck").body == POSE
    assert there.get("/studio/pose/none").status == 404


@pytest.mark.parametrize("name", WRITING)
def test_only_our_page_writes(name: str, there: Running) -> None:
    """What writes needs the secret of the session, and comes from our page."""
    origin = there.address.rstrip("/")
    assert there.post(f"/studio/{name}", {}, origin=origin).status == 403
    assert there.post(f"/studio/{name}", {}, origin=origin, x_studio_secret="").status == 403
    assert there.get(f"/studio/{name}").status in {404, 405}


def test_no_other_file_is_reached(there: Running, folder: Path, tmp_path: Path) -> None:
    """Neither a path nor a link leads to a file that is no exercise and not workshop.yaml."""
    secret = tmp_path / "secret.md"
    secret.write_text(BEND, encoding="utf-8")
    for path in (
        "../secret.md",
        "exercises/../../secret.md",
        "exercises/../workshop.yaml",
        f"{secret}",
        "exercises//bend.md",
        "exercises/.bend.md",
        "exercises/a/b/c/d/e.md",
        "exercises\\bend.md",
        "exercises/bend.md\n",
        "roster.yaml",
        "chapters/01.md",
        "pages.txt",
        "figures/kinn.yaml",
        "",
        None,
        ["workshop.yaml"],
    ):
        content = {"path": path, "version": "", "fields": {"hold": "5 s"}}
        assert sent(there, "edit", content).status == 400, path
    (folder / "exercises" / "link.md").symlink_to(secret)
    try:
        assert there.get("/studio/file?path=exercises/link.md").status == 507
        content = {"path": "exercises/link.md", "version": "x", "fields": {}}
        assert sent(there, "edit", content).status == 507
    finally:
        (folder / "exercises" / "link.md").unlink()
    assert secret.read_text(encoding="utf-8") == BEND


@pytest.mark.parametrize("fields", [[], {"hold": 5}, {"hold": {"a": [True]}}])
def test_odd_fields_are_refused(fields: object, there: Running, bend: Path) -> None:
    """What nobody could have typed is refused."""
    assert edited(there, "exercises/bend.md", fields=fields)[0] == 400
    assert bend.read_text(encoding="utf-8") == BEND


def test_every_language_names_every_field() -> None:
    """Each field and its help are said in each language of the studio."""
    keys, helps = set(), set()
    waiting = [field for fields in forms().fields.values() for field in fields]
    while waiting:
        field = waiting.pop()
        keys.add(field["key"])
        helps.add(field["help"])
        waiting += [*field.get("fields", ()), *field.get("of", {}).get("fields", ())]
    for code in ("de", "es", "fr"):
        words = ours(code, "fields")
        assert (set(words["labels"]), set(words["help"])) == (keys, helps), code
