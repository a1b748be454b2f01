"""Feeds: what e-reader programs are told, and whether they get the e-book."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ebooklib import epub
from lxml import etree

import offers
from judges.opds import Publication, opened, served
from workshop_builder import build
from workshop_builder.metadata import opds
from workshop_builder.metadata.offer import Download, Image, Offer

OPEN = "http://opds-spec.org/acquisition/open-access"
COVER = "http://opds-spec.org/image"
NAMES = {"a": "http://www.w3.org/2005/Atom", "dc": "http://purl.org/dc/terms/"}
PLAIN = {"image/jpeg", "image/png", "image/gif"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def sample() -> Offer:
    """Return the sample's offer."""
    return offers.sample()


@pytest.fixture(params=["sample", "german", "bare", "many"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Offer:
    """Return each offer in turn."""
    makers: dict[str, Callable[[], Offer]] = {
        "sample": offers.sample,
        "german": lambda: offers.german(tmp_path),
        "bare": lambda: offers.bare(tmp_path),
        "many": lambda: offers.many(tmp_path),
    }
    return makers[request.param]()


def _feed(offer: Offer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(opds.opds_2(offer))
    return found


# --- A program opens them ------------------------------------------------------------------------


def _stored(folder: Path, offer: Offer) -> None:
    """Write both feeds and the e-book of an offer as a web host would have them."""
    (folder / "opds.xml").write_bytes(opds.opds_1(offer))
    (folder / "opds.json").write_bytes(opds.opds_2(offer))
    for item in offer.downloads:
        if item.format == "epub":
            place = folder / item.path
            place.parent.mkdir()
            place.write_bytes(offers.EPUB)


def _told(publication: Publication) -> tuple[object, ...]:
    """Return what a program shows of a publication, without where things are."""
    files = [(link.type, link.title) for link in publication.links]
    return (publication.title, publication.identifier, publication.authors, files)


@pytest.mark.judge
def test_reader_programs_find_and_fetch_the_e_book(tmp_path: Path) -> None:
    """Three ways of reading the feeds show the same shelf and fetch the same e-book from it."""
    workshop = offers.written(tmp_path / "w", {"workshop.yaml": offers.BARE + "author: Änn\n"})
    book = offers.pdf("downloads/book.pdf", "book", "standard", "a4", 9)
    large = offers.pdf("downloads/sheet.pdf", "handout", "large-print", "a4", 2)
    offer = offers.offer(workshop, (book, large, offers.epub("downloads/sanft & lei se.epub")))
    (tmp_path / "site").mkdir()
    _stored(tmp_path / "site", offer)
    with served(tmp_path / "site") as address:
        found = opened(address)
    assert found.keys() == {"Thorium, 1.2", "Thorium, 2.0", "library, 1.2"}
    for shelf in found.values():
        assert shelf.sha256 == hashlib.sha256(offers.EPUB).hexdigest()
        whole, sheet = shelf.publications
        titles = [(link.type, link.title) for link in whole.links]
        assert titles == [("application/epub+zip", "E-book"), ("application/pdf", "Workshop book")]
        assert (whole.authors, sheet.title) == (("Änn",), "Rest: Class handout")
        assert [link.title for link in sheet.links] == ["Class handout, large print"]
        assert all("share.png" in "".join(one.images) for one in shelf.publications)
    first, *others = [[_told(one) for one in shelf.publications] for shelf in found.values()]
    assert others == [first, first]


@pytest.mark.judge
def test_a_spoilt_feed_is_noticed(tmp_path: Path) -> None:
    """The programs find no e-book where a feed has its kind of link wrong."""
    offer = offers.bare(tmp_path / "w")
    (tmp_path / "site").mkdir()
    _stored(tmp_path / "site", offer)
    for name in ("opds.xml", "opds.json"):
        path = tmp_path / "site" / name
        path.write_bytes(path.read_bytes().replace(b"acquisition/open-access", b"acquisition/opn"))
    with served(tmp_path / "site") as address:
        assert {shelf.sha256 for shelf in opened(address).values()} == {None}


# --- OPDS 2.0, by its rules ----------------------------------------------------------------------


def _faults_2(feed: dict[str, Any]) -> Iterator[str]:
    """Yield each rule of OPDS 2.0 and of Readium's manifest that a feed breaks."""
    if not feed["metadata"].get("title"):
        yield "a feed has a title"
    if not any(link["rel"] == "self" for link in feed["links"]):
        yield "a feed has a link to itself"
    if not feed.keys() & {"publications", "navigation", "groups"}:
        yield "a feed has a collection"
    for publication in feed["publications"]:
        yield from _publication_faults(publication)
    for link in _links(feed):
        if not link.get("href") or not re.fullmatch(r"[\w.+-]+/[\w.+-]+(;.+)?", link["type"]):
            yield f"a link has an address and a media type: {link}"
        if any(not isinstance(link.get(n, 1), int) or link.get(n, 1) < 1 for n in SIZES):
            yield f"a size is a whole number above 0: {link}"


SIZES = ("width", "height")


def _publication_faults(publication: dict[str, Any]) -> Iterator[str]:
    about = publication["metadata"]
    if not about.get("title"):
        yield "a publication has a title"
    if not urlsplit(about["identifier"]).scheme or not urlsplit(about["@type"]).scheme:
        yield "identifier and type are URIs"
    if not MOMENT.fullmatch(about.get("modified", "2000-01-01T00:00:00Z")):
        yield "modified is a moment with a zone"
    if not any(link["rel"].startswith(f"{OPEN[:-12]}") for link in publication["links"]):
        yield "a publication has an acquisition link"
    if not any(image["type"] in PLAIN for image in publication.get("images", [])):
        yield "one of the images is a JPEG, PNG or GIF"
    access = about["accessibility"]
    if not set(access["accessMode"]) <= {"textual", "visual"}:
        yield "the access modes are those of the list"


def _links(feed: dict[str, Any]) -> list[dict[str, Any]]:
    more = [[*p["links"], *p.get("images", [])] for p in feed["publications"]]
    return [*feed["links"], *(link for links in more for link in links)]


def test_opds_2_keeps_its_rules(site: Offer) -> None:
    """The feed has all that the specification and its schema demand."""
    assert list(_faults_2(_feed(site))) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"rel": "self"', '"rel": "shelf"', "a feed has a link to itself"),
        ("image/png", "image/avif", "one of the images is a JPEG, PNG or GIF"),
        ("acquisition", "acquired", "a publication has an acquisition link"),
        ("T00:00:00Z", "", "modified is a moment with a zone"),
        ('"urn:uuid:', '"', "identifier and type are URIs"),
    ],
)
def test_the_rules_bite(sample: Offer, old: str, new: str, rule: str) -> None:
    """A feed spoilt on purpose breaks just the rule that it was spoilt for."""
    text = opds.opds_2(sample).decode()
    assert old in text
    assert set(_faults_2(json.loads(text.replace(old, new)))) == {rule}


# --- OPDS 1.2, by its rules ----------------------------------------------------------------------


def _faults_1(data: bytes) -> Iterator[str]:
    """Yield each rule of Atom and of OPDS 1.2 that a feed breaks."""
    feed = etree.fromstring(data)
    entries = feed.findall("a:entry", NAMES)
    for element in (feed, *entries):
        yield from _atom_faults(element)
        own = element.findall("a:link[@rel='self']", NAMES)
        if (feed is element) != bool(own):
            yield "the feed alone has a link to itself"
    ids = [element.findtext("a:id", "", NAMES) for element in (feed, *entries)]
    if len(set(ids)) != len(ids):
        yield "each id is its own"
    for entry in entries:
        yield from _entry_faults(entry)


def _atom_faults(element: etree._Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(element.findall(f"a:{name}", NAMES)) != 1:
            yield f"there is one {name}"
    if not MOMENT.fullmatch(element.findtext("a:updated", "", NAMES)):
        yield "updated is a moment with a zone"
    if not urlsplit(element.findtext("a:id", "", NAMES)).scheme:
        yield "an id is a URI"
    if not element.findtext("a:author/a:name", "", NAMES).strip():
        yield "there is an author with a name"


def _entry_faults(entry: etree._Element) -> Iterator[str]:
    kinds = {link.get("rel"): link.get("type") for link in entry.findall("a:link", NAMES)}
    if OPEN not in kinds:
        yield "an entry has an acquisition link"
    if not {kinds.get(COVER), kinds.get(f"{COVER}/thumbnail")} <= PLAIN:
        yield "an image is a JPEG, PNG or GIF"
    if entry.find("a:content", NAMES) is None and kinds.get("alternate") != "text/html":
        yield "an entry without content leads to a page"


def test_opds_1_keeps_its_rules(site: Offer) -> None:
    """The feed has all that Atom and the specification demand."""
    assert list(_faults_1(opds.opds_1(site))) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<updated>", "<published>", "there is one updated"),
        ('rel="self"', 'rel="shelf"', "the feed alone has a link to itself"),
        ("image/png", "image/webp", "an image is a JPEG, PNG or GIF"),
        ("open-access", "opn-access", "an entry has an acquisition link"),
        ("urn:uuid:", "", "an id is a URI"),
    ],
)
def test_the_rules_of_1_2_bite(sample: Offer, old: str, new: str, rule: str) -> None:
    """A feed spoilt on purpose breaks the rule that it was spoilt for."""
    text = opds.opds_1(sample).decode()
    assert old in text
    spoilt = text.replace(old, new).replace(old.replace("<", "</"), new.replace("<", "</"))
    assert rule in set(_faults_1(spoilt.encode()))


