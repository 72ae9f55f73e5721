"""The training loop of all tasks.

A run provides its schedule and its optimiser step. The loop makes the steps, logs the mean loss and the speed, and
evaluates on dev data from time to time. The schedule (:meth:`training.common.run.Run.schedule`) writes checkpoints, so
that a run that was killed can resume.
"""

import json
import logging
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Generic, NamedTuple, TypeVar

import torch

from .run import Run

log = logging.getLogger(__name__)
Batch = TypeVar("Batch")


class StepResult(NamedTuple):
    """The result of one optimiser step. ``tokens``: number of tokens read; ``kind``: name of the loss, for runs with
    several losses."""

    loss: float | torch.Tensor
    tokens: int
    kind: str = "loss"


class EpochPlan(Generic[Batch]):
    """The batches of a run. They are planned for one epoch at a time.

    After a restart the plan of the epoch is made again, so ``plan_epoch`` must return the same batches for the same
    epoch. The first epoch sets the number of steps of an epoch. If a later epoch has a few more batches, the last
    ones are left out; if it has fewer, the first ones are repeated.

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
        """Returns the batch of a step. ``step``: number of finished steps."""
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

    ``total``: length of the schedule in the unit of ``run.progress``. ``train_step``: makes one optimiser step; its
    argument is the finished share of the schedule. ``log_every``: steps between two log lines. ``evaluate``: is called
    every ``evaluate_steps`` steps, and ``evaluate_minutes`` minutes after the last evaluation, or later if that took
    more than a ninth of this time. ``record``: is called with the finished share and the mean loss of each log line.
    """
    losses: dict[str, deque] = defaultdict(lambda: deque(maxlen=log_every))
    spent, tokens = run.spent, run.tokens
    due_at = time.monotonic() + 60 * evaluate_minutes
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
        if evaluate is not None and (is_due or time.monotonic() > due_at):
            began = time.monotonic()
            evaluate()
            # On a busy machine an evaluation may take as long as the minutes between two of them.
            ended = time.monotonic()
            due_at = ended + max(60 * evaluate_minutes, 9 * (ended - began))


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
