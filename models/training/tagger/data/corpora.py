"""The corpora for training and evaluation: their folders, licences and annotated types."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...common.chemprot import read_chemprot
from ...common.iob import Derivation, Sentence, read_iob
from ...common.pubtator import read_pubtator
from . import guidelines
from .frames import name_sentences
from .guidelines import SILENT_KINDS
from .negatives import NOTHING, citations, plain_prose
from .weak import weak_sentences

#: Types that the product can show. Variant and CellLine are off by default.
SHOWN_TYPES = ("Gene", "Disease", "Chemical", "Species", "Variant", "CellLine")
#: Heads that follow another guideline. They ship in the same graph but are not shown. The figures on a corpus are those
#: of its own head, because guidelines differ: genes of BC2GM include head words ("FMR1 gene"), LINNAEUS annotates
#: patients, and Species-800 leaves out most common names.
GUIDELINES = ("BC2GM-gene", "JNLPBA-protein", "LINNAEUS-species", "Species-800-species")
#: Heads of the shipped model, in the order of its output rows.
SHIPPED_TYPES = (*SHOWN_TYPES, *GUIDELINES)


@dataclass(frozen=True)
class Corpus:
    """One annotated corpus.

    ``heads``: from the tag names of the corpus to heads of the model; a head outside ``SHIPPED_TYPES`` is only for
    training and is removed at export. ``in_order``: whether neighbouring sentences come from the same abstract.
    ``share``: share of the corpus that an epoch reads. ``absent``: heads that have no name in these texts, so that
    every word is labelled O for them. ``derive``: adds the names of further heads (see ``guidelines``). ``derived``:
    the further heads for which every word outside these names is labelled O. ``keeps_dev``: the figures on its dev part are
    published, so that the part must not be trained on. ``silent``: only its names are labelled, because its other
    words may contain names that are not annotated.
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
    derive: Derivation | None = None
    derived: tuple[str, ...] = ()
    keeps_dev: bool = False
    silent: bool = False

    @property
    def annotates(self) -> tuple[str, ...]:
        """Heads for which every word of this corpus has a label: a word outside a name is labelled O."""
        named = () if self.silent else (head for head in self.heads.values() if head != NOTHING)
        return tuple(dict.fromkeys((*named, *self.derived, *self.absent)))

    def has(self, part: str) -> bool:
        """Whether the corpus has this part and it may be trained on."""
        whole = part.partition("-")[0]
        return whole in self.files and not (whole == "dev" and self.keeps_dev)

    def read(self, root: Path, part: str) -> list[Sentence]:
        """Reads the sentences of ``part``, with the heads of the model as tags.

        Parts are ``train``, ``dev``, ``test``, ``dev-fit`` and ``dev-held``. The last two are the first four fifths
        and the last fifth of dev, so that a model that was trained on most of dev can be calibrated on unseen text.
        Both contain whole abstracts, except for the one at the border.
        """
        whole, _, half = part.partition("-")
        paths = [root / self.folder / name for name in self.files[whole].split()]
        sentences = [
            Sentence(s.words, tuple(map(self._rename, s.tags))) for p in paths for s in self.reader(p)
        ]
        border = len(sentences) * 4 // 5
        return {"fit": sentences[:border], "held": sentences[border:]}.get(half, sentences)

    def _rename(self, tag: str) -> str:
        kind, _, name = tag.partition("-")
        return f"{kind}-{self.heads[name]}" if kind != "O" and name in self.heads else "O"


