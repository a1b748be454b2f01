"""The vocabulary of schema.org: does each thing have only properties and values that it may have?

It asks the TypeScript compiler, with the types that schema-dts makes from the vocabulary.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from judges.tools import JudgeError, node_package, program, run

_IMPORT = 'import type * as schema from "schema-dts";'
_FAULT = re.compile(r"^things\.ts\((\d+),\d+\): error \w+: (.*)$", re.MULTILINE)
_STRANGE = re.compile(r"^error .*$", re.MULTILINE)


def vocabulary(things: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the objections to each of `things` (JSON-LD), by its name; none: it is right.

    One run for all of them, since reading the vocabulary takes the compiler a second or two.
    """
    lines = [_IMPORT, *(_constant(n, text) for n, text in enumerate(things.values()))]
    said = _compiled("\n".join(lines) + "\n")
    found: dict[str, list[str]] = {name: [] for name in things}
    names = list(things)
    for line, text in _FAULT.findall(said):
        found[names[int(line) - 2]].append(text)
    if said.strip() and not any(found.values()):
        raise JudgeError(f"the TypeScript compiler could not judge: {said}")
    return found


def _constant(number: int, text: str) -> str:
    """Return one line that holds a thing and says which type it claims to have."""
    kind: str | list[str] = _kind(json.loads(text))
    leaves = [f"schema.{name}Leaf" for name in ([kind] if isinstance(kind, str) else kind)]
    merged = leaves[0] if len(leaves) == 1 else f"schema.MergeLeafTypes<[{', '.join(leaves)}]>"
    return f"export const thing{number}: schema.WithContext<{merged}> = {text};"


def _kind(thing: dict[str, Any]) -> str | list[str]:
    kind: str | list[str] = thing["@type"]
    return kind


def _compiled(source: str) -> str:
    """Let the compiler read `source`, and return all that it said."""
    compiler = node_package("typescript") / "bin" / "tsc"
    options = {
        "noEmit": True,
        "strict": True,
        "skipLibCheck": True,
        "types": [],
        "target": "es2022",
        "module": "esnext",
        "moduleResolution": "bundler",
        "paths": {"schema-dts": [str(node_package("schema-dts"))]},
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "things.ts").write_text(source, encoding="utf-8")
        settings = {"compilerOptions": options, "files": ["things.ts"]}
        Path(folder, "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        node = program("node", "nodejs")
        done = run([node, str(compiler), "--pretty", "false", "-p", folder])
    if _STRANGE.search(done.stdout) or done.stderr:
        raise JudgeError(f"the TypeScript compiler broke down: {done.stdout} {done.stderr}")
    return re.sub(r"^\S*things\.ts", "things.ts", done.stdout, flags=re.MULTILINE)
