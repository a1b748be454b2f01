"""All kinds of stress, in the order in which they are tried."""

from __future__ import annotations

from stress import (
    disks,
    edits,
    environments,
    folders,
    injections,
    kills,
    publishes,
    requests,
    rosters,
)

KINDS = (
    kills.KIND,
    injections.KIND,
    disks.KIND,
    environments.KIND,
    edits.KIND,
    folders.KIND,
    publishes.KIND,
    requests.ODD,
    requests.SLOW,
    rosters.KIND,
)
