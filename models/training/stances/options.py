"""Options of a run of the stance model."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option
from .data.sizes import EpochSizes

#: Weights of a finished run.
RUN_FILE = "stances.pt"


@dataclass
class StanceOptions(EpochSizes, FineTuneOptions):
    """Options of a run of the stance model."""

    max_length: int = option(160, "tokens of the longest row")
    context: int = option(48, "largest number of tokens of the text before the sentence")
    smoothing: float = option(0.05, "label smoothing of the loss")
