"""The website in a real browser: on a phone and a desk, light and dark, without a script."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pypdfium2 import PdfDocument, PdfPage

from bench_web import weight
from judges.browser import axe, browser, served
from sample import Sample, source
from small import EXERCISE, SETTINGS, write
from workshop_builder import build, load

pytestmark = pytest.mark.judge

SHOWN = Path(__file__).parents[2] / "build" / "site"
"""Where the pages can be looked at after a test run."""
FIRST_VIEW, WHOLE, MOST_REQUESTS = 100_000, 300_000, 20
"""Bytes over the wire; text is counted packed by gzip, as web hosts send it. The requests are those
before anyone scrolls, since each exercise has a picture, which is fetched when it is near."""
PATIENT = 5
"""Files that one visitor takes: Chromium holds back one who takes very many in a row."""
PHONE: ViewportSize = {"width": 360, "height": 780}
SCROLL = """async () => {
  for (const image of document.images) {
    image.scrollIntoView({ behavior: "instant" })
    await new Promise(requestAnimationFrame)
  }
}"""
SIZE = """element => [
  element.clientWidth, element.clientHeight, document.documentElement.scrollHeight
]"""
PLACE = """element => {
  const { top, bottom } = element.getBoundingClientRect()
  return [top, bottom, innerHeight]
}"""
IN_VIEW = "element => element.getBoundingClientRect().top < innerHeight"
HOSTILE = """<!doctype html><html lang="en"><head><title>Host</title><style>
* { font-size: 60px !important; color: yellow !important; background: yellow !important }
p, a, ul, li, section, span, img { display: none !important; position: fixed; left: -999px }
a::after { content: "host" } li::marker { content: "host" }
#host p { margin: 99px !important; text-transform: uppercase !important }
</style></head><body><div id="host"><p id="own">Own words</p>CARD</div></body></html>"""
LOOKS = """element => {
  const { fontSize, color, display, position, textTransform } = getComputedStyle(element)
  return [fontSize, color, display, position, textTransform]
}"""


@pytest.fixture(scope="module")
def chrome() -> Browser:
    """Return Chromium."""
    return browser()


@pytest.fixture(scope="module")
def web(sample: Sample) -> Iterator[str]:
    """Give the address under which the site is served on this machine."""
    with served(sample.folder / "site") as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1440, "dark")])
def test_pages_fit_every_screen(chrome: Browser, web: str, width: int, scheme: Any) -> None:  # noqa: ANN401
    """No page is wider than the screen, and all pictures are shown."""
    context = chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for name in ("index.html", "routine.html", "exercises/hip-flexor-stretch.html"):
        page.goto(web + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _unseen(page) == []
        SHOWN.mkdir(parents=True, exist_ok=True)
        page.screenshot(
            path=SHOWN / f"{Path(name).stem}-{width}-{scheme}.png", full_page=True, scale="css"
        )
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
@pytest.mark.parametrize(
    "name",
    [
        *("index.html", "routine.html", "exercises/hip-flexor-stretch.html"),
        "chapters/10-four-weeks.html",
    ],
)
def test_axe_has_nothing_to_say(
    chrome: Browser,
    web: str,
    name: str,
    width: int,
    scheme: Any,  # noqa: ANN401  Playwright's own literals
) -> None:
    """No page has a fault that axe knows, in light and in dark."""
    context = chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(web + name)
    assert axe(page) == []
    context.close()


def test_wide_things_fit_a_phone(chrome: Browser, tmp_path: Path) -> None:
    """Whatever is long, in whatever place: no page of the website or e-book is moved sideways."""
    long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    address = f"https://studio.example/{long * 3}"
    row = f"| {long} " * 10
    parts = [f"## {long}", f"{row}\n{'|---' * 10}\n{row}", f"- `{long * 3}`\n- <{address}>"]
    chapter = "\n\n".join([f"---\ntitle: {long}\n---", *parts, f"```\n{long * 3}\n```\n"])
    often = EXERCISE.replace("Not on", f"Not {long} {address}").replace("daily", f"daily {long}")
    files = {"chapters/01-lie-down.md": chapter, "exercises/rest.md": often.replace("Rest", long)}
    settings = SETTINGS.replace("Rest well", long).replace("sharp", long)
    files["workshop.yaml"] = settings.format(products="{epub: {}, website: {}}")
    build(load(write(tmp_path / "wide", more=files)), tmp_path / "dist")
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.epub"))) as book:
        book.extractall(tmp_path)
    pages = [*(tmp_path / "EPUB").glob("*.xhtml"), *(tmp_path / "dist/site").rglob("*.html")]
    page = chrome.new_page(viewport={"width": 360, "height": 900})
    widths = {}
    for path in pages:
        page.goto(path.as_uri())
        widths[path.name] = page.evaluate("document.scrollingElement.scrollWidth")
    assert set(widths.values()) == {360}, widths
    page.close()


@pytest.mark.parametrize(
    ("motion", "first", "switch", "second"),
    [
        ("no-preference", ".webp", "Stop the movement", ".svg"),
        ("reduce", ".svg", "Show the movement", ".webp"),
    ],
)
def test_an_exercise_moves_for_who_likes(
    chrome: Browser,
    sample: Sample,
    motion: Any,  # noqa: ANN401  Playwright's own literals
    first: str,
    switch: str,
    second: str,
) -> None:
    """Who asked for less motion sees the still picture; a tick shows the other, and one is shown.

    That is so without a script, from a folder, by the keyboard; axe has nothing to say of either.
    """
    place = (sample.folder / "site/exercises/bridge.html").as_uri()
    with chrome.new_context(reduced_motion=motion, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place)
        box = page.get_by_role("checkbox", name=switch, exact=True)
        pictures = page.locator("main figure img:visible")
        for ending in (first, second, first):
            assert pictures.count() == 1
            shown = pictures.evaluate("async image => (await image.decode(), image.currentSrc)")
            assert shown.endswith(ending)
            box.press("Space")
    with chrome.new_context(reduced_motion=motion) as context:
        page = context.new_page()
        page.goto(place)
        assert axe(page) == []
        page.get_by_role("checkbox", name=switch).click()
        assert axe(page) == []


def _unseen(page: Page) -> list[str]:
    """Return the pictures of a page that are not shown, though each was scrolled to."""
    page.evaluate(SCROLL)
    shown = "[...document.images].filter(image => image.offsetParent)"
    page.wait_for_function(f"{shown}.every(image => image.complete)")
    found: list[str] = page.evaluate(
        f"{shown}.filter(image => !image.naturalWidth).map(image => image.src)"
    )
    return found


def test_everything_works_without_a_script(chrome: Browser, web: str) -> None:
    """With scripts off the page is whole, and tells old paper from new by its address alone."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    version = source().settings.version
    place = f"{web}exercises/knees-to-chest.html"
    for fragment, seen in (("", []), (f"#v{version}", ["same"]), ("#v0.9", ["old"])):
        page.goto("about:blank")
        page.goto(place + fragment)
        shown = [
            name
            for name in ("any", "same", "old")
            if any(item.is_visible() for item in page.locator(f".version .{name}").all())
        ]
        assert shown == seen, fragment
    assert not page.get_by_role("button").filter(visible=True).count()
    assert page.locator("ol.steps li").count() == len(source().exercises["knees-to-chest"].steps)
    page.get_by_role("link", name=source().settings.title).click()
    assert page.get_by_role("heading", level=1).inner_text() == source().settings.title
    context.close()