_MTL_PARTS = {"train": "train.tsv", "dev": "devel.tsv", "test": "test.tsv"}
_MTL = "CC BY 4.0 (MTL-Bioinformatics-2016 conversion)"
_PUBLIC = f"{_MTL}; corpus in the public domain (US Government work)"
_HUNER = "conversion of Aitslab/BioNLP (GPL-3 code; corpora: own terms, none restated)"
_AIONER = "MIT (AIONER's files); corpora of the NLM"
_TERMS = (
    "names of HGNC (CC0), NCBI Gene and NCBI Taxonomy (public domain), MeSH (NLM, with attribution), Disease Ontology (CC0), "
    "Mondo (CC BY 4.0), HPO (own licence), UNII (public domain), generic names with a DrugBank identifier (CC0)"
)
_BIORED = {
    "GeneOrGeneProduct": "Gene",
    "DiseaseOrPhenotypicFeature": "Disease",
    "ChemicalEntity": "Chemical",
    "OrganismTaxon": "LINNAEUS-species",
    "SequenceVariant": "Variant",
    "CellLine": "CellLine",
}
_VARIANTS = dict.fromkeys(
    ("DNAMutation", "ProteinMutation", "SNP", "DNAAllele", "ProteinAllele", "AcidChange", "OtherMutation"),
    "Variant",
)
_NLM_GENES = {"Gene": "Gene", "FamilyName": "GeneFamily", "DomainMotif": "GeneLike"}


def _aioner(name: str, file: str, heads: Mapping[str, str], **more) -> Corpus:
    return Corpus(
        name,
        "ner/AIONER_pubtator",
        _AIONER,
        heads,
        {"train": f"{file}.PubTator"},
        reader=read_pubtator,
        **more,
    )


def _huner(name: str, folder: str, heads: Mapping[str, str], files: str, **more) -> Corpus:
    return Corpus(name, f"ner/HUNER_tsv/HunFlair_NER_{folder}", _HUNER, heads, {"train": files}, **more)


