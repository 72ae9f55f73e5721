"""The job on the machine: its phases one after the other, each in its share of the time that is left.

``python -m training.gpu run`` watches a second process (:func:`main` here) that does the work. A phase that
fails is noted and the next begins. A phase that hangs, or takes the process down, is ended with it, and a new
process goes on behind it. What a phase has made is written when it ends.
"""

import argparse
import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ..common.folders import write_json

log = logging.getLogger("training.gpu")
#: Files that come back beside the weights.
LOG, STATE = "log.txt", "job.json"
#: While this file is in the job's folder, nothing is compiled.
PLAIN = "plain"
#: Seconds that a process may take to begin its first phase.
START_UP = 120.0
#: Seconds at the end for the log and the pieces.
RESERVE = 12.0
#: Seconds that a phase may take beyond its share before it is ended: the compiler, the last checkpoint.
GRACE = 45.0
#: Processes that a job may use up.
ATTEMPTS = 4


def read_state(work: Path) -> dict:
    """``phases``: by name, each with ``status`` (``running``, ``done``, ``failed``), ``seconds``, ``error``;
    ``end_at``: when the running one is ended (seconds since 1970)."""
    path = work / "results" / STATE
    return json.loads(path.read_text()) if path.is_file() else {"phases": {}, "end_at": 0.0}


def write_state(work: Path, state: dict) -> None:
    """Replaces the state whole."""
    write_json(work / "results" / STATE, state)


def run_phases(work: Path, deadline: float) -> None:
    """Runs what is not done yet. ``deadline``: seconds since 1970."""
    from .phases import phases_of

    state, everything = read_state(work), phases_of(work)
    state["all"] = [phase.name for phase in everything]
    phases = [
        p for p in everything if state["phases"].get(p.name, {}).get("status") not in ("done", "failed")
    ]
    for number, phase in enumerate(phases):
        left = deadline - RESERVE - time.time()
        if left <= 0:
            log.info("no time is left for %s", ", ".join(p.name for p in phases[number:]))
            return
        seconds = left * phase.share / sum(p.share for p in phases[number:])
        begun = time.time()
        entry = state["phases"].setdefault(phase.name, {"tries": 0})
        entry |= {"status": "running", "tries": entry["tries"] + 1}
        state["end_at"] = min(begun + seconds + GRACE, deadline)
        write_state(work, state)
        log.info("%s: %.0f s", phase.name, seconds)
        try:
            phase.run(seconds)
            entry["status"] = "done"
        except Exception as error:  # whatever it is, the other phases still have their turn
            log.exception("%s failed", phase.name)
            entry |= {"status": "failed", "error": f"{type(error).__name__}: {error}"}
        entry["seconds"] = round(time.time() - begun, 1)
        write_state(work, state)
        log.info("%s: %s after %.1f s", phase.name, entry["status"], entry["seconds"])
        if entry["status"] == "failed" and not _device_works():
            log.info("the device no longer answers this process: a new one goes on")
            sys.exit(3)


def _device_works() -> bool:
    """After some errors a process can do nothing more on the device."""
    import torch

    try:
        if torch.cuda.is_available():
            torch.zeros(1, device="cuda").item()
    except RuntimeError:
        return False
    return True


def watch(work: Path, seconds: float, command: Sequence[str] = ("-m", "training.gpu.job")) -> int:
    """Runs the job for at most ``seconds``; 0 where every phase is done.

    Called again, it goes on: a phase that was cut off from its checkpoint, one that failed from its
    beginning.
    """
    deadline = time.time() + seconds
    state = read_state(work)
    state["phases"] = {n: e for n, e in state["phases"].items() if e["status"] == "done"}
    state["end_at"] = 0.0
    write_state(work, state)
    for _ in range(ATTEMPTS):
        if time.time() > deadline - RESERVE or _attempt(work, deadline, command):
            break
    state = read_state(work)
    names = state.get("all", ["no phase was begun"])
    for name in names:
        entry = state["phases"].get(name, {"status": "not begun"})
        print(f"{name}: {entry['status']} {entry.get('seconds', '')} {entry.get('error', '')}".rstrip())
    return 0 if all(state["phases"].get(n, {}).get("status") == "done" for n in names) else 1


def _attempt(work: Path, deadline: float, command: Sequence[str]) -> bool:
    """One process; False where it did not come to its end.

    The phase at fault has one more try, and nothing is compiled from then on.
    """
    child = subprocess.Popen(
        [sys.executable, *command, str(work), str(deadline)], cwd=Path(__file__).parents[2]
    )
    begun, reason = time.time(), "its process was lost"
    while child.poll() is None:
        time.sleep(0.2)
        state = read_state(work)
        is_working = any(e["status"] == "running" for e in state["phases"].values())
        if time.time() > min(state["end_at"] if is_working else begun + START_UP, deadline):
            child.kill()
            child.wait()
            reason = "it took longer than its time and was ended"
    if child.returncode == 0:
        return True
    state = read_state(work)
    for entry in state["phases"].values():
        if entry["status"] == "running":
            entry |= {"status": "again" if entry["tries"] < 2 else "failed", "error": reason}
    (work / PLAIN).touch()
    write_state(work, state)
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """The process that works. Logs to the terminal and to the log that comes back."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("deadline", type=float)
    args = parser.parse_args(arguments)
    results = args.work / "results"
    results.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        datefmt="%H:%M:%S",
        handlers=[logging.StreamHandler(), logging.FileHandler(results / LOG)],
    )
    import torch

    torch.set_float32_matmul_precision("high")
    if torch.cuda.is_available():
        log.info("%s, PyTorch %s", torch.cuda.get_device_name(), torch.__version__)
    run_phases(args.work, args.deadline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