def test_the_routine_is_led_through_without_a_script(chrome: Browser, web: str) -> None:
    """From the first button, links alone lead through each exercise of the routine to its end."""
    names = [exercise.fields.name for exercise in source().select(("core",))]
    with chrome.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(web)
        page.get_by_role("link", name="Start the routine (4–6 minutes)").click()
        page.get_by_role("link", name="Begin").click()
        for name in [*(f"Next: {name}" for name in names[1:]), "Finish"]:
            page.get_by_role("link", name=name, exact=True).click()
        assert page.get_by_role("heading", name="Well done").evaluate(IN_VIEW)


def test_the_clock_is_of_the_chosen_week_and_side(chrome: Browser, web: str) -> None:
    """Where holds grow, the week is chosen once, and each side has a clock, without a script."""
    exercise = source().exercises["hip-flexor-stretch"]
    with chrome.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{web}routine.html")
        for week, hold in enumerate(exercise.fields.hold_by_week, 1):
            page.get_by_role("radio", name=f"Week {week}", exact=True).press("Space")
            clocks = page.locator("#do-hip-flexor-stretch .clock label:visible")
            time = f"{hold.low // 60}:{hold.low % 60:02}"
            told = [f"Start the clock: {side} {time}" for side in ("right", "left")]
            assert clocks.all_text_contents() == told


