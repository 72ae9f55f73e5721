"""The lock that allows only one worker at a time.

The lock is an flock on ``runs/queue/lock``. The kernel releases it when the last process that holds it ends, for
whatever reason, so that a stale process number never prevents a worker from starting. The command that a worker runs
inherits the lock. So if the worker is killed but its command still runs, no second worker can write to the same
output.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from ..common.folders import read_json

FOLDER = "queue"
STATE = "state.json"
PID = "pid"
LOG = "log.txt"


class Busy(Exception):
    """The lock is held by another worker, or by the command of a worker that was killed."""


def queue_folder(runs: Path) -> Path:
    """Returns ``runs/queue``. Creates the folder if it is missing."""
    folder = runs / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def acquire(runs: Path, tries: int = 5) -> int:
    """Takes the lock. Returns its file descriptor; the lock is held until the descriptor is closed.

    ``tries``: number of attempts, 50 ms apart. More than one is needed because ``status`` and ``stop`` take the lock
    for an instant to see whether it is free. Raises :class:`Busy` if the lock is held, and ``OSError`` if the system
    has no flock (Windows).
    """
    try:
        import fcntl
    except ImportError:
        raise OSError("the queue needs Linux or macOS; run the commands of a recipe one by one") from None
    descriptor = os.open(queue_folder(runs) / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    for last in [False] * (tries - 1) + [True]:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if not last:
                time.sleep(0.05)
    os.close(descriptor)
    raise Busy


def holder(runs: Path) -> int | None:
    """Returns the process that holds the lock, 0 if its number is unknown, or None if the lock is free.

    The holder is a worker, or the command of a worker that was killed.
    """
    try:
        os.close(acquire(runs, tries=1))
        return None
    except Busy:
        pass
    running = (read_json(runs / FOLDER / STATE) or {}).get("running") or {}
    return next(filter(alive, _pids(runs, running)), 0)


def _pids(runs: Path, running: dict) -> list[int]:
    try:
        worker = int((runs / FOLDER / PID).read_text())
    except (FileNotFoundError, ValueError):
        worker = 0
    return [pid for pid in (worker, running.get("pid", 0)) if pid]


def alive(pid: int) -> bool:
    """Whether a process of this number exists and has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:  # A process that has ended but was not waited for is a zombie.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return True


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Waits until ``condition`` is true, but at most ``seconds``. Returns whether it became true."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
