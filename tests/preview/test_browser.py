"""The preview's page in a real browser: updated at each save, and still in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

import small
from judges.browser import axe
from judges.browser import browser as chrome
from judges.reader import OWN_WARNING
from previewing import Running, running, write
from processes import eventually
from workshop_builder import load
from workshop_builder.errors import SourceError

pytestmark = pytest.mark.judge

PAGES = ["red", "green", "blue", "white", "black", "#abcdef"]
PROBLEMS = [
    "exercises/knees.md:4: 'hold' is no time: 45 parsecs; write it like '45 s'",
    "chapters/01.md:12: there is no exercise 'cat-cowe'; did you mean 'cat-cow'?",
]
REMARKS = [
    "exercises/lift.md:1: has no 'caution'; say who leaves it out, or when to stop (no-caution)",
    "workshop.yaml:3: the date is more than 2 years ago; write the day (stale-date)",
]
PANEL = "[role=tabpanel]:not([hidden])"


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Return the browser."""
    return chrome()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder whose preview is looked at."""
    return write(tmp_path_factory.mktemp("seen") / "source", *PAGES)


@pytest.fixture(scope="module")
def there(folder: Path) -> Iterator[Running]:
    """Run the preview, for all tests with plain pages."""
    with running(folder) as there:
        yield there


def watched(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong on the page."""
    messages: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(OWN_WARNING):
            messages.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: messages.append(str(error)))
    return messages


@pytest.fixture
def page(browser: Browser, there: Running, folder: Path) -> Iterator[Page]:
    """Open the preview; nothing may go wrong on its page."""
    write(folder, *PAGES)
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    wrong = watched(page)
    page.goto(there.address)
    expect(page.locator(f"{PANEL} li")).to_have_count(len(PAGES))
    expect(page.locator("#status")).to_contain_text("Up to date at")
    yield page
    page.close()
    assert wrong == []


def colour(page: Page, number: int) -> list[int]:
    """Return the colour of a page's picture, once it is there."""
    picture = page.locator(f"{PANEL} li").nth(number).locator("img")
    expect(picture).to_have_js_property("complete", value=True)
    found = picture.evaluate(
        "image => { const canvas = new OffscreenCanvas(1, 1).getContext('2d');"
        "canvas.drawImage(image, 0, 0, 1, 1);"
        "return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) }"
    )
    return [round(value / 16) for value in found]


def mark(page: Page) -> None:
    """Leave a mark in the page, which goes if it is loaded again."""
    page.evaluate("window.stillHere = true")


def top(page: Page) -> float:
    """Return how far the pages are scrolled."""
    found: float = page.locator(f"{PANEL} .scroller").evaluate("node => node.scrollTop")
    return found


def scroll(page: Page, pixels: int) -> None:
    """Scroll the pages, and wait until the page has been told of it, before its next frame."""
    page.locator(f"{PANEL} .scroller").evaluate(
        """(node, pixels) => { node.scrollTop = pixels
        return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))) }""",
        pixels,
    )


def test_a_save_changes_one_picture(page: Page, folder: Path) -> None:
    """A save renews the picture that changed, and leaves tab, scroll and other pictures alone."""
    page.get_by_role("tab", name="Other").click()
    expect(page.get_by_alt_text("Page 1 of 6").last).to_be_visible()
    scroll(page, 1300)
    mark(page)
    pictures = page.locator(f"{PANEL} img")
    second = page.locator(f"{PANEL} li").nth(1).locator("img")
    before = second.get_attribute("src") or ""
    pictures.evaluate_all("nodes => nodes.forEach(node => { node.old = true })")
    assert colour(page, 1) == [0, 8, 0]
    write(folder, "red", "yellow", *PAGES[2:])
    expect(second).not_to_have_attribute("src", before)
    assert colour(page, 1) == [16, 16, 0]
    assert pictures.evaluate_all("nodes => nodes.filter(node => !node.old).length") == 1
    assert top(page) == 1300
    assert page.evaluate("window.stillHere")
    expect(page.get_by_role("tab", name="Other")).to_have_attribute("aria-selected", "true")


def test_no_page_is_blank_while_it_is_renewed(page: Page, folder: Path) -> None:
    """At no moment of a renewal has a page in sight no picture, or one that is not decoded."""
    expect(page.locator(f"{PANEL} li").first.locator("img")).to_be_visible()
    page.evaluate(
        """() => { window.blank = 0; window.frames_seen = 0; const look = () => {
        const image = document.querySelector('[role=tabpanel]:not([hidden]) li img')
        if (!image || !image.complete || !image.naturalWidth) window.blank += 1
        window.frames_seen += 1; requestAnimationFrame(look) }; look() }"""
    )
    for new in ("orange", "purple", "navy"):
        before = page.locator(f"{PANEL} li img").first.get_attribute("src")
        write(folder, new, *PAGES[1:])
        expect(page.locator(f"{PANEL} li img").first).not_to_have_attribute("src", before or "")
    assert page.evaluate("window.frames_seen") > 5
    assert page.evaluate("window.blank") == 0


