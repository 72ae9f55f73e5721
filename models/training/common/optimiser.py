"""The parameter groups and the learning rate of a fine-tuning."""

from typing import Any


def parameter_groups(
    module: Any, learning_rate: float, layer_decay: float, weight_decay: float
) -> list[dict]:
    """Returns the parameter groups of a module whose encoder is ``module.bert``.

    The learning rate is multiplied by ``layer_decay`` for each layer further down. Norms and biases have no weight
    decay.
    """
    layers = module.bert.config.num_hidden_layers
    groups: dict[tuple[int, bool], list] = {}
    for name, parameter in module.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = layers + 1
        if name.startswith("bert.embeddings"):
            depth = 0
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0]) + 1
        groups.setdefault((depth, parameter.ndim > 1), []).append(parameter)
    return [
        {
            "params": parameters,
            "top": learning_rate * layer_decay ** (layers + 1 - depth),
            "lr": 0.0,
            "weight_decay": weight_decay if decays else 0.0,
        }
        for (depth, decays), parameters in groups.items()
    ]


def set_rate(groups: list[dict], progress: float, warmup: float) -> None:
    """Sets the learning rates: linear warm-up to ``top`` of each group, then linear decay.

    ``progress``: finished share of the run, in [0, 1]; ``warmup``: share of the run in which the rate rises.
    """
    factor = min(progress / warmup, (1 - progress) / (1 - warmup))
    for group in groups:
        group["lr"] = group["top"] * max(factor, 0.01)
