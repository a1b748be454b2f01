"""Templates, styles, figures and labels that are odd."""

from __future__ import annotations

from stress.hostile.parts import Place, Write, cases


def _style(text: str, place: Place) -> None:
    place.write("styles/handout.css", text)


def _book_style(text: str, place: Place) -> None:
    place.write("styles/epub.css", text)


def _template(text: str, place: Place) -> None:
    start = '{% extends "base.html" %}\n{% block body %}<main><h1>Rest</h1>'
    place.write("templates/handout.html", f"{start}{text}</main>{{% endblock %}}")


def _figure(text: str, place: Place) -> None:
    place.write("figures/odd.yaml", text)
    place.write("chapters/02-odd.md", "---\ntitle: Odd\n---\n\n![Odd](../figures/odd.yaml)\n")


def _labels(text: str, place: Place) -> None:
    place.write("labels/en.yaml", text)


_STYLES = {
    "import": "@import url(FAR);",
    "import of a file": '@import "file://OUT/secret.css";',
    "import upwards": '@import "UP/secret.css";',
    "import of itself": '@import "handout.css";',
    "address": "body { background: url(FAR/a.png) }",
    "address by an escape": "body { background: u\\72l(FAR/a.png) }",
    "address by a variable": ":root { --a: url(FAR/a.png) } body { background: var(--a) }",
    "set of images": "body { background: image-set('FAR/a.png' 1x) }",
    "upwards": "body { background: url(UP/secret.png) }",
    "data": "body { background: url(data:text/html;base64,AAAA) }",
    "font": "@font-face { font-family: a; src: url(FAR) } body { font-family: a }",
    "font of the machine": "@font-face { font-family: a; src: local('a') }",
    "attachment": "a { -weasy-link: url(FAR); bookmark-label: url(FAR) }",
    "content": "p::before { content: url(FAR/a.png) }",
    "variables in a ring": ":root { --a: var(--b); --b: var(--a) } p { color: var(--a) }",
    "variables that are a bomb": ":root { --a0: a a; "
    + " ".join(f"--a{n}: {f'var(--a{n - 1}) ' * 10};" for n in range(1, 9))
    + " } p { font-family: var(--a8) }",
    "deep braces": "@media print {" * 2_000,
    "deep brackets": "p { width: " + "calc(" * 3_000,
    "deep selectors": ":is(" * 2_000 + "p" + ")" * 2_000 + " { color: red }",
    "long selectors": "p " * 20_000 + "{ color: red }",
    "huge sizes": "p { font-size: 1e30pt; margin: 1e300mm }",
    "sizes of nothing": "@page { size: 0 0 }",
    "sizes below nothing": "@page { size: -10mm -10mm }",
    "a huge page": "@page { size: 1e9mm 1e9mm }",
    "margins over the page": "@page { margin: 900mm }",
    "counters": "p { counter-increment: a 2147483647 } p::before { content: counter(a) }",
    "columns": "main { columns: 1000 }",
    "a grid": "main { display: grid; grid-template-columns: repeat(1000000, 1mm) }",
    "charset": '@charset "UTF-7"; p { color: red }',
    "nothing that is CSS": "<script>alert(1)</script>",
    "a null": "p { color: red\0 }",
}
_BOOK_STYLES = {
    "import": "@import url(FAR);",
    "address": "body { background: url(FAR/a.png) }",
    "upwards": "body { background: url(UP/secret.png) }",
    "font": "@font-face { font-family: a; src: url(FAR) }",
    "script": "body { behavior: url(FAR); -moz-binding: url(FAR) }",
}
_TEMPLATES = {
    "file": '{% include "OUT/secret.html" %}',
    "file upwards": '{% include "UP/secret.html" %}',
    "itself": '{% include "handout.html" %}',
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ w.__init__.__globals__ }}{{ self.__init__.__globals__ }}",
    "attributes": "{{ w|attr('__class__') }}",
    "format": "{{ '{0.__class__.__mro__}'.format(w) }}",
    "a loop of a trillion": "{% for a in range(1000000000000) %}{{ a }}{% endfor %}",
    "a huge power": "{{ 10 ** 10 ** 10 }}",
    "a huge text": "{{ 'a' * 100000000000 }}",
    "a huge list": "{{ ([0] * 1000000000)|length }}",
    "a macro of itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "open": "{% for a in w.chapters %}",
    "wrong": "{{ a b }}",
    "nothing of the sort": "{{ nothing.of.the.sort }}",
    "changes": "{% set _ = w.chapters.clear() %}",
    "imports": '{% import "os" as os %}{{ os.system("touch x") }}',
    "script": "<script src='FAR'></script>",
    "far picture": "<img src='FAR/a.png' alt='a'/>",
    "file picture": "<img src='file://OUT/secret.png' alt='a'/>",
    "attachment": "<link rel='attachment' href='file://OUT/secret.txt'/>",
    "style": "<link rel='stylesheet' href='FAR'/>",
    "base": "<base href='FAR'/>",
    "object": "<object data='file://OUT/secret.svg'></object>",
    "entity": "&bomb;",
    "deep": "<div>" * 2_000 + "</div>" * 2_000,
}
_FIGURES = {
    "nothing": "",
    "a list": "- a",
    "billion laughs": "a: &a [b]\nb: &b [*a, *a]\n" * 30,
    "an unknown pose": "pose: bomb",
    "a huge turn": "pose: standing\njoints: {knee: 1e300}",
    "not a number": "turn: .nan",
    "6,000 digits": f"turn: {'9' * 6_000}",
    "a chain of itself": "from: odd",
    "upwards": "from: UP/secret",
}
_LABELS = {
    "nothing": "",
    "html": "stop_if: <script>alert(1)</script>",
    "a template": "stop_if: '{{ 7 * 7 }}'",
    "a place that is none": "both_sides: '{bomb}'",
    "an attribute": "both_sides: '{n.__class__}'",
    "a width": "both_sides: '{n:1000000000}'",
    "a list": "- a",
    "an unknown one": "bomb: a",
}
CASES: dict[str, Write] = {
    **cases("style", _style, _STYLES),
    **cases("style of the e-book", _book_style, _BOOK_STYLES),
    **cases("template", _template, _TEMPLATES),
    **cases("figure", _figure, _FIGURES),
    **cases("labels", _labels, _LABELS),
}
