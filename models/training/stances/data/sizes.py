"""The numbers of examples in an epoch, which are options of a run."""

from dataclasses import dataclass

from ...common.options import option


@dataclass
class EpochSizes:
    """Numbers of examples in an epoch by source."""

    found: int = option(12_000, "examples on sentences of abstracts in an epoch")
    made: int = option(18_000, "examples on written sentences about effects in an epoch")
    attributes: int = option(9_000, "examples on written sentences about other claims in an epoch")
    trials: int = option(6_000, "examples on results of trials in an epoch")
    passages: int = option(2, "how often an epoch reads the sentences of judged passages that take a side")
    silent: float = option(1.5, "silent sentences of judged passages for each one that takes a side")
