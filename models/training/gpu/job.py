"""The job on the GPU machine. It runs its phases one after the other, each for its share of the remaining time.

``python -m training.gpu run`` watches a second process (:func:`main` here) that does the work. If a phase raises an
error, the error is stored and the next phase begins. If a phase hangs or its process crashes, the process is ended and
a new one continues: it tries that phase once more, then goes to the next. The results of a phase are written when the
phase ends.
"""

import argparse
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ..common.folders import read_json, write_json

log = logging.getLogger("training.gpu")
#: Files that are brought back in addition to the weights.
LOG, STATE = "log.txt", "job.json"
#: While a file of this name is in the folder of the job, nothing is compiled.
PLAIN = "plain"
#: Seconds that a process may take until its first phase begins.
START_UP = 120.0
#: Seconds at the end that are reserved for the log and the pieces.
RESERVE = 12.0
#: Seconds that a phase may take beyond its share before it is ended, for the compiler and the last checkpoint.
GRACE = 45.0
#: The largest number of processes that are started for one job.
ATTEMPTS = 4


def read_state(work: Path) -> dict:
    """Reads the state of the job.

    ``phases``: for each name, ``status`` (``running``, ``done``, ``failed`` or ``again``), ``tries``, ``seconds`` and
    ``error``. ``end_at``: when the running phase is ended (seconds since 1970). ``all``: names of all phases.
    """
    return read_json(work / "results" / STATE) or {"phases": {}, "end_at": 0.0}


def write_state(work: Path, state: dict) -> None:
    """Replaces the stored state."""
    write_json(work / "results" / STATE, state)


def run_phases(work: Path, deadline: float) -> None:
    """Runs the phases that have neither succeeded nor failed. ``deadline``: seconds since 1970."""
    from .phases import phases_of

    state, everything = read_state(work), phases_of(work)
    state["all"] = [phase.name for phase in everything]
    phases = [
        p for p in everything if state["phases"].get(p.name, {}).get("status") not in ("done", "failed")
    ]
    for number, phase in enumerate(phases):
        left = deadline - RESERVE - time.time()
        if left <= 0:
            log.info("no time left for %s", ", ".join(p.name for p in phases[number:]))
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
        except Exception as error:  # the other phases can run after any error
            log.exception("%s failed", phase.name)
            entry |= {"status": "failed", "error": f"{type(error).__name__}: {error}"}
        entry["seconds"] = round(time.time() - begun, 1)
        write_state(work, state)
        log.info("%s: %s after %.1f s", phase.name, entry["status"], entry["seconds"])
        if entry["status"] == "failed" and not _device_works():
            log.info("the device no longer works in this process: a new process continues")
            sys.exit(3)


def _device_works() -> bool:
    """Whether this process can still use the device. After some CUDA errors it cannot."""
    import torch

    try:
        if torch.cuda.is_available():
            torch.zeros(1, device="cuda").item()
    except RuntimeError:
        return False
    return True


def watch(work: Path, seconds: float, command: Sequence[str] = ("-m", "training.gpu.job")) -> int:
    """Runs the job for at most ``seconds``. Returns 0 if every phase is done, otherwise 1.

    A second call continues the job. Unfinished and failed phases run again, from their checkpoints if they have any.
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
    names = state.get("all", ["phases"])
    for name in names:
        entry = state["phases"].get(name, {"status": "not started"})
        print(f"{name}: {entry['status']} {entry.get('seconds', '')} {entry.get('error', '')}".rstrip())
    return 0 if all(state["phases"].get(n, {}).get("status") == "done" for n in names) else 1


def _attempt(work: Path, deadline: float, command: Sequence[str]) -> bool:
    """Runs one process. Returns whether it ended without an error.

    After an error, the phase that was running may be tried once more, and nothing is compiled any more.
    """
    child = subprocess.Popen(
        [sys.executable, *command, str(work), str(deadline)], cwd=Path(__file__).parents[2]
    )
    begun, reason = time.time(), "its process crashed"
    while child.poll() is None:
        time.sleep(0.2)
        state = read_state(work)
        is_working = any(e["status"] == "running" for e in state["phases"].values())
        if time.time() > min(state["end_at"] if is_working else begun + START_UP, deadline):
            child.kill()
            child.wait()
            reason = "it exceeded its time and was ended"
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
    """Entry point of the process that does the work. Logs to the terminal and to the log that is brought back."""
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