@pytest.mark.parametrize("size", [PHONE, {"width": 1440, "height": 900}])
@pytest.mark.parametrize("name", ["routine.html", "exercises/hip-flexor-stretch.html"])
def test_a_running_clock_changes_nothing_else(
    chrome: Browser, web: str, name: str, size: ViewportSize
) -> None:
    """The picture stays as large, the page as long, and both are seen, while words are scrolled."""
    with chrome.new_context(java_script_enabled=False, viewport=size) as context:
        page = context.new_page()
        page.goto(web + name)
        parts = page.locator(".one-parts:has(.clock)").last
        picture = parts.locator(".plate img:visible")
        before = picture.evaluate(SIZE)
        parts.locator(".clocks:visible input").first.press("Space")
        parts.locator(".steps").scroll_into_view_if_needed()
        assert picture.evaluate(SIZE) == before
        for part in (picture, parts.locator(".dial:visible")):
            top, bottom, height = part.evaluate(PLACE)
            assert 0 <= top < bottom <= height
        bar = parts.locator(".clocks:visible").evaluate(PLACE)
        assert bar[0] <= parts.locator(".running:visible").evaluate(PLACE)[0]


def test_when_to_stop_is_told_before_the_steps(sample: Sample) -> None:
    """On the page of an exercise, with the way to what cannot wait; in full behind the steps."""
    pages = list((sample.folder / "site" / "exercises").glob("*.html"))
    assert len(pages) == len(source().exercises)
    for place in pages:
        before, _, after = place.read_text(encoding="utf-8").partition('class="steps"')
        assert source().settings.safety.stop_if[0].plain in before
        for way in ('href="#stop"', 'href="#safety"'):
            assert way in before, place.name
        for found in ('id="stop"', 'data-safe="stop:0"', 'href="tel:112"', 'id="safety"'):
            assert found in after, place.name


def test_what_to_do_comes_into_sight_at_once(chrome: Browser, web: str) -> None:
    """On a phone the first step stands below one picture, and the routine can be begun."""
    page = chrome.new_page(viewport={"width": 360, "height": 780})
    longest = [f"exercises/{name}.html" for name in ("straight-leg-hamstring", "bridge")]
    for name, part, most in [
        *((name, ".steps li", 700) for name in longest),
        *((name, ".ready .button", 620) for name in ("routine.html", "routine-2.html")),
    ]:
        page.goto(web + name)
        assert page.locator(part).first.evaluate("e => e.getBoundingClientRect().top") <= most
    page.close()


def test_exercises_can_be_shown_by_kind(chrome: Browser, web: str) -> None:
    """At a touch only the exercises of one kind are shown, and at another all again."""
    wanted = [e.fields.kind == "strength" for e in source().exercises.values()].count(True)
    with chrome.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(web)
        for name, count in (("Strength", wanted), ("All", len(source().exercises))):
            page.get_by_role("radio", name=name, exact=True).press("Space")
            assert page.locator("[data-kind]:visible").count() == count


def test_a_page_of_an_exercise_prints_on_one_sheet(chrome: Browser, web: str) -> None:
    """On paper the page of an exercise is one sheet of A4 or Letter, with its words of safety."""
    page = chrome.new_page(reduced_motion="reduce")
    for name in ("straight-leg-hamstring", "cat-camel"):
        page.goto(f"{web}exercises/{name}.html")
        for paper in ("A4", "Letter"):
            with PdfDocument(page.pdf(format=paper)) as printed:
                assert len(printed) == 1
                assert _right_of_margin(printed[0]) == []
                assert "sharp pain" in printed[0].get_textpage().get_text_range()
    page.close()


