"""The entrance of the command."""

from __future__ import annotations

import sys

from workshop_builder.cli import app
from workshop_builder.commands import boundary


def main() -> None:
    """Run the command, and end with its exit code."""
    sys.exit(boundary.run(app))


if __name__ == "__main__":
    main()
