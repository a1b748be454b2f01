"""What the build of the package brings that the working copy does not hold.

A build hook of hatchling: it runs where a wheel or an editable install is made. The body of the
figures is needed: without it the build stops. The e-book's reader may be left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

import fetch_body
import fetch_reader


class ProgramHook(BuildHookInterface[Any]):
    """Fetches body and reader before the files of the package are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the hook's own
        """Have both packed although git ignores them."""
        root = Path(self.root)
        try:
            fetch_body.provide(root)
        except fetch_body.BodyError as error:
            sys.exit(f"the package cannot be built: {error}")
        fetch_reader.provide(root)
        build_data["artifacts"] += [f"/{fetch_body.PLACE}", f"/{fetch_reader.PACKED}/**"]
