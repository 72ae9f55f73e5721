"""The options of training runs. They are dataclasses whose fields contain the help line of their command-line flag.

Modules of options import no PyTorch, so that ``--help`` works without it.
"""

from dataclasses import dataclass, field
from typing import Any


def option(default: object, help: str) -> Any:
    """Returns a dataclass field with a default and the help line of its flag.

    >>> @dataclass
    ... class Options:
    ...     epochs: float = option(8.0, "number of epochs")
    """
    return field(default=default, metadata={"help": help})


@dataclass
class FineTuneOptions:
    """Options of every fine-tuning."""

    epochs: float = option(1.0, "number of epochs")
    minutes: float = option(
        600.0,
        "time limit in minutes, on a CPU those that a thread computes; the learning rate decays to its end in any case",
    )
    learning_rate: float = option(3e-4, "highest learning rate, that of the last layer and the heads")
    warmup: float = option(0.08, "share of the run in which the learning rate rises")
    weight_decay: float = option(0.01, "weight decay of matrices (AdamW)")
    layer_decay: float = option(0.9, "factor of the learning rate for each layer further down; 1: no decay")
    dropout: float = option(0.1, "dropout of hidden states")
    mask_tokens: float = option(
        0.0, "share of input tokens that are masked, so that the model learns to use the context"
    )
    batch_tokens: int = option(2048, "tokens of a batch, padding included")
    average: float = option(0.99, "decay of the moving average of the weights")
    average_every: int = option(5, "steps between two updates of the average")
    freeze_words: bool = option(False, "freeze the word embeddings, which makes training a quarter faster")
    checkpoint_minutes: float = option(3.0, "minutes between two checkpoints")
    seed: int = option(1, "seed of the random numbers")
