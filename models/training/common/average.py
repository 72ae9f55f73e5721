"""Averages the weights of a run."""

import torch
from torch import nn


class Average:
    """Exponential moving average of the weights (Polyak and Juditsky 1992), updated every ``every`` steps."""

    def __init__(self, module: nn.Module, decay: float, every: int) -> None:
        self.every, self.decay, self.count = every, decay, 0
        self.state = {k: v.detach().clone() for k, v in module.state_dict().items()}

    def update(self, module: nn.Module) -> None:
        """Updates the average. It must be called after each optimiser step."""
        self.count += 1
        if self.count % self.every:
            return
        # At the beginning of a run, the average covers at most a tenth of the steps so far.
        decay = min(self.decay, self.count / (self.count + 9.0 * self.every))
        live = module.state_dict()
        pairs = [(v, live[k]) for k, v in self.state.items() if v.is_floating_point()]
        torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - decay)  # pyright: ignore[reportPrivateImportUsage]
