"""Options of a run of the stance model."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option

#: Weights of a finished run.
RUN_FILE = "stances.pt"


@dataclass
class StanceOptions(FineTuneOptions):
    """Options of a run of the stance model."""

    max_length: int = option(160, "tokens of the longest row")
    context: int = option(48, "largest number of tokens of the text before the sentence")
    found: int = option(12_000, "examples on sentences of abstracts in an epoch")
    made: int = option(18_000, "examples on written sentences about effects in an epoch")
    attributes: int = option(9_000, "examples on written sentences about other claims in an epoch")
    trials: int = option(6_000, "examples on results of trials in an epoch")
    passages: int = option(2, "how often an epoch reads the sentences of judged passages that take a side")
    silent: float = option(1.5, "silent sentences of judged passages for each one that takes a side")
    smoothing: float = option(0.05, "label smoothing of the loss")
