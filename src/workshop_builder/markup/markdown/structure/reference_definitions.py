"""Definitions of links, `[name]: address "title"`, which stand at the top of a paragraph."""

from __future__ import annotations

import re

_TITLE = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)"
_ADDRESS = r"<(?:\\.|[^<>\\\n])*>|[^<\s]\S*"
_DEFINITION = re.compile(
    rf" {{0,3}}\[(?!\^)((?:\\.|[^\[\]\\])+)\]: *\n? *({_ADDRESS})"
    rf"(?:(?: +\n? *| *\n *)({_TITLE}))? *(?:\n|$)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")

References = dict[str, tuple[str, str]]
"""Address and title by the name in small letters."""


def take(text: str, references: References) -> str:
    """Return `text` without the definitions at its top, which are added to `references`."""
    while (found := _DEFINITION.match(text)) and found[1].strip():
        name = " ".join(found[1].split()).lower()
        address = found[2][1:-1] if found[2].startswith("<") else found[2]
        title = (found[3] or "")[1:-1]
        references.setdefault(name, (_ESCAPE.sub(r"\1", address), _ESCAPE.sub(r"\1", title)))
        text = text[found.end() :]
    return text
