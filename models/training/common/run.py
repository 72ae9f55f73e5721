"""The base class of all training runs: a schedule that is limited by steps and time, checkpoints, and a progress file.

A run that was killed at any moment resumes from its last checkpoint, with the same result as without the interruption.
"""

import logging
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from .checkpoint import load_state, save_state
from .folders import TOKENIZER_FILES, write_json
from .speed import fastest
from .start import training_device

log = logging.getLogger(__name__)
#: Exit status of a run that was stopped and wrote its checkpoint (EX_TEMPFAIL).
STOPPED = 75
#: File in the folder of a run with its progress, which ``python -m training status`` shows.
PROGRESS = "progress.json"
#: Seconds between two updates of this file.
PROGRESS_SECONDS = 5.0


class Stopped(SystemExit):
    """A run was stopped by SIGTERM before the end of its schedule. Its checkpoint was written."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


class Run:
    """A training run. ``step``: number of finished steps; ``spent``: seconds of computing so far; ``tokens``: tokens
    read so far.

    ``minutes``: time limit of the run, in minutes of computing; ``checkpoint_minutes``: minutes between two
    checkpoints. A subclass adds its state to checkpoints in :meth:`state` and :meth:`load_state`.
    """

    def __init__(self, start: Path, out: Path, minutes: float, checkpoint_minutes: float) -> None:
        self.start, self.out = start, out
        self.device = training_device()
        self.arithmetic = fastest(start, self.device)
        self.amp = self.arithmetic.amp
        self.step, self.spent, self.tokens = 0, 0.0, 0
        self.losses: deque[float | torch.Tensor] = deque(maxlen=50)
        self._minutes, self._checkpoint_minutes = minutes, checkpoint_minutes
        self._asked_to_stop = self._measuring = False
        self._progress: _Progress | None = None

    def state(self) -> dict:
        """Returns the state for a checkpoint, in addition to step, time and random state."""
        raise NotImplementedError

    def load_state(self, state: dict) -> None:
        """Restores what :meth:`state` returned."""
        raise NotImplementedError

    def run(self) -> None:
        """Trains to the end of the schedule and writes the result to ``out``."""
        raise NotImplementedError

    def save(self) -> None:
        """Writes the checkpoint and the progress file."""
        save_state(
            self.out,
            {
                **self.state(),
                "step": self.step,
                "spent": self.spent,
                "tokens": self.tokens,
                "rng": torch.get_rng_state(),
            },
        )
        self.write_progress()

    def restore(self) -> bool:
        """Loads the checkpoint of the run. Returns False if no checkpoint was written."""
        state = load_state(self.out)
        if state is None:
            return False
        self.load_state(state)
        self.step, self.spent = state["step"], state["spent"]
        self.tokens = state.get("tokens", self.tokens)
        torch.set_rng_state(state["rng"])
        log.info("resumed at step %d", self.step)
        return True

    def progress(self, total: int) -> float:
        """Returns the finished share of the schedule, without regard to the time limit."""
        return self.step / total

    def schedule(self, total: int) -> Iterator[float]:
        """Yields the finished share of the run, in [0, 1), before each step, and writes checkpoints.

        A run ends after ``total`` or at its time limit, whichever comes first, because a machine may be slow. The
        learning rate depends on this share, so it decays to its end in both cases. After SIGTERM, the checkpoint is
        written and :class:`Stopped` is raised.
        """
        saved = time.monotonic()
        begun, before = self._seconds(), self.spent
        self._progress = _Progress(self, total)
        with self._stoppable():
            while (progress := self._share(total)) < 1:
                yield progress
                now = time.monotonic()
                self.spent = before + self._seconds() - begun
                if self._asked_to_stop or now - saved > 60 * self._checkpoint_minutes:
                    saved = now
                    self.save()
                elif now - self._progress.written > PROGRESS_SECONDS:
                    self.write_progress()
                if self._asked_to_stop:
                    log.info("stopped: the checkpoint of step %d was written", self.step)
                    raise Stopped
            self.save()

    def write_progress(self) -> None:
        """Writes :data:`PROGRESS` if the schedule has begun."""
        if self._progress is not None:
            self._progress.write()

    def dev_figures(self) -> dict:
        """Returns the last figures on dev data; an empty dictionary before the first evaluation."""
        return {}

    def _seconds(self) -> float:
        """A clock for the time limit: on a CPU the time of a thread, so that other work costs the run no steps."""
        if self.device.type == "cpu":
            return time.process_time() / torch.get_num_threads()
        return time.monotonic()

    def _share(self, total: int) -> float:
        return max(self.progress(total), self.spent / (60 * self._minutes))

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Makes SIGTERM stop the run. In a thread other than the main thread, signals are not handled."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, frame: object) -> None:
            self._asked_to_stop = True
            if self._measuring:  # An evaluation may take minutes, and the checkpoint was written before it.
                raise Stopped

        before = signal.signal(signal.SIGTERM, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)

    def write_tokenizer(self) -> None:
        """Copies the files of the tokenizer from the start to the folder of the run."""
        self.out.mkdir(parents=True, exist_ok=True)
        for name in TOKENIZER_FILES:
            (self.out / name).write_bytes((self.start / name).read_bytes())


class _Progress:
    """Writes :data:`PROGRESS`: step, total, finished share, tokens per second since the process began, loss, minutes
    spent and left, arithmetic, and dev figures. ``written``: time of the last update, by the monotonic clock."""

    def __init__(self, run: Run, total: int) -> None:
        self._run, self._total = run, total
        self._spent, self._tokens, self._share = run.spent, run.tokens, run._share(total)
        self.written = 0.0

    def write(self) -> None:
        """Replaces the progress file."""
        self.written = time.monotonic()
        run = self._run
        share, spent = run._share(self._total), run.spent - self._spent
        gained = share - self._share
        write_json(
            run.out / PROGRESS,
            {
                "step": run.step,
                "total": round(run.step / max(run.progress(self._total), 1e-9)),
                "share": round(min(share, 1.0), 4),
                "minutes": round(run.spent / 60, 2),
                "minutesLeft": round(spent / 60 * (1 - share) / gained, 1)
                if gained > 0 and share < 1
                else 0.0,
                "tokensPerSecond": round((run.tokens - self._tokens) / spent, 1) if spent > 0 else 0.0,
                "loss": round(float(sum(run.losses)) / len(run.losses), 4) if run.losses else None,
                "arithmetic": run.arithmetic._asdict(),
                "dev": run.dev_figures(),
            },
        )
