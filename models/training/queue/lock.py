"""One worker at a time: a lock that the worker and the command it runs hold until both have ended.

The lock is an flock on ``runs/queue/lock``. The kernel gives it back when the last process that holds
it ends, however it ends, so that a stale process number never keeps a worker from starting. A command
inherits it: where a worker was killed and its command lives on, no second one writes to its output.
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
    """Another worker, or the command of one that was killed, holds the lock."""


def queue_folder(runs: Path) -> Path:
    """``runs/queue``, made where it is missing."""
    folder = runs / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def acquire(runs: Path, tries: int = 5) -> int:
    """Takes the lock and gives its file descriptor, which stays open as long as the lock is held.

    ``tries``: a ``status`` that looks at the lock holds it for an instant, so one refusal says little.
    Raises :class:`Busy` where it is taken and ``OSError`` where the system has no flock (Windows).
    """
    try:
        import fcntl
    except ImportError:
        raise OSError("the queue needs Linux or macOS; run the commands of a recipe by themselves") from None
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
    """Process that holds the lock: the worker, or the command of one that was killed; None if free."""
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
    """Waits until ``condition`` holds, at most ``seconds``; whether it does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
