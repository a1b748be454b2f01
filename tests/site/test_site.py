"""The website of the package: which files it has, what they say, where they lead."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html
from PIL import Image
from pypdfium2 import PdfDocument

import small
from commands import command
from packages import forks
from sample import Sample, source
from workshop_builder import build, load
from workshop_builder.errors import WorkshopError
from workshop_builder.pages.labels import Labels
from workshop_builder.site import earlier_versions
from workshop_builder.source.addresses import exercise_page, site_folder

pytestmark = forks

PRODUCTS = "{epub: {}, website: {}}"
WEB = "website: {url: https://studio.example/rest, read: [01-lie-down]}\nversion: '1.2'\n"


def made(folder: Path, more: dict[str, str] | None = None, settings: str = "") -> Path:
    """Build the website of the small workshop, with `more` files; return its folder."""
    place = small.write(folder / "source", PRODUCTS, more)
    sheet = place / "workshop.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + settings, encoding="utf-8")
    build(load(place), folder / "dist", only=("website",))
    return folder / "dist" / "site"


def tree(path: Path) -> html.HtmlElement:
    """Return a page as a browser reads it."""
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def size(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture, in pixels."""
    with Image.open(path) as picture:
        return picture.size


def words(element: html.HtmlElement) -> str:
    """Return the text of an element, with single blanks."""
    return " ".join(element.text_content().split())


@cache
def ids(path: Path) -> frozenset[str]:
    """Return the names to which links may lead in a page."""
    return frozenset(tree(path).xpath("//@id"))


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the website of the small workshop under an address on the web; return its folder."""
    return made(tmp_path_factory.mktemp("web"), settings=WEB)


def test_every_link_of_a_small_site_leads_somewhere(web: Path) -> None:
    """Each address within the site, on every page, is a file of it and a place on its page."""
    assert lost_links(web, "/rest/") == []


def test_a_chapter_to_read_is_a_page(web: Path) -> None:
    """It has its text and the words of safety, and the first page leads to it."""
    page = tree(web / "chapters" / "01-lie-down.html")
    assert words(page.find(".//h1")) == "Lie down"
    assert page.xpath("//*[@data-safe='stop:0']")
    assert tree(web / "index.html").xpath("//nav//a[@href='chapters/01-lie-down.html']")


@pytest.mark.slow
def test_every_link_of_the_sample_leads_somewhere(sample: Sample) -> None:
    """The sample's site, which has every kind of page, has no link that leads nowhere."""
    assert lost_links(sample.folder / "site", "/back-pain/") == []


def lost_links(site: Path, folder: str) -> list[tuple[str, str]]:
    """Return page and address of each link that leads nowhere in a site at studio.example."""
    lost = []
    for page in site.rglob("*.html"):
        base = f"https://studio.example{folder}"
        here = base if page.name == "embed.html" else base + page.relative_to(site).as_posix()
        root = tree(page)
        addresses = root.xpath("//@href | //@src | //form/@action")
        addresses += [p.split()[0] for s in root.xpath("//@srcset") for p in s.split(", ")]
        for address in addresses:
            full = urlsplit(urljoin(here, address))
            if not full.geturl().startswith(base):
                continue
            place = site / (unquote(full.path.removeprefix(folder)) or "index.html")
            known = place.is_file()
            if known and full.fragment and place.suffix == ".html":
                known = unquote(full.fragment) in ids(place)
            if not known:
                lost.append((page.name, address))
    return lost


@pytest.mark.slow
def test_every_exercise_has_a_page_with_all_that_keeps_it_safe(sample: Sample) -> None:
    """The page of each exercise has its name, steps, dose, caution and the words of safety."""
    workshop, labels = source(), Labels(source().language)
    for exercise in workshop.exercises.values():
        root = tree(sample.folder / "site" / exercise_page(exercise.id))
        said = words(root)
        number = workshop.in_order.index(exercise.id) + 1
        assert words(root.find(".//h1")) == f"{number} {exercise.fields.name}"
        steps = [words(step) for step in root.findall(".//ol[@class='steps']/li")]
        assert steps == [step.plain for step in exercise.steps]
        wanted = [exercise.fields.caution, *workshop.settings.safety.stop_if]
        wanted += [workshop.settings.safety.disclaimer, *exercise.fields.avoid_with]
        assert [text for text in wanted if text and text.plain not in said] == [], exercise.id
        *_, dose = root.find_class("dose")
        assert dose.text_content() == f"{labels.dose(exercise.fields)}."