# --- What is in them -----------------------------------------------------------------------------


def test_each_product_is_one_publication(sample: Offer) -> None:
    """The e-book and the book are one work with titled editions; other products follow it."""
    shown = [
        (p["metadata"]["title"], [x["title"] for x in p["links"] if x["rel"] == OPEN])
        for p in _feed(sample)["publications"]
    ]
    title = "Relief for Back Pain"
    assert shown == [
        (title, ["E-book", "Workshop book", "Workshop book, large print, US Letter"]),
        (f"{title}: Class handout", ["Class handout"]),
        (f"{title}: Take-home sheet", ["Take-home sheet"]),
    ]


def test_neither_teachers_guide_nor_zip_is_offered(sample: Offer) -> None:
    """Students' programs see nothing that is the teacher's or that no reader opens."""
    for data in (opds.opds_1(sample), opds.opds_2(sample)):
        assert b"teacher" not in data
        assert b".zip" not in data


def test_addresses_are_whole_where_the_web_is_known(sample: Offer, tmp_path: Path) -> None:
    """With a website every address is absolute; without one each is relative to the folder."""
    whole = {link["href"] for link in _links(_feed(sample))}
    assert all(href.startswith("https://studio.example/back-pain/") for href in whole)
    bare = {link["href"] for link in _links(_feed(offers.bare(tmp_path)))}
    assert bare == {"opds.json", "opds.xml", "index.html", "downloads/rest.epub", "share.png"}
    atom = etree.fromstring(opds.opds_1(sample))
    assert set(atom.xpath("//@href")) <= whole


