"""What every training run shares: a schedule bounded by steps and by the clock, and checkpoints.

A run killed at any moment goes on from its last checkpoint as if it had never stopped.
"""

import logging
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from .average import Average
from .checkpoint import load_state, save_state
from .folders import TOKENIZER_FILES, write_json
from .optimiser import parameter_groups, set_rate
from .speed import fastest
from .start import training_device

log = logging.getLogger(__name__)
#: Exit status of a run that was asked to end and has written its checkpoint: "temporary failure, try again".
STOPPED = 75
#: How a run stands, for ``python -m training status``; in the run's folder.
PROGRESS = "progress.json"
PROGRESS_SECONDS = 5.0


class Stopped(SystemExit):
    """A run has ended before its schedule, because of SIGTERM; its checkpoint is written."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


class Run:
    """A run with its place in the schedule: ``step`` taken, seconds ``spent``, ``tokens`` read.

    A subclass says in :meth:`state` and :meth:`take_up` what else a checkpoint must hold.
    """

    def __init__(self, start: Path, out: Path, minutes: float, checkpoint_minutes: float) -> None:
        self.start, self.out = start, out
        self.device = training_device()
        self.arithmetic = fastest(start, self.device)
        self.amp = self.arithmetic.amp
        self.step, self.spent, self.tokens = 0, 0.0, 0
        self.losses: deque[float] = deque(maxlen=50)
        self._minutes, self._checkpoint_minutes = minutes, checkpoint_minutes
        self._asked_to_stop = self._measuring = False
        self._progress: _Progress | None = None

    def state(self) -> dict:
        """What a checkpoint holds beside step, time and random state."""
        raise NotImplementedError

    def load_state(self, state: dict) -> None:
        """The inverse of :meth:`state`."""
        raise NotImplementedError

    def run(self) -> None:
        """Trains to the end of the schedule and writes the result to ``out``."""
        raise NotImplementedError

    def save(self) -> None:
        """Writes the checkpoint, and how the run stands."""
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
        """Takes up the run's checkpoint; False where there is none."""
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
        """Share of the schedule that is done, the clock left out."""
        return self.step / total

    def schedule(self, total: int) -> Iterator[float]:
        """Yields before each step the share of the run that is done, in [0, 1); saves as it goes.

        A shared machine may be slow: the clock ends a run as well as its steps, and whatever
        follows the share (the learning rate) comes to its end either way. Raises :class:`Stopped`,
        the checkpoint written, once the process has got SIGTERM.
        """
        begun = saved = time.monotonic()
        before = self.spent
        self._progress = _Progress(self, total)
        with self._stoppable():
            while (progress := self._share(total)) < 1:
                yield progress
                now = time.monotonic()
                self.spent = before + now - begun
                if self._asked_to_stop or now - saved > 60 * self._checkpoint_minutes:
                    saved = now
                    self.save()
                elif now - self._progress.written > PROGRESS_SECONDS:
                    self.write_progress()
                if self._asked_to_stop:
                    log.info("asked to end: the checkpoint of step %d is written", self.step)
                    raise Stopped
            self.save()

    def write_progress(self) -> None:
        """Writes :data:`PROGRESS`, once the schedule has begun."""
        if self._progress is not None:
            self._progress.write()

    def dev_figures(self) -> dict:
        """The last figures on dev data; empty where there are none yet."""
        return {}

    def _share(self, total: int) -> float:
        return max(self.progress(total), self.spent / (60 * self._minutes))

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Lets SIGTERM ask for the end of the run, where this is the main thread of the process."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def ask(number: int, frame: object) -> None:
            self._asked_to_stop = True
            if self._measuring:  # It may take minutes, and the checkpoint was written before it.
                raise Stopped

        before = signal.signal(signal.SIGTERM, ask)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)

    def write_tokenizer(self) -> None:
        """Copies the tokenizer's files of the start to the run's folder."""
        self.out.mkdir(parents=True, exist_ok=True)
        for name in TOKENIZER_FILES:
            (self.out / name).write_bytes((self.start / name).read_bytes())


