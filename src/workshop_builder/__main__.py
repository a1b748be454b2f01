"""The entrance: runs the command, and turns what a user may cause into words and an exit code."""

from __future__ import annotations

import os
import sys

from workshop_builder.cli import app


def main() -> None:
    """Run the command; a reader of its output that has gone is no error to speak of."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