def test_media_types_of_the_feeds(sample: Offer) -> None:
    """Each feed names itself with the media type that its specification gives it."""
    links = {link["href"].rpartition("/")[2]: link["type"] for link in _feed(sample)["links"]}
    atom = "application/atom+xml;profile=opds-catalog;kind=acquisition"
    assert (links["opds.json"], links["opds.xml"]) == ("application/opds+json", atom)
    found = etree.fromstring(opds.opds_1(sample)).find("a:link[@rel='self']", NAMES)
    assert found is not None
    assert found.get("type") == atom


def test_the_publication_is_known_by_the_e_books_name(tmp_path: Path) -> None:
    """The identifier in both feeds is that inside the e-book, so that a reader knows it again."""
    workshop = offers.written(tmp_path / "w", {})
    build(workshop, tmp_path / "out", only=("epub",))
    book = epub.read_epub(tmp_path / "out/rest.epub")
    offer = offers.offer(workshop, (offers.epub("downloads/rest.epub"),))
    inside = book.get_metadata("DC", "identifier")[0][0]
    assert _feed(offer)["publications"][0]["metadata"]["identifier"] == inside
    assert etree.fromstring(opds.opds_1(offer)).findtext("a:entry/a:id", "", NAMES) == inside


def test_no_date_is_invented_where_none_is_needed(tmp_path: Path) -> None:
    """Without a date OPDS 2.0 names none, and Atom has the first day of 2000 as the e-book has."""
    offer = offers.bare(tmp_path)
    about = _feed(offer)["publications"][0]["metadata"]
    assert not about.keys() & {"modified", "published", "author", "publisher"}
    atom = etree.fromstring(opds.opds_1(offer))
    assert set(atom.xpath("//a:updated/text()", namespaces=NAMES)) == {"2000-01-01T00:00:00Z"}
    assert atom.findall(".//dc:issued", NAMES) == []
    assert atom.findtext("a:author/a:name", "", NAMES) == "Rest"