def test_the_card_is_right_in_any_character_set(sample: Sample) -> None:
    """The card to embed is plain ASCII, so that a page in another character set shows it right."""
    card = (sample.folder / "site" / "embed.html").read_bytes()
    assert card.isascii()


def test_every_download_is_what_its_sum_says(chrome: Browser, web: str, sample: Sample) -> None:
    """Each file that a visitor clicks arrives whole, under its own name."""
    lines = (sample.folder / "site" / "downloads" / "SHA256SUMS").read_text(encoding="utf-8")
    sums = {name: told for told, name in (line.split("  ") for line in lines.splitlines())}
    arrived: dict[str, str] = {}
    for start in range(0, len(sums), PATIENT):
        context = chrome.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.goto(web, wait_until="domcontentloaded")
        for number in range(start, min(start + PATIENT, len(sums))):
            with page.expect_download() as expected:
                page.locator(".files a").nth(number).click()
            data = Path(expected.value.path()).read_bytes()
            arrived[expected.value.suggested_filename] = hashlib.sha256(data).hexdigest()
        context.close()
    assert arrived == sums


def test_the_site_opens_from_its_folder(chrome: Browser, sample: Sample) -> None:
    """From the disk, without a server, pages have their style, pictures and links."""
    page = chrome.new_page()
    page.goto((sample.folder / "site" / "index.html").as_uri())
    assert _unseen(page) == []
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Atkinson" in family
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('1em \"Atkinson Hyperlegible\"')")
    page.get_by_role("link", name="Bridge").click()
    assert page.get_by_role("heading", level=1).inner_text().endswith("Bridge")
    assert _unseen(page) == []
    page.close()


def test_the_page_of_an_exercise_is_light(chrome: Browser, web: str) -> None:
    """A page with a film needs no more bytes than any other may need in all."""
    for name in ("bridge", "knee-rolls"):
        _, whole, requests = weight(chrome, f"{web}exercises/{name}.html", 360, 3)
        assert whole <= WHOLE
        assert requests <= MOST_REQUESTS


def test_the_page_is_light(chrome: Browser, web: str) -> None:
    """The page needs no more bytes and requests than promised, on a screen with many dots too."""
    for scale, width in ((1, 1440), (3, 360)):
        first, whole, requests = weight(chrome, web, width, scale)
        assert first <= FIRST_VIEW
        assert whole <= WHOLE
        assert requests <= MOST_REQUESTS


def test_the_card_stands_in_a_hostile_page(chrome: Browser, sample: Sample) -> None:
    """Pasted into a page with the worst of styles, the card looks the same and changes nothing."""
    card = (sample.folder / "site" / "embed.html").read_text(encoding="utf-8")
    assert "<script" not in card
    assert " id=" not in card
    calm = HOSTILE.partition("<style>")[0] + HOSTILE.partition("</style>")[2]
    looks, own = [], []
    for host in (calm, HOSTILE):
        page = chrome.new_page(viewport={"width": 360, "height": 800})
        page.route("**/*", lambda route: route.abort())
        page.set_content(host.replace("CARD", card))
        parts = page.locator(".workshop-card, .workshop-card *")
        looks.append([part.evaluate(LOOKS) for part in parts.all()])
        own.append(page.locator("#own").evaluate(LOOKS))
        page.set_content(host.replace("CARD", ""))
        assert page.locator("#own").evaluate(LOOKS) == own[-1]
        page.close()
    assert looks[0] == looks[1]
    assert own[0] != own[1]


def test_axe_sees_a_fault(chrome: Browser) -> None:
    """The judge bites: text without contrast and a picture without words are found."""
    page = chrome.new_page()
    page.set_content(
        '<html lang="en"><title>Bad</title><main><h1 style="color:#eee">Hard</h1><img src="a.png">'
    )
    found = " ".join(axe(page))
    assert "color-contrast" in found
    assert "image-alt" in found
    page.close()


def _right_of_margin(page: PdfPage) -> list[str]:
    """Return the letters on paper that stand in its margin at the right, of 13 mm."""
    text = page.get_textpage()
    edge = page.get_width() - 13 / 25.4 * 72
    boxes = ((n, text.get_charbox(n)) for n in range(text.count_chars()))
    return [text.get_text_range(n, 1) for n, box in boxes if box[2] > edge + 1]