@pytest.mark.slow
def test_the_page_shows_what_it_is_and_for_whom(sample: Sample) -> None:
    """The page has title, description, goals, chapters, safety, version and every download."""
    root = tree(sample.folder / "site" / "index.html")
    said = words(root)
    settings = source().settings
    assert words(root.find(".//h1")) == settings.title
    chapters = [c for c in source().chapters if c.fields.audience == "everyone"]
    texts = (settings.description, *settings.goals, *settings.safety.flags("emergency"))
    wanted = [*(str(text) for text in texts), *(chapter.fields.title for chapter in chapters)]
    assert [words for words in wanted if words not in said] == []
    offered = [e for e in sample.manifest["files"] if e["offered"] or e["product"] == "bundle"]
    links = {str(a).rpartition("/")[2] for a in root.xpath("//ul[@class='files']//a/@href")}
    assert links == {entry["file"] for entry in offered}
    found = root.xpath("//ol[@class='contents']/li/a")
    assert settings.website
    read = {f"chapters/{name}.html" for name in settings.website.read}
    assert read <= {link.get("href") for link in found}
    assert len(found) == len(chapters)
    in_book = [link for link in found if "#page=" in link.get("href")]
    assert len(in_book) == len(chapters) - len(read)
    for link in in_book:
        path, _, page = link.get("href").partition("#page=")
        with PdfDocument(sample.folder / "site" / path) as book:
            told = " ".join(book[int(page) - 1].get_textpage().get_text_range().split())
            assert words(link)[:12] in told


@pytest.mark.slow
def test_downloads_are_the_files_of_the_package(sample: Sample) -> None:
    """Downloads are those of the package but for the teacher's, and the sums are theirs."""
    folder = sample.folder / "site" / "downloads"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: told for told, name in (line.split("  ") for line in lines)}
    found = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert found == sums.keys()
    assert not any("teacher" in name for name in found)
    for name, told in sums.items():
        data = (folder / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == told
        assert data == (sample.folder / name).read_bytes()


@pytest.mark.slow
def test_pictures_for_sharing_have_their_sizes(sample: Sample) -> None:
    """The shared picture is 1200 by 630 pixels, the icon a square, thumbnails have three widths."""
    site = sample.folder / "site"
    assert size(site / "share.png") == (1200, 630)
    width, height = size(site / "favicon.png")
    assert width == height >= 96
    widths = {size(path)[0] for path in site.glob("pages/*.webp")}
    assert widths == {120, 240, 360}


def test_asking_for_the_website_makes_what_it_offers(tmp_path: Path) -> None:
    """`--only website` makes the downloads too, and never the teacher's guide."""
    place = small.write(tmp_path / "source", "{handout: {}, teacher: {}, website: {}}")
    build(load(place), tmp_path / "dist", only=("website",))
    names = {path.name for path in (tmp_path / "dist").iterdir()}
    assert names == {"rest-handout.pdf", "rest.zip", "manifest.json", "site"}


def test_a_site_without_an_address_works_from_its_folder(tmp_path: Path) -> None:
    """Without `website`, no page names an address on the web, and there is no card to embed."""
    site = made(tmp_path)
    assert not (site / "embed.html").exists()
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "canonical" not in page
    assert "og:url" not in page


def test_the_form_asks_for_no_more_than_it_needs(tmp_path: Path) -> None:
    """The newsletter's form posts to the provider; the address is required, the name is not."""
    letter = (
        "website: {url: https://studio.example/rest, newsletter: {name: News & more, "
        "action: 'https://mail.example/join?u=1&id=2', privacy: https://studio.example/privacy, "
        "email_field: EMAIL, name_field: FNAME}}\n"
    )
    (form,) = tree(made(tmp_path, settings=letter) / "index.html").forms
    assert (form.method, form.action) == ("POST", "https://mail.example/join?u=1&id=2")
    fields = {field.name: field for field in form.findall(".//input")}
    assert fields.keys() == {"EMAIL", "FNAME"}
    assert fields["EMAIL"].get("type") == "email"
    assert [name for name, field in fields.items() if field.get("required")] == ["EMAIL"]
    assert all(form.find(f".//label[@for='{f.get('id')}']") is not None for f in fields.values())
    assert "News & more" in words(form)
    assert form.find(".//a").get("href") == "https://studio.example/privacy"


def test_without_a_newsletter_there_is_no_form(web: Path) -> None:
    """A website that names no newsletter has no form at all."""
    assert tree(web / "index.html").forms == []


def test_the_page_tells_old_paper_from_new(web: Path) -> None:
    """Each page has a line for its own version, and one for each version before it."""
    for name in ("index.html", "exercises/rest.html"):
        root = tree(web / name)
        (note,) = root.find_class("version")
        assert note.get("id") == "v1.2"
        old = {p.get("id"): words(p) for p in note.find_class("old")}
        assert list(old)[:2] == ["v1.1", "v1.0"]
        assert "1.1" in old["v1.1"]
        assert "1.2" in old["v1.1"]


@pytest.mark.parametrize(
    ("version", "earlier"),
    [
        ("0.2", ("0.1", "0.0")),
        ("1.0", ("0.9", "0.8", "0.7", "0.6", "0.5", "0.4", "0.3", "0.2", "0.1", "0.0")),
        ("spring", ()),
        ("2026", ()),
        ("1.2.3", ()),
    ],
)
def test_versions_before(version: str, earlier: tuple[str, ...]) -> None:
    """Versions of two numbers have others before them; of other names nothing is guessed."""
    assert earlier_versions.earlier_than(version) == earlier


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://studio.example/rest", "https://studio.example/rest/exercises/a.html"),
        ("https://studio.example/rest/", "https://studio.example/rest/exercises/a.html"),
        ("https://studio.example/rest.html", "https://studio.example/exercises/a.html"),
        ("https://studio.example", "https://studio.example/exercises/a.html"),
    ],
)
def test_where_the_pages_stand(url: str, page: str) -> None:
    """The site's folder is found from the address of its page, however that is written."""
    assert site_folder(url) + exercise_page("a") == page