def test_names_with_quotes_and_umlauts(tmp_path: Path) -> None:
    """Titles and names come out of both feeds as they were typed."""
    offer = offers.german(tmp_path)
    title = "Sanft für den Rücken – „ganz leicht“"
    about = _feed(offer)["publications"][0]["metadata"]
    assert (about["title"], about["author"]["name"]) == (title, "Käthe Grün")
    assert about["publisher"]["name"] == 'Studio "Süd" & Söhne'
    assert about["description"] == "Für alle, denen der Rücken weh tut."
    atom = etree.fromstring(opds.opds_1(offer))
    assert atom.findtext("a:entry/a:title", "", NAMES) == title
    assert atom.findtext("a:entry/dc:publisher", "", NAMES) == 'Studio "Süd" & Söhne'
    link = atom.find(f"a:entry/a:link[@rel='{OPEN}']", NAMES)
    assert link is not None
    assert link.get("href", "").endswith("/downloads/r%C3%BCcken%20leicht.epub")


def test_a_cover_that_all_can_show_goes_before_the_shared_picture(tmp_path: Path) -> None:
    """A first page as JPEG is the cover in large and small; the shared picture is not needed."""
    pages = tuple(Image(f"pages/{n}.jpg", n, n) for n in (240, 480))
    book = Download("b.pdf", "Book", "book", "pdf", "standard", "a4", 9, 9, "0" * 64, pages)
    offer = offers.offer(offers.written(tmp_path, {}), (book,))
    links = etree.fromstring(opds.opds_1(offer)).findall("a:entry/a:link", NAMES)
    covers = {link.get("rel"): link.get("href") for link in links}
    assert (covers[COVER], covers[f"{COVER}/thumbnail"]) == ("pages/480.jpg", "pages/240.jpg")
    assert b"share.png" not in opds.opds_2(offer)


def test_a_site_without_books_has_a_feed(tmp_path: Path) -> None:
    """An offer of nothing is an empty shelf, not a fault."""
    offer = offers.offer(offers.written(tmp_path, {}), ())
    assert _feed(offer)["publications"] == []
    assert etree.fromstring(opds.opds_1(offer)).findall("a:entry", NAMES) == []


def test_the_same_offer_gives_the_same_bytes(site: Offer) -> None:
    """A second reading of an offer gives both feeds again, byte by byte."""
    assert opds.opds_1(site) == opds.opds_1(site)
    assert opds.opds_2(site) == opds.opds_2(site)
