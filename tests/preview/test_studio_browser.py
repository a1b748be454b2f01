"""The studio's page in a real browser: picked by click, key and drag; made, refused, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from judges.browser import axe
from judges.browser import browser as chrome
from previewing import Running, running, write

pytestmark = pytest.mark.judge

FACTS = """\
# ours
title: A plain workshop
language: en
session:
  - title: Welcome   # first
    minutes: 5
  - title: Moves
    minutes: 10
"""
BEND = "---\nname: Bend   # a note\nhold: 45 s\n---\n\n1. Bend your *knees*.\n"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Return the browser."""
    return chrome()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder whose studio is open."""
    folder = write(tmp_path_factory.mktemp("picked") / "source", "red")
    (folder / "workshop.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "exercises").mkdir()
    (folder / "exercises" / "bend.md").write_text(BEND, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def there(folder: Path) -> Iterator[Running]:
    """Run the studio."""
    with running(folder, "serve_studio") as there:
        yield there


@pytest.fixture
def page(browser: Browser, there: Running) -> Iterator[Page]:
    """Open the studio; nothing may go wrong on its page but what it is refused."""
    page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda each: wrong.append(each.text) if each.type == "warning" else None)
    page.goto(there.address)
    expect(page.locator(".cards button")).to_have_count(3)
    yield page
    page.close()
    assert wrong == []


def chosen(page: Page) -> list[str]:
    """Return the names of what is on the sheet, in their order."""
    return page.locator(".chosen .name").all_inner_texts()


def card(page: Page, name: str) -> Locator:
    """Return an exercise among those to be chosen."""
    return page.locator(".cards button", has_text=name)


def test_the_first_tab(page: Page) -> None:
    """The sheets are the first tab and in view; the products are behind it, as in the preview."""
    tabs = page.get_by_role("tab")
    expect(tabs.first).to_have_text("Sheets")
    expect(tabs.first).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Other").click()
    expect(page.locator("[role=tabpanel]:not([hidden]) .pages")).to_be_visible()
    expect(page.locator(".studio")).to_be_hidden()


def test_found_by_word_and_by_what_it_is(page: Page) -> None:
    """Exercises are found by any word of theirs, and by target, kind, position, need, condition."""
    page.get_by_label("Search").fill("knees BOTH")
    expect(page.locator(".cards li:visible strong")).to_have_text(["3 Squat"])
    page.get_by_label("Search").fill("")
    for label, value, left in (
        ("Works on", "shoulder", ["Reach"]),
        ("Kind", "Strength", ["Squat"]),
        ("Position", "lying on the back", ["Bend"]),
        ("Fit for", "knee", ["Bend", "Reach"]),
    ):
        page.get_by_label(label).select_option(value)
        names = page.locator(".cards li:visible strong").all_inner_texts()
        assert [name.split(" ")[1] for name in names] == left
        page.get_by_label(label).select_option("")


def test_chosen_by_click_key_and_drag(page: Page) -> None:
    """A click, a key or a drag puts an exercise on the sheet; keys and drags set the order."""
    card(page, "Bend").click()
    card(page, "Reach").focus()
    page.keyboard.press("Space")
    page.locator(".cards li", has_text="Squat").drag_to(page.locator(".chosen li").first)
    expect(page.locator(".chosen li")).to_have_count(3)
    assert chosen(page)[2:] != ["Squat"]
    page.get_by_role("button", name="Remove: Squat").click()
    page.get_by_role("button", name="Move up: Reach").press("Enter")
    assert chosen(page) == ["Reach", "Bend"]
    expect(page.get_by_role("button", name="Move down: Reach")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    assert chosen(page) == ["Bend", "Reach"]
    expect(page.locator(".panel > [role=status]")).to_have_text("Reach is at place 2.")
    expect(card(page, "Squat")).to_have_attribute("aria-pressed", "false")
    card(page, "Bend").click()
    assert chosen(page) == ["Reach"]


def test_refused_beside_the_field(page: Page) -> None:
    """What the model refuses stands at its field in the model's words, and goes when mended."""
    card(page, "Bend").click()
    expect(page.locator(".sheet-pages img")).to_be_visible()
    page.locator(".chosen summary").click()
    page.get_by_label("Name").fill("wrong")
    hold = page.get_by_label("Hold", exact=True)
    expect(hold).to_have_accessible_description("'45 parsecs' is no time; write it like '45 s'")
    expect(hold).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("A word from you")).to_have_accessible_description("this is too long")
    expect(page.get_by_text("No sheet yet. To mend: 2")).to_be_visible()
    page.get_by_label("Name").fill("right")
    expect(page.get_by_text("The sheet is ready.")).to_be_visible()
    expect(hold).not_to_have_attribute("aria-invalid", "true")