def test_problems_come_and_go(page: Page, folder: Path) -> None:
    """A broken save shows the build's lines over the last good page, a good one clears them."""
    mark(page)
    picture = page.locator(f"{PANEL} li img").first
    src = picture.get_attribute("src")
    write(folder, *PAGES, *(f"!{line}" for line in PROBLEMS))
    alert = page.get_by_role("alert")
    expect(alert.locator("li")).to_have_text(PROBLEMS)
    expect(page.locator("#status")).to_have_text("Not built: 2 problems to fix")
    expect(picture).to_have_attribute("src", src or "")
    expect(picture).to_be_visible()
    write(folder, *PAGES[1:])
    expect(alert).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("Up to date at")
    expect(page.locator(f"{PANEL} li")).to_have_count(len(PAGES) - 1)
    assert page.evaluate("window.stillHere")


def test_remarks_stand_beside_the_page(page: Page, folder: Path) -> None:
    """Remarks are a quiet line that opens into a list; what has to be fixed comes before them."""
    line = page.locator("#remarks summary")
    expect(line).to_be_hidden()
    write(folder, *PAGES, *(f"~{each}" for each in REMARKS))
    expect(line).to_have_text("2 remarks")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#remarks ul")).to_be_hidden()
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#remarks li")).to_have_text(REMARKS)
    expect(page.locator("#remarks code").first).to_have_text("exercises/lift.md:1")
    write(folder, *PAGES, f"~{REMARKS[0]}")
    expect(line).to_have_text("1 remark")
    expect(page.locator("#remarks ul")).to_be_visible()
    write(folder, f"!{PROBLEMS[0]}", f"~{REMARKS[0]}")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(line).to_be_hidden()
    write(folder, *PAGES)
    expect(page.locator("#status")).to_contain_text("Up to date at")
    expect(line).to_be_hidden()


def test_many_problems_scroll_in_their_box(page: Page, folder: Path) -> None:
    """A hundred lines leave most of the page in sight, and each can be reached by the keyboard."""
    write(folder, *(f"!chapters/{number}.md:1: wrong; mend it" for number in range(100)))
    expect(page.locator("#problems li")).to_have_count(100)
    box = page.locator("#problems").bounding_box()
    assert box is not None
    assert box["height"] < 0.45 * 800
    lines = page.locator("#problems ul")
    lines.focus()
    page.keyboard.press("End")
    expect(page.locator("#problems li").last).to_be_in_viewport()


def test_after_two_hundred_saves_the_last_is_seen(page: Page, folder: Path) -> None:
    """Saves that come faster than pages can be made end in the last one."""
    for number in range(200):
        write(folder, f"#{number:02x}0000", *PAGES[: number % 5], *["!wrong"] * (number % 2))
    write(folder, "yellow", "red")
    expect(page.locator(f"{PANEL} li")).to_have_count(2)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#status")).to_contain_text("Up to date at")
    expect(page.get_by_alt_text("Page 1 of 2").first).to_be_visible()
    assert eventually(lambda: colour(page, 0) == [16, 16, 0], 5)


def test_a_reload_keeps_tab_and_place(page: Page) -> None:
    """The chosen tab, the view and the place in it are there again after a reload by hand."""
    page.get_by_role("tab", name="Other").click()
    page.locator(f"{PANEL} select").select_option("two")
    scroll(page, 700)
    page.reload()
    expect(page.get_by_role("tab", name="Other")).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"{PANEL} select")).to_have_value("two")
    expect(page.locator(f"{PANEL} img").first).to_be_visible()
    assert top(page) == pytest.approx(700, abs=1)


def test_tabs_by_the_keyboard(page: Page) -> None:
    """The bar is one stop of the Tab key; the arrow keys, Home and End choose, and go round."""
    page.get_by_role("tab", name="Plain").focus()
    for key, name in (("ArrowRight", "Other"), ("End", "Website"), ("ArrowRight", "Plain")):
        page.keyboard.press(key)
        tab = page.get_by_role("tab", name=name)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
    assert page.locator("[role=tab][tabindex='0']").count() == 1


