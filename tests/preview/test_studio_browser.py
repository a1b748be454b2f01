"""The studio's page in a real browser: picked by click, key and drag; made, refused, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from judges.browser import axe
from judges.browser import browser as chrome
from previewing import Running, running, write

pytestmark = pytest.mark.judge

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Return the browser."""
    return chrome()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder whose studio is open."""
    return write(tmp_path_factory.mktemp("picked") / "source", "red")


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
