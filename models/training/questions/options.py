"""Options of a run of the question model."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option

#: Weights of a finished run.
RUN_FILE = "questions.pt"


@dataclass
class SpanOptions(FineTuneOptions):
    """Options of a run that learns to find answers in a context."""

    stage: str = option("general", "general, or biomedical, which continues a general run")
    leave_out: tuple[str, ...] = option(("7b",), "BioASQ years that the run must not see")
    max_length: int = option(176, "tokens of the longest row; of a longer context, a random window is read")
    miss_answer: float = option(0.15, "share of windows that are chosen without regard to the answer")
    unanswerable: float = option(0.12, "unanswerable questions that are added for each answered question")


@dataclass
class QuestionOptions(SpanOptions):
    """Options of a run of the question model."""

    verdict_max_length: int = option(256, "tokens of the longest row of a yes-no question")
    pairs: int = option(3000, "pairs of texts in an epoch, for the embedding")
    pairs_per_batch: int = option(40, "pairs in a batch; each pair is compared with all others of its batch")
    verdict_weight: float = option(1.0, "weight of the loss of verdicts")
    pair_weight: float = option(1.0, "weight of the loss of pairs")
