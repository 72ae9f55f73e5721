"""Options of a run of the relation model."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option

DEFAULT_CORPORA = ("ChemProt", "DrugProt", "BC5CDR", "BioRED", "GAD")
#: Weights of a finished run.
RUN_FILE = "relations.pt"


@dataclass
class RelationOptions(FineTuneOptions):
    """Options of a run of the relation model."""

    corpora: tuple[str, ...] = option(
        DEFAULT_CORPORA, "corpora to train on; a corpus that is named twice is read twice"
    )
    parts: tuple[str, ...] = option(
        ("train",), "parts of the corpora to train on: train, dev-fit, foldN-train"
    )
    minutes: float = option(
        30.0,
        "time limit in minutes, on a CPU those that a thread computes; the learning rate decays to its end in any case",
    )
    epochs: float = option(6.0, "number of epochs")
    batch_tokens: int = option(3072, "tokens of a batch, padding included")
    single_sentences: float = option(
        0.5, "share of texts read sentence by sentence if the guideline allows it; 1: also all dev texts"
    )
    mask_names: float = option(0.15, "share of names that are masked; 1: also all names of dev texts")
    mix_sentences: float = option(
        0.0, "share of abstracts whose sentences are mixed with sentences of other abstracts"
    )
    eval_minutes: float = option(10.0, "minutes between two evaluations on dev data")
    share_encoder: bool = option(
        False, "train only markers and head, on the encoder of another model; needs --weight-decay 0"
    )
