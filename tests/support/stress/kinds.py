"""All kinds of stress, in the order in which they are tried."""

from __future__ import annotations

from stress import disks, environments, folders, injections, kills, publishes, requests

KINDS = (
    kills.KIND,
    injections.KIND,
    disks.KIND,
    environments.KIND,
    folders.KIND,
    publishes.KIND,
    requests.ODD,
    requests.SLOW,
)
