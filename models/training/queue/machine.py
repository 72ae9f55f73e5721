"""Limits the queue to a few cores at the lowest priority, so that the machine stays usable."""

import logging
import os
import time
from pathlib import Path

log = logging.getLogger(__name__)
NICE = 19
_STAT = Path("/proc/stat")


def be_modest(threads: int, core: int | None = None) -> None:
    """Gives this process and its children the lowest priority and binds them to ``threads`` cores.

    ``core``: the first of these cores; default: the least busy cores. On systems other than Linux, only the priority
    is set. Raises ``ValueError`` if this process may not use any of the cores.
    """
    os.nice(NICE)
    if not hasattr(os, "sched_setaffinity"):
        return
    allowed = sorted(os.sched_getaffinity(0))
    chosen = least_busy(allowed, threads) if core is None else list(range(core, core + threads))
    usable = [number for number in chosen if number in allowed]
    if not usable:
        raise ValueError(f"core {core} is not available to this process; available: {allowed}")
    os.sched_setaffinity(0, usable)
    log.info("running on core %s", ", ".join(map(str, usable)))


def least_busy(cores: list[int], count: int, seconds: float = 0.5) -> list[int]:
    """Returns the ``count`` cores that are idle the longest during the next ``seconds``."""
    if count >= len(cores) or not _STAT.is_file():
        return cores[:count]
    before = _idle_ticks()
    time.sleep(seconds)
    after = _idle_ticks()
    return sorted(cores, key=lambda core: before.get(core, 0) - after.get(core, 0))[:count]


def _idle_ticks() -> dict[int, int]:
    """For each core, the clock ticks since the start of the system in which it was idle."""
    rows = [line.split() for line in _STAT.read_text().splitlines() if line.startswith("cpu")]
    return {int(row[0][3:]): int(row[4]) + int(row[5]) for row in rows if row[0] != "cpu"}
