"""Options of a run of the tagger."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option
from .data.corpora import DEFAULT_CORPORA

#: Heads and weights of a finished run.
RUN_FILE = "tagger.pt"


@dataclass
class TaggerOptions(FineTuneOptions):
    """Options of a run of the tagger."""

    corpora: tuple[str, ...] = option(
        DEFAULT_CORPORA, "corpora to train on; a corpus that is named twice is read twice"
    )
    parts: tuple[str, ...] = option(("train",), "parts of the corpora to train on: train, dev, dev-fit")
    epochs: float = option(8.0, "number of epochs")
    max_length: int = option(190, "tokens of the longest row")
    shares: tuple[str, ...] = option((), "NAME=SHARE: share of a corpus that an epoch reads")
    replace: tuple[str, ...] = option(
        (), "NAME=SHARE: adds a copy of the corpus with replaced names, of which an epoch reads this share"
    )
    token_types: str = option("shape", "shape: token types are the case shapes of words; none: they are zero")
    eval_epochs: float = option(2.0, "epochs between two evaluations on dev data")
    eval_part: str = option("dev", "part of the corpora for these evaluations: dev or dev-held")
