"""Options of a run of the embedding model."""

from dataclasses import dataclass

from ..common.options import FineTuneOptions, option

#: Weights of a finished run.
RUN_FILE = "embeddings.pt"


@dataclass
class EmbeddingOptions(FineTuneOptions):
    """Options of a run of the embedding model."""

    teacher: str = option("", "folder of the encoder whose vectors of [CLS] are learnt")
    teacher_prefix: str = option(
        "Represent this sentence for searching relevant passages: ",
        "text that the teacher reads before each question",
    )
    batch_tokens: int = option(4096, "tokens of the passages of a batch, padding included")
    passages: int = option(3, "passages of each full text in an epoch; of an abstract, one is read")
    passage_words: int = option(120, "words of the longest passage")
    vector_weight: float = option(1.0, "weight of the loss of single vectors")
    similarity_weight: float = option(1.0, "weight of the loss of the similarities in a batch")
