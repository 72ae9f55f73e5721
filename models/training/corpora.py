"""The corpora that we train on and measure on: where, under which licence, what they annotate."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .iob import Sentence, read_iob

#: Types that the shipped model gives, in the order of its output rows.
SHIPPED_TYPES = ("Gene", "Disease", "Chemical")


@dataclass(frozen=True)
class Corpus:
    """One annotated corpus.

    ``heads`` maps the corpus's own tag names to heads of the model; a head outside
    ``SHIPPED_TYPES`` serves training only and is cut off at export. ``in_order`` says
    whether neighbouring sentences come from the same abstract.
    """

    name: str
    folder: str
    licence: str
    heads: Mapping[str, str]
    files: Mapping[str, str]
    in_order: bool = True

    @property
    def annotates(self) -> tuple[str, ...]:
        """Heads that this corpus teaches, also by their absence; it is silent on all others."""
        return tuple(dict.fromkeys(self.heads.values()))

    def read(self, root: Path, part: str) -> list[Sentence]:
        """Sentences of ``part``, their tags renamed to our heads.

        Parts: ``train``, ``dev``, ``test``; ``dev-fit`` and ``dev-held`` are the first four
        fifths and the last fifth of dev (whole abstracts but for one), so that a model
        trained on most of dev still has unseen text to be calibrated on.
        """
        whole, _, piece = part.partition("-")
        path = root / self.folder / self.files[whole]
        sentences = [Sentence(s.words, tuple(map(self._rename, s.tags))) for s in read_iob(path)]
        border = len(sentences) * 4 // 5
        return {"fit": sentences[:border], "held": sentences[border:]}.get(piece, sentences)

    def _rename(self, tag: str) -> str:
        kind, _, name = tag.partition("-")
        return f"{kind}-{self.heads[name]}" if name in self.heads else "O"


_MTL_PARTS = {"train": "train.tsv", "dev": "devel.tsv", "test": "test.tsv"}
_MTL = "CC BY 4.0 (MTL-Bioinformatics-2016 conversion)"
_PUBLIC = f"{_MTL}; corpus in the public domain (US Government work)"

CORPORA: Mapping[str, Corpus] = {
    corpus.name: corpus
    for corpus in (
        Corpus("NCBI-disease", "ner/NCBI-disease", _PUBLIC, {"Disease": "Disease"}, _MTL_PARTS),
        Corpus(
            "BC5CDR",
            "ner/BC5CDR",
            _PUBLIC,
            {"Disease": "Disease", "Chemical": "Chemical"},
            _MTL_PARTS,
        ),
        # Sentences drawn one by one from MEDLINE: neighbours are strangers.
        Corpus("BC2GM", "ner/BC2GM", _MTL, {"GENE": "Gene"}, _MTL_PARTS, in_order=False),
        # Training-only heads: their guidelines differ from BC2GM's gene.
        Corpus(
            "JNLPBA",
            "ner/JNLPBA_baderlab",
            "none stated in the source repository",
            {"PRGE": "Protein", "DNA": "DNA", "CLTP": "CellType", "CLLN": "CellLine"},
            {"train": "train.tsv", "dev": "valid.tsv", "test": "test.tsv"},
        ),
        Corpus("CRAFT-ggp", "ner/CRAFT-ggp", _MTL, {"GGP": "CraftGene"}, _MTL_PARTS),
        Corpus("CRAFT-chem", "ner/CRAFT-chem", _MTL, {"CHEBI": "CraftChemical"}, _MTL_PARTS),
    )
}

#: What the first model is trained on and chosen by.
DEFAULT_CORPORA = ("NCBI-disease", "BC5CDR", "BC2GM")


def heads_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """Heads of a model trained on these corpora: the shipped types first, helpers after."""
    extra = dict.fromkeys(h for n in names for h in CORPORA[n].annotates if h not in SHIPPED_TYPES)
    return (*SHIPPED_TYPES, *extra)
