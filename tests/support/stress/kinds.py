"""All kinds of stress, in the order in which they are tried."""

from __future__ import annotations

from stress import disks, environments, injections, kills

KINDS = (kills.KIND, injections.KIND, disks.KIND, environments.KIND)
