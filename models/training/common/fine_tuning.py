"""The base class of all fine-tunings: AdamW, masked tokens, averaged weights, and the history of dev figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .average import Average
from .encoder import SpecialIds
from .optimiser import parameter_groups, set_rate
from .options import FineTuneOptions
from .run import Run


class FineTuning(Run):
    """A run that fine-tunes ``module``, whose encoder is ``module.bert``."""

    def __init__(
        self, module: Any, start: Path, out: Path, options: FineTuneOptions, special: SpecialIds
    ) -> None:
        super().__init__(start, out, options.minutes, options.checkpoint_minutes)
        self.module: Any = module.to(self.device)
        self.options, self._special = options, special
        self.module.bert.embeddings.word_embeddings.weight.requires_grad_(not options.freeze_words)
        self.average = Average(self.module, options.average, options.average_every)
        groups = parameter_groups(
            self.module, options.learning_rate, options.layer_decay, options.weight_decay
        )
        self.optimizer = torch.optim.AdamW(groups, fused=True)
        self.history: list[dict] = []

    def state(self) -> dict:
        """Returns the weights, their average, the state of the optimiser, and the dev figures so far."""
        return {
            "module": self.module.state_dict(),
            "average": self.average.state,
            "count": self.average.count,
            "optimizer": self.optimizer.state_dict(),
            "history": self.history,
        }

    def load_state(self, state: dict) -> None:
        """Restores what :meth:`state` returned."""
        self.module.load_state_dict(state["module"])
        # The checkpoint was read into the memory of the CPU; the average is updated on the device of the weights.
        self.average.state = {name: value.to(self.device) for name, value in state["average"].items()}
        self.average.count = state["count"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.history = state["history"]

    def update(self, loss: torch.Tensor, progress: float) -> float:
        """Makes one optimiser step. Returns the loss as a number. ``progress``: finished share of the schedule."""
        set_rate(self.optimizer.param_groups, progress, self.options.warmup)
        loss.backward()
        nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.average.update(self.module)
        value = loss.item()
        self.losses.append(value)
        return value

    def dev_figures(self) -> dict:
        """Returns the last entry of the history."""
        return self.history[-1] if self.history else {}

    def mask(self, ids: torch.Tensor) -> None:
        """Replaces a random share ``mask_tokens`` of ``ids`` by [MASK], in place, except for special tokens."""
        if self.options.mask_tokens > 0:
            masked = torch.rand(ids.shape, device=ids.device) < self.options.mask_tokens
            for special in (self._special.pad, self._special.cls, self._special.sep):
                masked &= ids != special
            ids[masked] = self._special.mask

    @contextmanager
    def averaged(self) -> Iterator[Any]:
        """Yields the module with its averaged weights for an evaluation, then restores the current weights.

        The checkpoint is written first, so that the evaluation can be interrupted.
        """
        self.save()
        current = {k: v.clone() for k, v in self.module.state_dict().items()}
        self.module.load_state_dict(self.average.state)
        self.module.eval()
        self._measuring = True
        try:
            yield self.module
        finally:
            self._measuring = False
            self.module.load_state_dict(current)