def test_saved_and_started_from(page: Page, folder: Path) -> None:
    """All that is set is saved as plain text, and a saved sheet is one to start from."""
    page.get_by_label("Add a group").select_option("core")
    page.get_by_label("Name").fill("Carla Diaz")
    page.locator(".chosen summary").first.click()
    page.get_by_label("Hold", exact=True).first.fill("20 s")
    page.get_by_label("Sides").first.select_option("both")
    page.get_by_label("Date").fill("2026-11-22")
    page.get_by_label("Next visit").fill("2026-12-03")
    page.get_by_label("Time").fill("10:30")
    page.get_by_label("Weeks of the chart").fill("2")
    page.get_by_role("checkbox", name="sore knee").check()
    page.get_by_label("A word from you").fill("Go slowly.\nCall me.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: sheets/carla-diaz.yaml")).to_be_visible()
    file = folder / "sheets" / "carla-diaz.yaml"
    said = {
        "name": "Carla Diaz",
        "date": "2026-11-22",
        "next_visit": "2026-12-03 10:30",
        "conditions": ["knee"],
        "exercises": ["bend", "reach"],
        "doses": {"bend": {"hold": "20 s", "sides": "both"}},
        "weeks": "2",
        "note": "Go slowly.\nCall me.",
    }
    assert yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) == said  # noqa: S506
    page.get_by_label("Start from").select_option("")
    expect(page.get_by_label("Name")).to_have_value("")
    page.get_by_label("Start from").select_option("carla-diaz")
    expect(page.get_by_label("Name")).to_have_value("Carla Diaz")
    assert chosen(page) == ["Bend", "Reach"]
    expect(page.get_by_label("Time")).to_have_value("10:30")
    expect(page.get_by_label("Hold", exact=True).first).to_have_value("20 s")
    page.get_by_label("Name").fill("Carl")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: sheets/carl.yaml")).to_be_visible()
    assert "name: Carla Diaz" in file.read_text(encoding="utf-8")


def test_two_windows(page: Page, browser: Browser, there: Running, folder: Path) -> None:
    """A sheet that another window has saved is not replaced before the teacher says so."""
    other = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    other.goto(there.address)
    for window, note in ((page, "first"), (other, "second")):
        window.get_by_label("Name").fill("Dora")
        window.get_by_label("A word from you").fill(note)
        window.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("has been changed elsewhere")).to_be_visible()
    file = folder / "sheets" / "dora.yaml"
    assert "note: first" in file.read_text(encoding="utf-8")
    other.get_by_role("button", name="Replace it").click()
    expect(other.get_by_text("Saved: sheets/dora.yaml")).to_be_visible()
    assert "note: second" in file.read_text(encoding="utf-8")
    other.close()


