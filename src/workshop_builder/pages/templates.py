"""Jinja2 as the templates see it: a sandbox, strict names, and faults in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from workshop_builder import resources
from workshop_builder.errors import BuildError, Problem
from workshop_builder.markup import convert
from workshop_builder.markup.typography import polish

_HEADING = re.compile(r"<(/?)h([2-6])\b")
_FAULTS = (TypeError, ValueError, AttributeError, ArithmeticError, KeyError, RecursionError)


class Templates:
    """The templates of one workshop: the studio's own before the shipped ones."""

    def __init__(self, overrides: Mapping[str, bytes], language: str) -> None:
        own = {
            path.removeprefix("templates/"): data.decode("utf-8", "replace")
            for path, data in overrides.items()
            if path.startswith("templates/")
        }
        self._own = own
        self._environment = SandboxedEnvironment(
            loader=jinja2.ChoiceLoader([jinja2.DictLoader(own), jinja2.DictLoader(_shipped())]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
        )
        self._environment.filters["md"] = partial(_inline, language=language)
        self._environment.filters["polish"] = polish
        self._environment.filters["deeper"] = deeper

    def warm_up(self) -> None:
        """Compile the parts that several products share, so that forked workers have them."""
        for name in _shipped():
            if name.startswith("parts/") and name not in self._own:
                self._environment.get_template(name)

    def fill(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template `name` filled with `context`; raises BuildError with its fault."""
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


def malformed(place: str, reason: str) -> Problem:
    """Return the problem of a template whose text is no well-formed XHTML."""
    return Problem(place, 0, f"gives text that is not well-formed ({reason}); mend its tags")


def deeper(html: str, levels: int = 1) -> Markup:
    """Return `html` with each heading `levels` lower, h6 at the lowest."""
    return Markup(_HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + levels, 6)}", html))  # noqa: S704


def _inline(text: str, language: str) -> Markup:
    """Return a field's Markdown as inline XHTML; nh3 has cleaned it."""
    return Markup(convert.inline(text, language))  # noqa: S704


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
