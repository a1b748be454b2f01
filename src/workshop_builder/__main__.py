"""The entrance of the command."""

from __future__ import annotations

import gc
import os
import sys

gc.disable()  # while modules are read, which leave nothing to collect

from workshop_builder.cli import app  # noqa: E402
from workshop_builder.commands import boundary  # noqa: E402


def main() -> None:
    """Run the command, and end with its exit code."""
    gc.freeze()  # modules stay
    gc.enable()
    # Work is shared out to processes; numpy's own threads would only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = boundary.run(app)
    gc.freeze()  # all that is left ends with the process
    sys.exit(code)


if __name__ == "__main__":
    main()
