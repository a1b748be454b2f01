"""The names under which pictures are published."""

from __future__ import annotations

from workshop_builder.pictures.file_names import published_names
from workshop_builder.pictures.prepare import Picture


def names(*paths: str, media_type: str = "image/png") -> list[str]:
    """Return the names of pictures with these paths in the source."""
    found = published_names({path: Picture(path, media_type, 1, 1, b"") for path in paths})
    assert list(found) == list(paths)
    return list(found.values())


def test_a_name_is_plain_and_ends_like_the_picture() -> None:
    """Letters become plain, and the ending is that of what the picture is now."""
    assert names("pictures/Mein Rücken.WebP") == ["pictures/mein-ruecken.png"]
    assert names("figures/knees.yaml", media_type="image/svg+xml") == ["pictures/knees.svg"]
    assert names("pictures/背.png") == ["pictures/picture.png"]


def test_no_two_pictures_have_one_name() -> None:
    """Of paths that come to the same name, the later ones get a number that is still free."""
    found = names("pictures/a.png", "pictures/a-2.png", "figures/a.yaml", "pictures/more/A.jpg")
    assert found[:2] == ["pictures/a.png", "pictures/a-2.png"]
    assert len(set(found)) == 4
