"""The share of the machine that training takes: low priority, and cores of its own."""

import logging
import os
import time
from pathlib import Path

log = logging.getLogger(__name__)
NICE = 19
_STAT = Path("/proc/stat")


def be_modest(threads: int, core: int | None = None) -> None:
    """Gives this process and its children the lowest priority and keeps them on ``threads`` cores:
    from ``core`` on, by default the least busy ones. Cores can be chosen on Linux only."""
    os.nice(NICE)
    if not hasattr(os, "sched_setaffinity"):
        return
    allowed = sorted(os.sched_getaffinity(0))
    chosen = least_busy(allowed, threads) if core is None else list(range(core, core + threads))
    usable = [number for number in chosen if number in allowed]
    if not usable:
        raise ValueError(f"core {core} is not among those of this process: {allowed}")
    os.sched_setaffinity(0, usable)
    log.info("on core %s", ", ".join(map(str, usable)))


def least_busy(cores: list[int], count: int, seconds: float = 0.5) -> list[int]:
    """The ``count`` cores that were idle most in the next ``seconds``."""
    if count >= len(cores) or not _STAT.is_file():
        return cores[:count]
    before = _idle()
    time.sleep(seconds)
    after = _idle()
    return sorted(cores, key=lambda core: before.get(core, 0) - after.get(core, 0))[:count]


def _idle() -> dict[int, int]:
    """Clock ticks that each core has been idle."""
    rows = [line.split() for line in _STAT.read_text().splitlines() if line.startswith("cpu")]
    return {int(row[0][3:]): int(row[4]) + int(row[5]) for row in rows if row[0] != "cpu"}