CORPORA: Mapping[str, Corpus] = {
    corpus.name: corpus
    for corpus in (
        Corpus("NCBI-disease", "ner/NCBI-disease", _PUBLIC, {"Disease": "Disease"}, _MTL_PARTS),
        Corpus("BC5CDR", "ner/BC5CDR", _PUBLIC, {"Disease": "Disease", "Chemical": "Chemical"}, _MTL_PARTS),
        # The sentences were drawn one by one from MEDLINE, so neighbours come from different abstracts.
        Corpus(
            "BC2GM",
            "ner/BC2GM",
            _MTL,
            {"GENE": "BC2GM-gene"},
            _MTL_PARTS,
            in_order=False,
            derive=guidelines.genes,
            derived=("Gene",),
        ),
        Corpus(
            "Species-800",
            "ner/s800_biobert",
            "none stated in the source repository",
            {"": "Species-800-species"},
            _MTL_PARTS,
            derive=guidelines.species_of_latin_names,
        ),
        Corpus(
            "LINNAEUS",
            "ner/linnaeus",
            _MTL,
            {"Species": "LINNAEUS-species"},
            _MTL_PARTS,
            share=0.5,
            derive=guidelines.species,
            derived=("Species",),
        ),
        # The additional heads for cells and DNA help the model to tell these from proteins.
        Corpus(
            "JNLPBA",
            "ner/JNLPBA_baderlab",
            "none stated in the source repository",
            {"PRGE": "JNLPBA-protein", "DNA": "DNA", "CLTP": "Cell", "CLLN": "JNLPBA-line"},
            {"train": "train.tsv", "dev": "valid.tsv", "test": "test.tsv"},
            share=0.7,
        ),
        Corpus(
            "BioRED",
            "re/BioRED",
            "none stated in the source repository; corpus of the NLM",
            _BIORED,
            {"train": "Train.PubTator", "dev": "Dev.PubTator"},
            reader=read_pubtator,
            derive=guidelines.species,
            derived=("Species",),
            keeps_dev=True,
        ),
        _aioner("NLM-Gene", "NLMgene_Train", _NLM_GENES),
        _aioner("GNormPlus", "GNormPlus_Train", _NLM_GENES),
        _aioner(
            "tmVar3",
            "tmVar3_Train",
            {
                "Gene": "Gene",
                "Disease": "Disease",
                "Species": "LINNAEUS-species",
                "CellLine": "CellLine",
                **_VARIANTS,
            },
            derive=guidelines.species,
            derived=("Species",),
        ),
        # Drugs and genes occur in the same sentences here, and both are annotated.
        Corpus(
            "ChemProt",
            "re/ChemProt_original",
            "none stated in the source repository",
            {"CHEMICAL": "Chemical", "GENE-Y": "ChemProt-gene", "GENE-N": "GeneFamily"},
            {
                "train": "chemprot_training/chemprot_training_abstracts.tsv",
                "dev": "chemprot_development/chemprot_development_abstracts.tsv",
            },
            reader=read_chemprot,
            derive=guidelines.genes,
            derived=("Gene",),
            share=0.6,
        ),
        # CHEMDNER (abstracts) follows the guideline from which those of BC5CDR and NLM-Chem were made; ChEBI (full text)
        # has its own guideline.
        _huner("CHEMDNER", "chemical", {"": "Chemical"}, "chemical_chemdner/devel.tsv"),
        _huner(
            "ChEBI",
            "chemical",
            {"": "ChEBI-chemical"},
            "chemical_chebi/train.tsv chemical_chebi/devel.tsv",
            derive=guidelines.chemicals,
            share=0.5,
        ),
        Corpus(
            "CRAFT",
            "ner2/CRAFT_ids",
            "CC BY 3.0",
            {"Gene": "Gene", "Species": "LINNAEUS-species", "Chemical": "ChEBI-chemical"},
            {"train": "CRAFT_traindev.PubTator"},
            reader=read_pubtator,
            derive=guidelines.articles,
            derived=("Species",),
            share=0.4,
        ),
        _huner(
            "Gellus",
            "cell_lines",
            {"": "CellLine"},
            "cell_line_gellus/train.tsv cell_line_gellus/devel.tsv",
            share=0.5,
        ),
        _huner("CLL", "cell_lines", {"": "CellLine"}, "cell_line_cll/train.tsv cell_line_cll/devel.tsv"),
        # Names of terminologies in sentence templates (see frames.py).
        Corpus(
            "names",
            "",
            _TERMS,
            {head: head for head in (*SHOWN_TYPES, NOTHING)},
            {"train": "."},
            in_order=False,
            reader=name_sentences,
        ),
        # Abstracts and articles in which names of terminologies were found (see weak.py).
        Corpus(
            "weak",
            "",
            f"{_TERMS}; texts: MIT, CC BY 4.0, CC BY 3.0, CC0",
            {head: head for head in SHOWN_TYPES},
            {"train": "."},
            in_order=False,
            reader=weak_sentences,
            share=0.4,
            silent=True,
        ),
        # Texts without annotated entities (see negatives.py).
        Corpus(
            "citations",
            "pretrain/elife_fulltext",
            "CC BY 4.0, CC BY 3.0, CC0 per article",
            {NOTHING: NOTHING},
            {"train": "."},
            in_order=False,
            reader=citations,
            share=0.35,
        ),
        Corpus(
            "policies",
            "qa/PolicyQA",
            "MIT",
            {},
            {"train": "dev.json"},
            in_order=False,
            reader=plain_prose,
            absent=SHIPPED_TYPES,
            share=0.5,
        ),
        Corpus(
            "reviews",
            "qa/SQuADShifts",
            "none stated in the source repository",
            {},
            {"train": "amazon_reviews_v1.0.json"},
            in_order=False,
            reader=plain_prose,
            absent=("Gene", "BC2GM-gene", "JNLPBA-protein"),
            share=0.4,
        ),
    )
}

#: Corpora on which models are selected and evaluated.
MEASURED_CORPORA = ("NCBI-disease", "BC5CDR", "BC2GM", "Species-800", "LINNAEUS", "JNLPBA", "BioRED")
#: Training data of the shipped tagger.
DEFAULT_CORPORA = tuple(CORPORA)
#: Corpora of a short comparison.
PROBE_CORPORA = ("NCBI-disease", "BC5CDR", "BC2GM")


def heads_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the heads of a model that is trained on these corpora: shipped types first, then additional heads."""
    extra = dict.fromkeys(
        h for n in names for h in CORPORA[n].annotates if h not in SHIPPED_TYPES and h not in SILENT_KINDS
    )
    return (*SHIPPED_TYPES, *extra)