@pytest.mark.parametrize(
    ("files", "place", "about"),
    [
        (
            {"styles/site-dark.css": ".care-first { color: #111 }"},
            "styles/site-dark.css",
            "'color'",
        ),
        ({"styles/site.css": ".care-first { display: none }"}, "styles/site.css", "cold floor"),
        ({"styles/site.css": "main { opacity: 0 }"}, "styles/site.css", "sharp pain"),
        ({"styles/site.css": "h1 { background: url(gone) }"}, "templates/site.html", "'gone'"),
        (
            {"templates/parts/site-foot.html": '<p><img src="https://far.example/a.png"/></p>'},
            "templates/site.html",
            "far.example",
        ),
        ({"templates/parts/site-foot.html": "<p>Open"}, "templates/site.html", "well-formed"),
    ],
)
def test_what_would_make_the_site_less(
    tmp_path: Path, files: dict[str, str], place: str, about: str
) -> None:
    """A style or template that hides a warning or shows what is not there fails the build."""
    with pytest.raises(WorkshopError) as error:
        made(tmp_path, files)
    lines = [str(problem) for problem in error.value.problems]
    assert any(line.startswith(place) and about in line for line in lines), lines
    assert not (tmp_path / "dist").exists()


def test_the_card_says_that_it_is_no_diagnosis(tmp_path: Path) -> None:
    """The card to embed has the disclaimer, and a template without it fails the build."""
    safe = small.SETTINGS.replace(
        "[sharp pain]", "[sharp pain]\n  disclaimer: No diagnosis & more."
    )
    files = {"workshop.yaml": safe.format(products=PRODUCTS) + WEB}
    card = (made(tmp_path / "good", files) / "embed.html").read_text(encoding="utf-8")
    assert "No diagnosis &amp; more." in card
    files["templates/parts/site-embed.html"] = "<p>Download it</p>"
    with pytest.raises(WorkshopError, match="No diagnosis & more"):
        made(tmp_path / "bad", files)


@pytest.mark.slow
def test_own_files_beside_the_site_are_kept(tmp_path: Path) -> None:
    """What a studio puts into the site's folder is still there after the next build."""
    source_folder = small.write(tmp_path / "source", PRODUCTS)
    dist = tmp_path / "dist"
    assert command("build", source_folder, "-o", dist).stderr == ""
    own = dist / "site" / "google1234.html"
    own.write_text("mine", encoding="utf-8")
    (dist / "site" / "exercises" / "mine").mkdir()
    chapter = source_folder / "chapters" / "01-lie-down.md"
    chapter.write_text(small.CHAPTER + "\nAnd again.\n", encoding="utf-8")
    assert command("build", source_folder, "-o", dist).stderr == ""
    assert own.read_text(encoding="utf-8") == "mine"
    assert (dist / "site" / "exercises" / "mine").is_dir()
