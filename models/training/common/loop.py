"""The training loop of all tasks.

A run brings its schedule and its optimiser step; the loop takes the steps in order, logs the mean loss and the
speed, and evaluates on dev data from time to time. The schedule (:meth:`training.common.run.Run.schedule`) writes
the checkpoints, so that a run that is killed continues where it was.
"""

import json
import logging
import math
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Generic, NamedTuple, TypeVar

import torch

from .run import Run

log = logging.getLogger(__name__)
Batch = TypeVar("Batch")


class StepResult(NamedTuple):
    """The result of one optimiser step. ``kind`` tells apart the losses of a run that learns several things."""

    loss: float | torch.Tensor
    tokens: int
    kind: str = "loss"


class EpochPlan(Generic[Batch]):
    """The batches of a run, planned epoch by epoch: the same seed and epoch give the same batches.

    A plan is made again after a restart. The plan of a later epoch may have a few batches more or fewer than
    that of the first, which sets the length of an epoch: then the last ones are left out or the first repeated.

    >>> plan = EpochPlan(lambda epoch: ["a", "b"], epochs=1.5)
    >>> plan.total, plan.batch(2)
    (3, 'a')
    """

    def __init__(self, plan_epoch: Callable[[int], Sequence[Batch]], epochs: float) -> None:
        self._plan_epoch, self._epoch = plan_epoch, 0
        self._batches = plan_epoch(0)
        self.steps_per_epoch = len(self._batches)
        self.total = math.ceil(self.steps_per_epoch * epochs)
        log.info("%d steps per epoch, %d in total", self.steps_per_epoch, self.total)

    def batch(self, step: int) -> Batch:
        """Returns the batch of the step that follows ``step`` finished ones."""
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            self._epoch, self._batches = epoch, self._plan_epoch(epoch)
        return self._batches[place % len(self._batches)]


def fit(
    run: Run,
    total: int,
    train_step: Callable[[float], StepResult],
    *,
    log_every: int,
    evaluate: Callable[[], object] | None = None,
    evaluate_steps: int = 0,
    evaluate_minutes: float = math.inf,
    record: Callable[[float, float], None] | None = None,
) -> None:
    """Trains ``run`` to the end of its schedule.

    ``total`` is the length of the schedule in the unit of ``run.progress``, ``train_step`` takes the share of the
    schedule that is done and makes one optimiser step. ``evaluate`` is called every ``evaluate_steps`` steps or
    ``evaluate_minutes`` minutes. ``record`` gets that share and the mean loss of each log line.
    """
    losses: dict[str, deque] = defaultdict(lambda: deque(maxlen=log_every))
    spent, tokens, evaluated = run.spent, run.tokens, run.spent
    for progress in run.schedule(total):
        result = train_step(progress)
        run.tokens += result.tokens
        losses[result.kind].append(result.loss)

        if run.step % log_every == 0:
            means = {kind: float(sum(recent) / len(recent)) for kind, recent in losses.items()}
            speed = (run.tokens - tokens) / max(run.spent - spent, 1e-9)
            text = ", ".join(f"{kind} {mean:.4f}" for kind, mean in means.items())
            log.info("step %d, %.1f %%, %s, %.0f tokens/s", run.step, 100 * progress, text, speed)
            if record is not None:
                record(progress, sum(means.values()) / len(means))

        is_due = evaluate_steps and run.step % evaluate_steps == 0
        if run.spent - evaluated > 60 * evaluate_minutes:
            evaluated, is_due = run.spent, True
        if evaluate is not None and is_due:
            evaluate()


def write_report(run: Run, options: Any, **more: object) -> None:
    """Writes ``run.json`` to the folder of the run: options, start, steps, minutes, and ``more``."""
    report = {
        "options": asdict(options),
        "start": run.start.name,
        "steps": run.step,
        "minutes": round(run.spent / 60, 1),
        "arithmetic": run.arithmetic._asdict(),
        **more,
    }
    (run.out / "run.json").write_text(json.dumps(report, indent=1))
