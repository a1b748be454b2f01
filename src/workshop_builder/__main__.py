"""The entrance: runs the command, and turns what a user may cause into words and an exit code."""

from __future__ import annotations

import os
import sys

from workshop_builder.cli import app


def main() -> None:
    """Run the command; exit with 0, 1 or 2, or 130 after Ctrl-C."""
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the package that was there is untouched\n")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
