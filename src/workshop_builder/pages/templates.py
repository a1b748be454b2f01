"""Jinja2 as the templates see it: a sandbox, strict names, and faults in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup import typography, xhtml
from workshop_builder.markup.fragment import Fragment
from workshop_builder.markup.xhtml import Element
from workshop_builder.pages import filters

_FAULTS = (
    *(TypeError, ValueError, AttributeError, ArithmeticError, KeyError, RecursionError),
    etree.XMLSyntaxError,
)


class _Sandbox(SandboxedEnvironment):
    """Lets templates see values and print them, but reach no tree: it could write files."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may use an attribute."""
        tree = isinstance(obj, Fragment) and attr != "plain"
        return not tree and super().is_safe_attribute(obj, attr, value)


class Templates:
    """The templates of one workshop: the studio's own before the shipped ones."""

    def __init__(self, overrides: Mapping[str, bytes]) -> None:
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
        )
        self._environment.filters |= {
            "polish": typography.polish,
            "deeper": filters.deeper,
            "listed": filters.listed,
            "bind_end": filters.bind_end,
            "tied": filters.tied,
            "tight": filters.tight,
        }

    def warm_up(self) -> None:
        """Compile the parts that several products share, so that forked workers have them."""
        for name in _shipped():
            if name.startswith("parts/") and name not in self._own:
                self._environment.get_template(name)

    def page(self, name: str, context: Mapping[str, object]) -> Element:
        """Return the template `name` filled with `context`, as a tree of its own.

        Raises BuildError with the fault of the template.
        """
        return _parsed(xhtml.parse_document, self._fill(name, context), name)

    def part(self, name: str, context: Mapping[str, object]) -> Element:
        """Return what the template `name` makes of `context`, in a `div`; raises BuildError."""
        return _parsed(xhtml.parse, self._fill(name, context), name)

    def _fill(self, name: str, context: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(name).render(context)
        except jinja2.TemplateNotFound as error:
            text = f"there is no template '{error.name}'; put it into templates/ or mend the name"
            raise BuildError([Problem(f"templates/{name}", 0, text)]) from error
        except jinja2.TemplateSyntaxError as error:
            place = f"templates/{error.name or name}"
            text = f"{error.message}; mend this line of the template"
            raise BuildError([Problem(place, error.lineno, text)]) from error
        except (jinja2.TemplateError, *_FAULTS) as error:
            place, line = _where(error, name)
            text = f"the template failed: {error}; mend this line of it"
            raise BuildError([Problem(place, line, text)]) from error


def _parsed(parse: Callable[[str], Element], text: str, name: str) -> Element:
    try:
        return parse(text)
    except etree.XMLSyntaxError as error:
        fault = f"gives text that is not well-formed ({error.msg}); mend its tags"
        raise BuildError([Problem(f"templates/{name}", 0, fault)]) from error


@cache
def _shipped() -> dict[str, str]:
    files = resources.files("templates")
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def _where(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and line at which `error` arose, as Jinja2's traceback tells them."""
    place, line = f"templates/{name}", 0
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file == "<template>" or file.endswith(".html"):
            place = f"templates/{trace.tb_frame.f_globals.get('name', name)}"
            line = trace.tb_lineno
        trace = trace.tb_next
    return place, line
