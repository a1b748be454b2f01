"""Names of files, walked by Hypothesis: each keeps its own address, id and published name."""

from __future__ import annotations

import unicodedata
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from workshop_builder.markup import xhtml
from workshop_builder.markup.references import SourceText
from workshop_builder.pages.links import address_pictures
from workshop_builder.pictures.file_names import published_names
from workshop_builder.pictures.prepare import Picture
from workshop_builder.source.addresses import address_of, path_at
from workshop_builder.source.names import as_typed, by_number, file_id

SIGNS = st.sampled_from("aAbZ09 äÜß()[]{}%#?&'\"+=;,.~!@$^_-–·背🧘é\u0308").filter(str)
STEMS = st.text(SIGNS, min_size=1, max_size=8).map(lambda text: unicodedata.normalize("NFC", text))
ENDINGS = st.sampled_from([".png", ".PNG", ".jpg", ".jpeg", ".webp", ".svg"])
PATHS = st.builds("pictures/{}{}{}".format, st.sampled_from(["", "old/"]), STEMS, ENDINGS)
MANY = st.lists(PATHS, min_size=1, max_size=12, unique=True)
Form: TypeAlias = Literal["NFC", "NFD"]
FORMS: st.SearchStrategy[Form] = st.sampled_from(["NFC", "NFD"])
BLANKS = st.sampled_from(" \u00a0\u2009\u202f\u3000")


@given(MANY)
def test_each_picture_of_a_page_is_at_an_address_of_its_own(paths: list[str]) -> None:
    """A template names pictures as they are called; their addresses lead back to just these."""
    page = xhtml.division()
    for path in paths:
        page.append(xhtml.parse(f'<img src="{xhtml.escape(path).replace(chr(34), "&quot;")}"/>')[0])
    address_pictures(page, paths)
    addresses = [str(image.get("src")) for image in page]
    assert [unquote(address) for address in addresses] == paths
    assert [path_at(address, paths) for address in addresses] == paths
    assert all(address.isascii() and not set(address) & set(" #?&\"'") for address in addresses)


@given(PATHS, FORMS, BLANKS)
def test_a_picture_is_found_as_it_is_called_and_encoded(path: str, form: Form, blank: str) -> None:
    """In a chapter its name may stand as it is or encoded, composed or not, with any blank."""
    text = SourceText("chapters/01.md", "", 0, frozenset([path]))
    name = unicodedata.normalize(form, path).replace(" ", blank)
    assert as_typed(name) == path
    assert text.resolve(quote(name.removeprefix("pictures/"))) == path
    assert text.resolve(f"../{quote(name)}") == path
    assert text.resolve(f"../{name}") == path


@given(MANY, ENDINGS)
def test_published_names_meet_on_no_disk(paths: list[str], ending: str) -> None:
    """Published names are plain, and no two differ by capitals or the form of Unicode alone."""
    kind = {".svg": "image/svg+xml", ".png": "image/png"}.get(ending, "image/jpeg")
    names = published_names({path: Picture(path, kind, 1, 1, b"") for path in paths})
    assert list(names) == paths
    assert len(set(names.values())) == len(paths)
    assert all(name == name.lower() == address_of(name) for name in names.values())


@given(
    st.lists(st.integers(0, 999), unique=True),
    st.sampled_from(["{}-rest.md", "{:03}-rest.md", "part {} of 12.md", "{}.md"]),
)
def test_files_stand_in_the_order_of_their_numbers(numbers: list[int], name: str) -> None:
    """So they do whether or not the numbers are filled up with zeros."""
    names = [name.format(number) for number in numbers]
    assert sorted(names, key=by_number) == [name.format(number) for number in sorted(numbers)]


@given(STEMS)
def test_the_id_of_a_file_is_that_of_its_id(stem: str) -> None:
    """An id has letters, digits and hyphens; a name that is like that is its own id."""
    found = file_id(stem)
    assert file_id(found) == found
    assert not set(found) & set(" #?&%/()'\".")
