"""What laid-out pages get when they are seen in their spreads.

A style asks for it by properties of its own, which the engine hands down like any other:

- `--grow: 60mm` lets a picture, or a place for notes at the end of a page, grow by up to so much
  into the height that is free.
- `--room: 18mm` lets the opening of a chapter take that much less height, where a few lines would
  otherwise begin a page, before the next chapter or before what is `--whole: yes`. With
  `--tight: 1.36` the chapter gets `--leading: 1.36` where that is not enough.
- `--ending: 25%` lets no paragraph end with a line of less of its column.
- `--spare: yes` is a page that is left out where the number of pages would be odd.
- `--mirror` says where a box stands. All is laid out as for a left page; on a right page each
  stands where a mirror shows it. `text` is the text, `note` what stands beside it in the margin,
  `wide` what takes the width of both. No note covers another, or something wide: it stands
  beside its line, or as near as there is room on its page. Where there is none, its element gets
  `--beside: none`, for a style that prints it in the text.
"""

from workshop_builder.pdf.spreads.improving import improve, improved
from workshop_builder.pdf.spreads.lines import narrower, set_narrower
from workshop_builder.pdf.spreads.margin import put_in_line
from workshop_builder.pdf.spreads.openings import give_room
from workshop_builder.pdf.spreads.pages import drawn_anew, is_spare, set_in_spread, set_in_spreads
from workshop_builder.pdf.spreads.references import (
    Counters,
    lay_out,
    lay_out_as_told,
    referred,
    renumber,
)

__all__ = [
    "Counters",
    "drawn_anew",
    "give_room",
    "improve",
    "improved",
    "is_spare",
    "lay_out",
    "lay_out_as_told",
    "narrower",
    "put_in_line",
    "referred",
    "renumber",
    "set_in_spread",
    "set_in_spreads",
    "set_narrower",
]