def test_the_website_in_its_frame(page: Page) -> None:
    """The website shows in a frame that runs no script; its downloads can be saved."""
    page.get_by_role("tab", name="Website").click()
    frame = page.frame_locator(f"{PANEL} iframe:not(.loading)")
    expect(frame.get_by_role("heading", name="Website")).to_be_visible()
    sandbox = page.locator(f"{PANEL} iframe").get_attribute("sandbox") or ""
    assert "allow-scripts" not in sandbox
    with page.expect_download() as saved:
        frame.get_by_role("link", name="Plain").click()
    assert saved.value.suggested_filename == "plain.pdf"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_axe_finds_nothing(
    browser: Browser, there: Running, folder: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Small and dark or wide and light, with problems and without, axe has nothing to say."""
    write(folder, *PAGES)
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    # axe is put into the page from outside, which its policy would not allow.
    page = context.new_page()
    page.goto(there.address)
    expect(page.get_by_alt_text("Page 1 of 6").first).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Up to date at")
    assert axe(page) == []
    write(folder, *PAGES, *(f"~{line}" for line in REMARKS * 10))
    page.locator("#remarks summary").click()
    expect(page.locator("#remarks li")).to_have_count(20)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    write(folder, *(f"!{line}" for line in PROBLEMS * 10))
    expect(page.locator("#problems li")).to_have_count(20)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small workshop that the real build process makes."""
    folder = tmp_path_factory.mktemp("real") / "source"
    return small.write(folder, "{handout: {}, epub: {}}")


@pytest.fixture(scope="module")
def real(source: Path) -> Iterator[Running]:
    """Run the preview as the command does."""
    with running(source, "serve") as there:
        next(state for state in there.states() if state["finishedAt"])
        yield there


@pytest.fixture
def opened(browser: Browser, real: Running) -> Iterator[Page]:
    """Open the real preview; nothing may go wrong on its page."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    wrong = watched(page)
    page.goto(real.address)
    expect(page.locator("#status")).to_contain_text("Up to date at", timeout=20_000)
    yield page
    page.close()
    assert wrong == []


def test_from_a_save_to_its_page(opened: Page, source: Path) -> None:
    """A save of an exercise's file is seen on the handout; a slip in it is the build's line."""
    mark(opened)
    exercise = source / "exercises" / "rest.md"
    good = exercise.read_text(encoding="utf-8")
    picture = opened.locator(f"{PANEL} li img").first
    expect(picture).to_be_visible()
    before = picture.get_attribute("src") or ""
    exercise.write_text(good.replace("2 min", "45 parsecs"), encoding="utf-8")
    line = opened.get_by_role("alert").locator("li")
    expect(line).to_contain_text("exercises/rest.md:3: ")
    with pytest.raises(SourceError) as error:
        load(source)
    expect(line).to_have_text([str(problem) for problem in error.value.problems])
    expect(picture).to_have_attribute("src", before)
    exercise.write_text(good.replace("2 min", "3 min"), encoding="utf-8")
    expect(opened.get_by_role("alert")).to_be_hidden()
    expect(picture).not_to_have_attribute("src", before)
    assert opened.evaluate("window.stillHere")


def test_the_e_book_in_its_reader(opened: Page, source: Path) -> None:
    """The e-book is shown by foliate-js, and after a save at the same place with its new words."""
    opened.get_by_role("tab", name="E-book").click()
    reader = opened.frame_locator(f"{PANEL} iframe")
    contents = reader.get_by_label("Contents")
    contents.select_option(label="1 Lie down")
    assert says(opened, "Lie on the floor, and breathe.")
    chapter = source / "chapters" / "01-lie-down.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("and breathe", "and hum"), encoding="utf-8")  # a shorter text
    assert says(opened, "Lie on the floor, and hum.")
    assert eventually(lambda: "breathe" not in on_its_page(opened))
    expect(contents.locator("option:checked")).to_have_text("1 Lie down")


def on_its_page(page: Page) -> str:
    """Return the text that the reader shows; its frames are out of reach of ordinary locators."""
    found = ""
    for frame in page.frames:
        if frame.url.startswith("blob:"):
            with suppress(Error):  # a frame that has just gone
                found += frame.evaluate("document.body ? document.body.innerText : ''").replace(
                    "\xa0", " "
                )
    return found


def says(page: Page, words: str) -> bool:
    """Return whether the reader shows the words, soon."""

    def seen() -> bool:
        page.wait_for_timeout(20)  # lets the browser tell of its frames
        return words in on_its_page(page)

    return eventually(seen, 10)


def test_the_e_books_own_pages(real: Running) -> None:
    """Where the reader is not installed, the book's own pages are there, its contents first."""
    first = real.get("/book/epub/")
    assert first.status == 307
    contents = real.get(f"/book/epub/{first.headers['location']}")
    assert b"Lie down" in contents.body
    assert contents.headers["content-type"] == "application/xhtml+xml"
    assert real.get("/book/epub/EPUB/nothing.xhtml").status == 404
