"""The corpora that we train on and measure on: where, under which licence, what they annotate."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .chemprot import read_chemprot
from .iob import Sentence, read_iob
from .negatives import NOTHING, citations, plain_prose
from .pubtator import read_pubtator

#: Types that the product shows.
SHOWN_TYPES = ("Gene", "Disease", "Chemical", "Species")
#: Heads of other guidelines that ship in the same file and are not shown: JNLPBA's protein, and
#: LINNAEUS's species, which counts patients and women. Its corpora are measured with them.
GUIDELINES = ("JNLPBA-protein", "LINNAEUS-species")
#: What the shipped model gives, in the order of its output rows.
SHIPPED_TYPES = (*SHOWN_TYPES, *GUIDELINES)


@dataclass(frozen=True)
class Corpus:
    """One annotated corpus.

    ``heads`` maps the corpus's own tag names to heads of the model; a head outside
    ``SHIPPED_TYPES`` serves training only and is cut off at export. ``absent``: heads of
    which its texts hold no name. ``in_order`` says whether neighbouring sentences come from the same
    abstract. ``share`` of it is read in an epoch.
    """

    name: str
    folder: str
    licence: str
    heads: Mapping[str, str]
    files: Mapping[str, str]
    in_order: bool = True
    reader: Callable[[Path], Iterable[Sentence]] = read_iob
    share: float = 1.0
    absent: tuple[str, ...] = ()

    @property
    def annotates(self) -> tuple[str, ...]:
        """Heads that this corpus teaches, also by their absence; it is silent on all others."""
        named = (head for head in self.heads.values() if head != NOTHING)
        return tuple(dict.fromkeys((*named, *self.absent)))

    def has(self, part: str) -> bool:
        """Whether the corpus has a part of this name."""
        return part.partition("-")[0] in self.files

    def read(self, root: Path, part: str) -> list[Sentence]:
        """Sentences of ``part``, their tags renamed to our heads.

        Parts: ``train``, ``dev``, ``test``; ``dev-fit`` and ``dev-held`` are the first four
        fifths and the last fifth of dev (whole abstracts but for one), so that a model
        trained on most of dev still has unseen text to be calibrated on.
        """
        whole, _, piece = part.partition("-")
        path = root / self.folder / self.files[whole]
        sentences = [Sentence(s.words, tuple(map(self._rename, s.tags))) for s in self.reader(path)]
        border = len(sentences) * 4 // 5
        return {"fit": sentences[:border], "held": sentences[border:]}.get(piece, sentences)

    def _rename(self, tag: str) -> str:
        kind, _, name = tag.partition("-")
        return f"{kind}-{self.heads[name]}" if kind != "O" and name in self.heads else "O"


_MTL_PARTS = {"train": "train.tsv", "dev": "devel.tsv", "test": "test.tsv"}
_MTL = "CC BY 4.0 (MTL-Bioinformatics-2016 conversion)"
_PUBLIC = f"{_MTL}; corpus in the public domain (US Government work)"



def _aioner(name: str, heads: Mapping[str, str], file: str = "") -> Corpus:
    return Corpus(name, "ner/AIONER_pubtator", "MIT (AIONER's files); corpora of the NLM", heads,
                  {"train": f"{file or name}_{'TrainDev' if name == 'BioRED' else 'Train'}.PubTator"},
                  reader=read_pubtator)


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
        Corpus("Species-800", "ner/s800_biobert", "none stated in the source repository",
               {"": "Species"}, _MTL_PARTS),
        Corpus("LINNAEUS", "ner/linnaeus", _MTL, {"Species": "LINNAEUS-species"}, _MTL_PARTS,
               share=0.5),
        # Helper heads: cells and nucleic acids, which are no proteins.
        Corpus("JNLPBA", "ner/JNLPBA_baderlab", "none stated in the source repository",
               {"PRGE": "JNLPBA-protein", "DNA": "DNA", "CLTP": "Cell", "CLLN": "CellLine"},
               {"train": "train.tsv", "dev": "valid.tsv", "test": "test.tsv"}, share=0.7),
        _aioner("BioRED", {"Gene": "GeneProduct", "Disease": "Disease", "Chemical": "Chemical",
                           "Species": "LINNAEUS-species", "Variant": "Variant"}),
        _aioner("NLM-Gene", {"Gene": "GeneProduct", "FamilyName": "GeneFamily"}, file="NLMgene"),
        _aioner("GNormPlus", {"Gene": "GeneProduct", "FamilyName": "GeneFamily"}),
        _aioner("tmVar3", {"Gene": "GeneProduct", "Species": "LINNAEUS-species",
                           **dict.fromkeys(("DNAMutation", "ProteinMutation", "SNP", "DNAAllele",
                                            "ProteinAllele", "AcidChange", "OtherMutation"),
                                           "Variant")}),
        # Drugs and genes side by side, both annotated.
        Corpus("ChemProt", "re/ChemProt_original", "none stated in the source repository",
               {"CHEMICAL": "Chemical", "GENE-Y": "Gene", "GENE-N": "Gene"},
               {"train": "chemprot_training/chemprot_training_abstracts.tsv",
                "dev": "chemprot_development/chemprot_development_abstracts.tsv"},
               reader=read_chemprot),
        # Texts without annotation: see negatives.py.
        Corpus("citations", "pretrain/elife_fulltext", "CC BY 4.0, CC BY 3.0, CC0 per article",
               {NOTHING: NOTHING}, {"train": "."}, in_order=False, reader=citations, share=0.35),
        Corpus("policies", "qa/PolicyQA", "MIT", {}, {"train": "dev.json"}, in_order=False,
               reader=plain_prose, absent=SHIPPED_TYPES, share=0.5),
        Corpus("reviews", "qa/SQuADShifts", "none stated in the source repository", {},
               {"train": "amazon_reviews_v1.0.json"}, in_order=False, reader=plain_prose,
               absent=("Gene", "JNLPBA-protein"), share=0.4),
    )
}

#: The sets that models are chosen by and measured on.
MEASURED_CORPORA = ("NCBI-disease", "BC5CDR", "BC2GM", "Species-800", "LINNAEUS", "JNLPBA")
#: What the shipped tagger is trained on.
DEFAULT_CORPORA = tuple(CORPORA)
#: The sets of a short comparison.
PROBE_CORPORA = ("NCBI-disease", "BC5CDR", "BC2GM")


def heads_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """Heads of a model trained on these corpora: the shipped types first, helpers after."""
    extra = dict.fromkeys(h for n in names for h in CORPORA[n].annotates if h not in SHIPPED_TYPES)
    return (*SHIPPED_TYPES, *extra)
