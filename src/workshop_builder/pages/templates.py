"""Jinja2 for templates: a sandbox, strict names, filters, and faults told in one line."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from math import ceil
from types import CodeType
from typing import TypeAlias

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.languages.language import Writing
from workshop_builder.markup import typography, xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.rich_text import RichText
from workshop_builder.markup.xhtml import Element
from workshop_builder.output.store import PIECES
from workshop_builder.pages.safety import left_out
from workshop_builder.source import fingerprint

Text: TypeAlias = str | RichText | Fragment
"""What filters take; a `str` that is not `Markup` is plain words."""

_SENTENCE_END = re.compile(r"[.!?…](?=\s+\S)")
_LOWEST = 6
"""The lowest level of a heading."""
_FAULTS = (
    *(TypeError, ValueError, AttributeError, ArithmeticError, KeyError, RecursionError),
    etree.XMLSyntaxError,
)


class _Sandbox(SandboxedEnvironment):
    """A sandbox that gives templates no tree: lxml could write files through it."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may use an attribute."""
        tree = isinstance(obj, Fragment) and attr != "plain"
        return not tree and super().is_safe_attribute(obj, attr, value)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept: every product of every workshop asks for the same."""

    def __init__(self, writing: Writing) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}
        self._made_by = fingerprint.program(), sys.version, repr(writing)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code that was made of the same text before."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None and (found := PIECES.found(self._parts(bucket))):
            bucket.bytecode_from_string(found)
            self._note(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code:
            PIECES.keep(self._parts(bucket), bucket.bytecode_to_string())
            self._note(bucket)

    def _note(self, bucket: Bucket) -> None:
        if bucket.code:
            self._known[bucket.key, bucket.checksum] = bucket.code

    def _parts(self, bucket: Bucket) -> tuple[str, ...]:
        return "template", *self._made_by, bucket.key, bucket.checksum


@lru_cache(maxsize=8)
def _compiled(writing: Writing) -> _Compiled:
    """Return what is compiled for the templates of a language: constants are polished in it."""
    return _Compiled(writing)


class Templates:
    """The templates of one workshop: the studio's own before the shipped ones."""

    def __init__(self, overrides: Mapping[str, bytes], writing: Writing) -> None:
        own = {
            path.removeprefix("templates/"): data.decode("utf-8", "replace")
            for path, data in overrides.items()
            if path.startswith("templates/")
        }
        self._own = own
        self._environment = _Sandbox(
            loader=jinja2.ChoiceLoader([jinja2.DictLoader(own), jinja2.DictLoader(_shipped())]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            bytecode_cache=_compiled(writing),
        )
        self._environment.filters |= {
            "polish": partial(typography.polish, writing=writing),
            "deeper": deeper,
            "listed": listed,
            "bind_end": bind_end,
            "tight": tight,
            "first_sentence": first_sentence,
            "left_out": left_out,
            "lines": line_count,
        }

    def warm_up(self) -> None:
        """Compile the parts that several products share, so that forked workers have them."""
        for name in _shipped():
            if name.startswith("parts/") and name not in self._own:
                self._environment.get_template(name)

    def page(self, name: str, context: Mapping[str, object]) -> Element:
        """Return the template `name` filled with `context`, as a new tree.

        Raises BuildError with the fault of the template.
        """
        return _parsed(xhtml.parse_document, self._fill(name, context), name)

    def part(self, name: str, context: Mapping[str, object]) -> Element:
        """Return the template `name` filled with `context`, in a `div`; raises BuildError."""
        return _parsed(xhtml.parse, self._fill(name, context), name)

    def _fill(self, name: str, context: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(name).render(context)
        except jinja2.TemplateNotFound as error:
            text = (
                f"there is no template '{error.name}'; put it into templates/ or correct the name"
            )
            raise BuildError([Problem(f"templates/{name}", 0, text)]) from error
        except jinja2.TemplateSyntaxError as error:
            place = f"templates/{error.name or name}"
            text = f"{error.message}; correct this line of the template"
            raise BuildError([Problem(place, error.lineno, text)]) from error
        except (jinja2.TemplateError, *_FAULTS) as error:
            place, line = _where(error, name)
            text = f"the template failed: {error}; correct this line of it"
            raise BuildError([Problem(place, line, text)]) from error


def _parsed(parse: Callable[[str], Element], text: str, name: str) -> Element:
    try:
        return parse(text)
    except etree.XMLSyntaxError as error:
        fault = f"gives text that is not well-formed ({error.msg}); correct its tags"
        raise BuildError([Problem(f"templates/{name}", 0, fault)]) from error


def deeper(text: Text, levels: int = 1) -> Markup:
    """Return `text` with each heading `levels` lower, h6 at the lowest."""
    root = _tree(text)
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        heading.tag = f"h{min(int(heading.tag[1]) + levels, _LOWEST)}"
    return _printed(root)


def listed(texts: Iterable[RichText]) -> Markup:
    """Return `texts` in one line, separated by commas."""
    return Markup(", ".join(text.inline for text in texts))  # noqa: S704  clean since it was read


def bind_end(text: Text) -> Markup:
    """Return `text` with a short last word tied to the one before."""
    root = _tree(text)
    typography.bind_end(root)
    return _printed(root)


def tight(text: Text) -> Markup:
    """Return `text` without line breaks beside tags, which an engine may print as spaces."""
    root = _tree(text)
    for element in root.iter():
        element.text = (element.text or "").strip("\n") or None
        element.tail = (element.tail or "").strip("\n") or None
    return _printed(root)


def first_sentence(text: Text) -> Markup:
    """Return `text` up to the end of its first sentence, or all of it if that ends in a mark."""
    root = _tree(text)
    end = _SENTENCE_END.search(root.text or "")
    return escape((root.text or "")[: end.end()]) if end else _printed(root)


def line_count(text: Text, wide: float) -> int:
    """Return about how many lines a text takes, of `wide` characters each, whole words in each."""
    plain = text.striptags() if isinstance(text, Markup) else str(text)
    return len(textwrap.wrap(plain, max(ceil(wide), 1))) or 1


def _tree(text: Text) -> Element:
    return text.copy() if isinstance(text, Fragment) else xhtml.parse(escape(text))


def _printed(root: Element) -> Markup:
    return Markup(xhtml.inner(root))  # noqa: S704  from texts that are clean


@cache
def _shipped() -> dict[str, str]:
    files = resources.files("templates")
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def _where(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and the line of it where `error` occurred."""
    place, line = f"templates/{name}", 0
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file == "<template>" or file.endswith(".html"):
            place = f"templates/{trace.tb_frame.f_globals.get('name', name)}"
            line = trace.tb_lineno
        trace = trace.tb_next
    return place, line
