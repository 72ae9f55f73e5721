"""Options of a pre-training run."""

from dataclasses import dataclass

from ..common.options import option


@dataclass
class PretrainOptions:
    """Options of a pre-training run.

    The learning rate rises, stays constant, and falls to zero at the end (Hägele et al. 2024, Scaling laws and
    compute-optimal training beyond fixed training durations), so that a run can be extended before its decay.
    """

    tokens: int = option(10_000_000, "tokens to read in total")
    minutes: float = option(
        600.0,
        "time limit in minutes, on a CPU those that a thread computes; the learning rate decays to its end in any case",
    )
    length: int = option(128, "tokens of a row")
    long_length: int = option(512, "tokens of a row in the last part of the run")
    long_share: float = option(0.1, "share of the run that reads long rows")
    batch_tokens: int = option(2048, "tokens of a batch")
    accumulate: int = option(1, "batches in an optimiser step")
    learning_rate: float = option(1e-4, "highest learning rate")
    warmup: float = option(0.04, "share of the run in which the learning rate rises")
    decay: float = option(0.35, "share of the run in which the learning rate falls to zero")
    weight_decay: float = option(0.01, "weight decay (AdamW)")
    freeze_encoder: bool = option(
        False, "train only the masked-word head, whose perplexity measures the start"
    )
    from_scratch: bool = option(False, "begin with random weights")
    seed: int = option(1, "seed of the random numbers")
    eval_minutes: float = option(8.0, "minutes between two evaluations of perplexity")
    eval_rows: int = option(96, "rows of each source that an evaluation reads")
    checkpoint_minutes: float = option(4.0, "minutes between two checkpoints")


#: Before the encoder is trained, only the masked-word head is trained, because the first gradients of a random head
#: would destroy what the start has learnt. The perplexity after this phase is that of the start.
HEAD = PretrainOptions(tokens=1_500_000, long_share=0.0, freeze_encoder=True, learning_rate=2e-3)
