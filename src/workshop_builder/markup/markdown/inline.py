"""What is read within words: Python-Markdown's patterns, and what they lack."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    EscapeInlineProcessor,
    InlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX, AtomicString, code_escape

from workshop_builder.markup.markdown.printed_addresses import PRINTED

KEPT_SIGNS = {'"': "\ue022", "'": "\ue027"}
"""What stands for an escaped sign, which is no quotation mark, until quotation marks are set."""

_ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_ADDRESS = r"(?<!\\)<([A-Za-z][A-Za-z0-9+.-]{1,31}:(?!//>)[^\s<>]*)>"
_MAIL = r"(?<!\\)<((?:mailto:)?[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>"
_SIGN = re.compile(rf"{STX}[^{ETX}]*{ETX}|[^\w\s]|_", re.ASCII)
_BEFORE_ESCAPES, _BEFORE_BREAKS, _BEFORE_STARS = 186, 185, 70


class _Escape(EscapeInlineProcessor):
    """Keeps what stands behind a backslash; a quotation mark stays as it is typed."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as its own base class does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return a sign for Python-Markdown to put back at last."""
        if m[1] in KEPT_SIGNS:
            return f"{STX}{ord(KEPT_SIGNS[m[1]])}{ETX}", m.start(0), m.end(0)
        if m[1] == "&":
            return self.md.htmlStash.store("&amp;"), m.start(0), m.end(0)
        return super().handleMatch(m, data)


class _Code(InlineProcessor):
    """Reads code between two equal runs of backticks."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as its base class does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        """Return the code; where nothing closes it, the backticks as they are."""
        run = m[0]
        end = re.compile(rf"(?<!`){run}(?!`)").search(data, m.end())
        if not end:
            return "".join(f"{STX}{ord(sign)}{ETX}" for sign in run), m.start(), m.end()
        text = data[m.end() : end.start()].replace("\n", " ")
        if text.strip() and text[0] == text[-1] == " ":
            text = text[1:-1]
        code = Element("code")
        code.text = AtomicString(code_escape(text))
        return code, m.start(), end.end()


class _Address(InlineProcessor):
    """Keeps the signs of an address from being marks of Markdown."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  as its base class does
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002  the caller's
    ) -> tuple[str, int, int]:
        """Return the address with each of its signs for Python-Markdown to put back at last."""
        return _SIGN.sub(_put_aside, m[0]), m.start(), m.end()


def _put_aside(sign: re.Match[str]) -> str:
    """Return a sign as its number; what is put aside already stays."""
    return sign[0] if sign[0].startswith(STX) else f"{STX}{ord(sign[0])}{ETX}"


class _Reference(ReferenceInlineProcessor):
    """Reads the name of a link only right behind its words, as CommonMark does."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")


def set_up(markdown: Markdown) -> None:
    """Let a converter read words as CommonMark and GitHub do."""
    markdown.ESCAPED_CHARS = list(_ESCAPABLE)
    patterns = markdown.inlinePatterns
    patterns.register(_Code(r"(?<![\\`])`+", markdown), "backtick", 190)
    # An address is as it is written, with each backslash of it.
    patterns.register(AutomailInlineProcessor(_MAIL, markdown), "automail", _BEFORE_ESCAPES + 1)
    patterns.register(AutolinkInlineProcessor(_ADDRESS, markdown), "autolink", _BEFORE_ESCAPES)
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "new_line", _BEFORE_BREAKS)
    patterns.register(_Escape(r"\\(.)", markdown), "escape", 180)
    patterns.register(_Address(f"(?i:{PRINTED.pattern})", markdown), "address", _BEFORE_STARS)
    patterns.register(_Reference(r"(?<!\!)\[", markdown), "reference", 170)
    if markdown.delimiters:
        markdown.delimiters.add("~", "del", double=True)