def test_printed_and_kept(page: Page) -> None:
    """Print hands the PDF itself to the browser, and it can be saved under the sheet's name."""
    card(page, "Bend").click()
    expect(page.locator(".sheet-pages img")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as PDF").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="Print").click()
    frame = page.locator("#printed")
    expect(frame).to_have_attribute(
        "src", page.get_by_role("link", name="Save as PDF").get_attribute("href") or ""
    )


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_anybody_can_use_it(size: dict[str, int], scheme: str, page: Page) -> None:
    """Axe finds nothing wrong, and nothing reaches out of a narrow window."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.get_by_label("Add a group").select_option("core")
    page.locator(".chosen summary").first.click()
    page.get_by_label("Name").fill("wrong")
    expect(page.get_by_text("No sheet yet")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    wide = "nodes => nodes.some(node => node.scrollWidth > node.clientWidth + 1)"
    assert not page.locator(".studio, .studio > *").evaluate_all(wide)


def opened(page: Page, name: str) -> None:
    """Open a file in the second tab."""
    page.get_by_role("tab", name="Content").click()
    page.locator(".files button", has_text=name).click()
    expect(page.locator(".editor h2")).to_have_text(name)


def test_edited_by_form(page: Page, folder: Path) -> None:
    """A field is refused at its place, then saved and nothing else changed; taken back, and again.

    All from the keyboard.
    """
    file = folder / "exercises" / "bend.md"
    page.get_by_role("link", name="Edit: Bend").press("Enter")
    expect(page.locator(".editor h2")).to_be_focused()
    hold = page.get_by_label("Hold", exact=True)
    hold.fill("45 parsecs")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Not saved. To mend: 1")).to_be_visible()
    expect(hold).to_have_accessible_description(
        "How long, like 45 s, 30-60 s, 2 min, 1:30 or 3 breaths hold: '45 parsecs' is not a time; "
        "write it like '45 s', '30-60 s', '2 min', '1:30 min' or '3 breaths'"
    )
    expect(hold).to_be_focused()
    hold.fill("20 s")
    expect(hold).not_to_have_attribute("aria-invalid", "true")
    page.get_by_label("Steps and text").fill("1. Sit.\n2. Bend.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved: exercises/bend.md")).to_be_visible()
    new = "---\nname: Bend   # a note\nhold: 20 s\n---\n\n1. Sit.\n2. Bend.\n"
    assert file.read_text(encoding="utf-8") == new
    page.get_by_role("button", name="Undo").press("Enter")
    expect(hold).to_have_value("45 s")
    assert file.read_text(encoding="utf-8") == BEND
    page.get_by_role("button", name="Redo").press("Enter")
    expect(hold).to_have_value("20 s")
    assert file.read_text(encoding="utf-8") == new


def test_parts_of_a_list(page: Page, folder: Path) -> None:
    """What stands in a list is moved, added and removed, with its notes kept."""
    opened(page, "The workshop")
    page.locator("summary", has_text="Session (2)").click()
    page.get_by_role("button", name="Move down: Session 1").press("Enter")
    expect(page.get_by_role("button", name="Move up: Session 2")).to_be_visible()
    page.get_by_role("button", name="Add: Session").click()
    page.get_by_label("Title", exact=True).nth(3).fill("Questions")
    page.get_by_label("Minutes", exact=True).nth(2).fill("5")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: workshop.yaml")).to_be_visible()
    text = (folder / "workshop.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ours\ntitle: A plain workshop\nlanguage: en\nsession:\n")
    read = yaml.load(text, yaml.BaseLoader)["session"]  # noqa: S506
    assert [block["title"] for block in read] == ["Moves", "Welcome", "Questions"]
    assert "title: Welcome   # first" in text


def test_changed_elsewhere(page: Page, folder: Path) -> None:
    """Where an editor has changed the file meanwhile, the teacher says what is to become of it."""
    file = folder / "exercises" / "bend.md"
    file.write_text(BEND, encoding="utf-8")
    opened(page, "Bend")
    hold = page.get_by_label("Hold", exact=True)
    for caution, button, left in (
        ("Slowly.", "Put my changes into it", "10 s"),
        ("Stop.", "Give up my changes", "10 s"),
    ):
        hold.fill("10 s" if caution == "Slowly." else "12 s")
        theirs = BEND.replace("hold", f"caution: {caution}\nhold")
        file.write_text(theirs, encoding="utf-8")
        page.keyboard.press("Control+s")
        expect(page.get_by_text("has been changed elsewhere")).to_be_visible()
        assert file.read_text(encoding="utf-8") == theirs
        page.get_by_role("button", name=button).click()
        expect(hold).to_have_value(left if caution == "Slowly." else "45 s")
        expect(page.get_by_text("has been changed elsewhere")).to_be_hidden()
        expect(page.get_by_label("Caution")).to_have_value(caution)
    assert file.read_text(encoding="utf-8") == theirs


def test_a_picture_and_a_new_exercise(page: Page, folder: Path, tmp_path: Path) -> None:
    """A picture that is chosen is named in the form; an exercise starts from a ready pose."""
    picture = tmp_path / "My Knee.png"
    Image.new("RGB", (40, 30), "green").save(picture)
    opened(page, "Bend")
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_text("my-knee.png is a picture of the workshop now.")).to_be_visible()
    expect(page.get_by_label("Picture", exact=True)).to_have_value("my-knee.png")
    assert (folder / "pictures" / "my-knee.png").read_bytes() == picture.read_bytes()
    page.get_by_role("button", name="New exercise").press("Enter")
    page.keyboard.type("Chin in")
    page.get_by_label("Find a picture").fill("chin glides")
    expect(page.get_by_text("Pictures: 1")).to_be_visible()
    page.locator(".gallery .cards button:visible").press("Space")
    page.get_by_role("button", name="Make it").press("Enter")
    expect(page.locator(".editor h2")).to_have_text("chin-in")
    expect(page.locator(".editor").get_by_label("Name")).to_have_value("Chin in")
    assert (folder / "figures" / "chin-in.yaml").exists()


@pytest.mark.parametrize(
    ("size", "scheme", "name"),
    [(WIDE, "dark", "The workshop"), (PHONE, "light", "Bend"), (PHONE, "dark", "")],
)
def test_anybody_can_edit(size: dict[str, int], scheme: str, name: str, page: Page) -> None:
    """Axe finds nothing wrong with the forms and the poses, and nothing reaches out of a window."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    opened(page, name or "Bend")
    if name:
        page.locator("details").evaluate_all("all => { for (const each of all) each.open = true }")
        page.locator(".form input").first.fill("")
        expect(page.get_by_text("To mend: 1")).to_be_visible()
    else:
        page.get_by_role("button", name="New exercise").click()
        page.get_by_label("Find a picture").fill("neck")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    wide = "nodes => nodes.some(node => node.scrollWidth > node.clientWidth + 1)"
    assert not page.locator(".editor, .editor > *").evaluate_all(wide)
