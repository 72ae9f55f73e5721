"""The state of the queue, read from the files in the folder of the runs: as data and as a table."""

import time
from collections.abc import Mapping, Sequence

from ..common.folders import read_json
from ..common.renamed import current
from .lock import LOG, STATE, holder, queue_folder
from .plan import NotReady, Queue
from .recipe import Job, Step

#: Written by a training run into its folder (see running.py).
PROGRESS = "progress.json"
_HEADER = ("recipe", "step", "state", "step/total", "tokens/s", "minutes", "left", "dev figures")


def report(queue: Queue) -> dict:
    """``worker`` (its process or None), ``log``, ``jobs`` in their order, ``next`` (names of jobs)."""
    runs = queue.places.runs
    process = holder(runs)
    state = read_json(queue_folder(runs) / STATE) or {}
    running = (state.get("running") or {}).get("job") if process is not None else None
    jobs = [_row(queue, step, job, running, state) for step in queue.steps.values() for job in step.jobs]
    names = state.get("recipes") if process is not None else None
    failed = frozenset(row["job"] for row in jobs if row["state"] == "failed")
    skip = frozenset({running} if running else ()) | (failed if process is not None else frozenset())
    following = queue.next_job(names, skip) if running is None else _after(queue, running, names, skip)
    return {
        "worker": process,
        "log": str(queue_folder(runs) / LOG),
        "jobs": jobs,
        "next": following.name if following else None,
    }


def _after(queue: Queue, running: str, names: list[str] | None, skip: frozenset[str]) -> Job | None:
    """The job that follows if the running one succeeds: the next of its recipe that the worker works on
    (``names``), otherwise what can run in other recipes."""
    recipe = running.split("/")[0]
    own = [
        job
        for step in queue.closure(names)
        if step.recipe == recipe
        for job in step.jobs
        if not queue.is_done(job) and job.name != running
    ]
    return own[0] if own else queue.next_job(names, skip)


def _row(queue: Queue, step: Step, job: Job, running: str | None, state: Mapping) -> dict:
    mark = queue.mark_of(job) if queue.is_done(job) else None
    output = queue.output(job)
    progress = (read_json(output / PROGRESS) or {}) if output.is_dir() else {}
    row = {
        "job": job.name,
        "recipe": job.recipe,
        "step": "/".join(filter(None, (job.step, job.candidate))),
        "state": "waiting",
        "output": str(output),
        "progress": progress,
    }
    failure = state.get("failed", {}).get(job.name)
    if mark:
        row |= {
            "state": "done",
            "minutes": mark.get("minutes"),
            "figure": mark.get("figure"),
            "changed": current(mark.get("command", [])) != current(job.command),
            "won": _won(queue, step, job),
        }
    elif job.name == running:
        row |= {"state": "running", "minutes": (time.time() - state["running"]["since"]) / 60}
    elif failure:
        row |= {"state": "failed", "error": failure["error"], "lines": failure.get("lines", [])}
    elif progress:
        row["state"] = "stopped"
    else:
        row["waits_for"] = queue.waits_for(step)
    return row


def _won(queue: Queue, step: Step, job: Job) -> bool:
    try:
        return step.figure is not None and queue.winner(step) is job
    except NotReady:
        return False


def as_table(found: Mapping) -> str:
    """The report as text: a line a job, then errors, the worker and what is next."""
    rows = [_HEADER, *(_cells(row) for row in found["jobs"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    for row in found["jobs"]:
        if row["state"] == "failed":
            lines += ["", f"{row['job']} failed: {row['error']}", *(f"    {line}" for line in row["lines"])]
    lines += [
        "",
        f"running: process {found['worker']}"
        if found["worker"] is not None
        else "not running: python -m training train starts or continues it",
        f"log: {found['log']}",
        f"next: {found['next'] or 'nothing'}",
    ]
    return "\n".join(lines)


def _cells(row: Mapping) -> Sequence[str]:
    progress = row["progress"]
    minutes = progress.get("minutes", row.get("minutes"))
    state = row["state"]
    if row.get("changed"):
        state = "done by another command"
    elif row.get("won"):
        state = "done, winner"
    figures = figures_of(progress.get("dev") or {})
    if row.get("figure") is not None:
        figures = f"{row['figure']:g}  {figures}".rstrip()
    left = progress.get("minutesLeft") if state == "running" else None
    return (
        row["recipe"],
        row["step"],
        state,
        f"{progress['step']}/{progress['total']}" if "step" in progress else "",
        f"{progress['tokensPerSecond']:.0f}" if "tokensPerSecond" in progress else "",
        "" if minutes is None else f"{minutes:.1f}",
        "" if left is None else duration(left),
        figures,
    )


def figures_of(dev: Mapping) -> str:
    """Dev figures on one line: F1 of each set, or numbers as they are."""
    found = []
    for name, value in dev.items():
        if isinstance(value, dict) and "f1" in value:
            value = value["f1"]
        if isinstance(value, (int, float)) and name not in ("step", "epoch"):
            found.append(f"{name} {value:.4g}")
    return ", ".join(found)


def duration(minutes: float) -> str:
    """``45 min`` or ``3 h 20``."""
    whole = round(minutes)
    return f"{whole} min" if whole < 120 else f"{whole // 60} h {whole % 60:02d}"
