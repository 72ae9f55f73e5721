"""Averages the weights of a run."""

import torch
from torch import nn


class Average:
    """Exponential moving average of the weights (Polyak & Juditsky 1992), taken every ``every`` steps."""

    def __init__(self, module: nn.Module, decay: float, every: int) -> None:
        self.every, self.decay, self.count = every, decay, 0
        self.state = {k: v.detach().clone() for k, v in module.state_dict().items()}

    def update(self, module: nn.Module) -> None:
        """Call after each optimiser step."""
        self.count += 1
        if self.count % self.every:
            return
        # Short runs: never remember more than the tenth part of the steps so far.
        decay = min(self.decay, self.count / (self.count + 9.0 * self.every))
        live = module.state_dict()
        pairs = [(v, live[k]) for k, v in self.state.items() if v.is_floating_point()]
        torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - decay)  # pyright: ignore[reportPrivateImportUsage]
