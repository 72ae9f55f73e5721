"""The state of the queue as data and as a table. It is read from the files in the folder of the runs."""

import time
from collections.abc import Mapping, Sequence

from ..common.folders import read_json
from ..common.renamed import current
from .lock import LOG, STATE, holder, queue_folder
from .plan import NotReady, Queue
from .recipe import Job, Step

#: A training run writes this file into its folder (see ``common/run.py``).
PROGRESS = "progress.json"
_HEADER = ("recipe", "step", "state", "step/total", "tokens/s", "minutes", "left", "dev figures")


def report(queue: Queue) -> dict:
    """Returns the state of the queue as JSON values.

    ``worker``: its process number, or None if it is not running; ``log``: path of its log; ``jobs``: a table for each
    job, in their order; ``next``: name of the job that runs next, or None.
    """
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
    """Returns the job that runs next if the running one succeeds: the next job of its recipe, otherwise the first job
    of another recipe that can run. ``names``: the recipes that the worker runs; None: all."""
    recipe = running.split("/")[0]
    remaining = [
        job
        for step in queue.closure(names)
        if step.recipe == recipe
        for job in step.jobs
        if not queue.is_done(job) and job.name != running
    ]
    return remaining[0] if remaining else queue.next_job(names, skip)


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


def as_table(status: Mapping) -> str:
    """Formats a report as text: a line for each job, then errors, the worker and the next job."""
    rows = [_HEADER, *(_cells(row) for row in status["jobs"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    for row in status["jobs"]:
        if row["state"] == "failed":
            lines += ["", f"{row['job']} failed: {row['error']}", *(f"    {line}" for line in row["lines"])]
    lines += [
        "",
        f"running: process {status['worker']}"
        if status["worker"] is not None
        else "not running: python -m training train starts or continues it",
        f"log: {status['log']}",
        f"next: {status['next'] or 'nothing'}",
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
    """Formats dev figures on one line: the F1 of each dev set, and other numbers with four digits."""
    texts = []
    for name, value in dev.items():
        if isinstance(value, dict) and "f1" in value:
            value = value["f1"]
        if isinstance(value, (int, float)) and name not in ("step", "epoch"):
            texts.append(f"{name} {value:.4g}")
    return ", ".join(texts)


def duration(minutes: float) -> str:
    """Formats minutes as ``45 min`` or, from two hours, as ``3 h 20``."""
    rounded = round(minutes)
    return f"{rounded} min" if rounded < 120 else f"{rounded // 60} h {rounded % 60:02d}"