class _Progress:
    """Writes :data:`PROGRESS`: step, total, share done, tokens a second since the process began, loss,
    minutes spent and left, arithmetic, dev figures. ``written``: when, on the monotonic clock."""

    def __init__(self, run: Run, total: int) -> None:
        self._run, self._total = run, total
        self._spent, self._tokens, self._share = run.spent, run.tokens, run._share(total)
        self.written = 0.0

    def write(self) -> None:
        """Replaces the file."""
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


@dataclass
class FineTuneOptions:
    """What every fine-tuning sets. ``minutes``: the clock that ends the schedule earlier.
    ``batch_tokens``: padded pieces a step. ``layer_decay``: factor on the learning rate a layer down
    (1 = none). ``mask_tokens``: share of input pieces replaced by [MASK] while training, so that
    context must serve where a name is unknown. ``average``: of the moving average of the weights.
    ``freeze_words``: 1 leaves the word embeddings alone, half of all weights; a quarter faster."""

    epochs: float = 1.0
    minutes: float = 600.0
    learning_rate: float = 3e-4
    warmup: float = 0.08
    weight_decay: float = 0.01
    layer_decay: float = 0.9
    dropout: float = 0.1
    mask_tokens: float = 0.0
    batch_tokens: int = 2048
    average: float = 0.99
    average_every: int = 5
    freeze_words: int = 0
    checkpoint_minutes: float = 3.0
    seed: int = 1


class FineTuning(Run):
    """A run over ``module`` (its encoder is ``module.bert``): AdamW, warm-up, decay, averaged weights."""

    def __init__(self, module: nn.Module, start: Path, out: Path, options: FineTuneOptions, special) -> None:
        super().__init__(start, out, options.minutes, options.checkpoint_minutes)
        self.module, self.options, self._special = module.to(self.device), options, special
        self.module.bert.embeddings.word_embeddings.weight.requires_grad_(not options.freeze_words)
        self.average = Average(self.module, options.average, options.average_every)
        groups = parameter_groups(
            self.module, options.learning_rate, options.layer_decay, options.weight_decay
        )
        self.optimizer = torch.optim.AdamW(groups, fused=True)
        self.history: list[dict] = []

    def state(self) -> dict:
        """Weights, their average, the optimiser, and the figures so far."""
        return {
            "module": self.module.state_dict(),
            "average": self.average.state,
            "count": self.average.count,
            "optimizer": self.optimizer.state_dict(),
            "history": self.history,
        }

    def load_state(self, state: dict) -> None:
        """The inverse of :meth:`state`."""
        self.module.load_state_dict(state["module"])
        self.average.state, self.average.count = state["average"], state["count"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.history = state["history"]

    def update(self, loss: torch.Tensor, progress: float) -> float:
        """One optimiser step at the share ``progress`` of the schedule; the loss as a number."""
        set_rate(self.optimizer.param_groups, progress, self.options.warmup)
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.average.update(self.module)
        self.losses.append(loss.item())
        return self.losses[-1]

    def dev_figures(self) -> dict:
        """The last entry of the history."""
        return self.history[-1] if self.history else {}

    def mask(self, ids: torch.Tensor) -> None:
        """Replaces the share ``mask_tokens`` of the ordinary pieces by [MASK], in place."""
        if self.options.mask_tokens > 0:
            hidden = torch.rand(ids.shape, device=ids.device) < self.options.mask_tokens
            for kept in (self._special.pad, self._special.cls, self._special.sep):
                hidden &= ids != kept
            ids[hidden] = self._special.mask

    @contextmanager
    def averaged(self) -> Iterator[nn.Module]:
        """The module with its averaged weights, ready to be measured; the live ones come back.

        The checkpoint is written first, so that a measurement can be broken off.
        """
        self.save()
        live = {k: v.clone() for k, v in self.module.state_dict().items()}
        self.module.load_state_dict(self.average.state)
        self.module.eval()
        self._measuring = True
        yield self.module
        self._measuring = False
        self.module.load_state_dict(live)
