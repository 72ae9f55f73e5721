"""Options of a run that learns answers and stances."""

from dataclasses import dataclass

from ..common.options import option
from ..questions.options import SpanOptions
from ..stances.data.sizes import EpochSizes


@dataclass
class ReadingOptions(EpochSizes, SpanOptions):
    """Options of a run that learns answers and stances."""

    stage: str = option("biomedical", "stage of the answers: general, or biomedical")
    stances: str = option(
        "", "run of the stance model; the start takes its stance layer and a share of its encoder"
    )
    stances_share: float = option(
        0.5, "share of the encoder of --stances, between 0 and 1; the rest: --start"
    )
    stances_weight: float = option(1.0, "weight of the loss of stances")
    stance_max_length: int = option(160, "tokens of the longest row of a stance")
    context: int = option(48, "largest number of tokens of the text before the sentence of a stance")
    smoothing: float = option(0.05, "label smoothing of the loss of stances")
    dev_examples: int = option(150, "examples of each dev set of stances that are measured during the run")
