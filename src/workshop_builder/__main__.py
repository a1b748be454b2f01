"""The entrance of the command."""

from __future__ import annotations

import os
import sys

from workshop_builder.cli import app
from workshop_builder.commands import boundary


def main() -> None:
    """Run the command, and end with its exit code."""
    # Work is shared out to processes; numpy's own threads would only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(boundary.run(app))


if __name__ == "__main__":
    main()
