"""Conversion between guidelines, frames that are filled with names, and weak labels."""

import random
from collections import Counter
from pathlib import Path

import pytest

from training.common.encoder import Encoder
from training.common.iob import Sentence, spans_of
from training.tagger.data import guidelines
from training.tagger.data.corpora import CORPORA, DEFAULT_CORPORA, SHIPPED_TYPES, heads_for
from training.tagger.data.frames import annotated_names, fill, pools
from training.tagger.data.labels import IGNORED, labels_of
from training.tagger.data.names import CELL_LINES, NOT_NAMES, variant
from training.tagger.data.weak import NameIndex, is_sure


@pytest.mark.parametrize(
    "text, expected",
    [
        ("FMR1 gene", [("Gene", 0, 1)]),
        ("human CEP55 protein", [("Gene", 1, 2)]),
        ("IL - 6 mRNA", [("Gene", 0, 3)]),
        ("estrogen receptor", [("GeneLike", 0, 2)]),
        ("serine protease", [("GeneLike", 0, 2)]),
        ("gene", [("GeneLike", 0, 1)]),
        ("p53", [("Gene", 0, 1)]),
    ],
)
def test_removes_head_words_from_genes(text: str, expected: list) -> None:
    words = text.split()
    assert guidelines.genes(words, [("BC2GM-gene", 0, len(words))]) == expected


def test_converts_only_genes_of_the_bc2gm_guideline() -> None:
    assert guidelines.genes(("FMR1", "gene"), [("Gene", 0, 2)]) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("mice", "Species"),
        ("Wistar rats", "Species"),
        ("humans", "Species"),
        ("SARS - CoV - 2", "Species"),
        ("patients", None),
        ("postmenopausal women", None),
        ("children", None),
        ("animals", "OrganismLike"),
        ("bacteria", "OrganismLike"),
    ],
)
def test_words_for_people_are_no_species(text: str, expected: str | None) -> None:
    words = text.split()
    found = guidelines.species(words, [("LINNAEUS-species", 0, len(words))])
    assert [name for name, *_ in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text, kind",
    [
        ("digitoxin", "Chemical"),
        ("Ca2 +", "Chemical"),
        ("MeOH", "Chemical"),
        ("drugs", "ChemicalLike"),
        ("amino acids", "ChemicalLike"),
        ("IX", "ChemicalLike"),
        ("fatty acid", "ChemicalLike"),
        ("nalidixic acid sodium", "Chemical"),
    ],
)
def test_words_for_a_class_of_chemicals_are_no_chemicals(text: str, kind: str) -> None:
    words = text.split()
    assert guidelines.chemicals(words, [("ChEBI-chemical", 0, len(words))]) == [(kind, 0, len(words))]


def test_doubtful_names_have_no_label(start: Path) -> None:
    sentence = Sentence(("p53", "gene", "cause"), ("B-BC2GM-gene", "I-BC2GM-gene", "O"))
    item = Encoder(start).sentence(sentence, guidelines.genes)
    heads = ("Gene", "BC2GM-gene", "Chemical")
    labels = labels_of(item, heads, ("Gene", "BC2GM-gene"))[item.first]
    # The head word "gene" is outside of the name for Gene and inside for BC2GM.
    assert labels[:, 0].tolist() == [1, 0, 0]
    assert labels[:, 1].tolist() == [1, 2, 0]
    doubtful = Encoder(start).sentence(Sentence(("breast", "gene", "cause"), sentence.tags), guidelines.genes)
    assert labels_of(doubtful, heads, ("Gene", "BC2GM-gene"))[doubtful.first][:, 0].tolist() == [
        IGNORED,
        IGNORED,
        0,
    ]


def test_weak_labels_label_no_words_outside_of_names() -> None:
    assert CORPORA["weak"].annotates == ()
    assert "Gene" in CORPORA["names"].annotates


def test_the_dev_part_of_biored_cannot_be_trained_on() -> None:
    assert not CORPORA["BioRED"].has("dev-fit")
    assert not CORPORA["BioRED"].has("dev")
    assert CORPORA["BC5CDR"].has("dev-fit")


def test_silent_kinds_are_no_heads() -> None:
    heads = heads_for(DEFAULT_CORPORA)
    assert heads[: len(SHIPPED_TYPES)] == SHIPPED_TYPES
    assert not set(heads) & set(guidelines.SILENT_KINDS)


NAMES = {
    kind: ([name], [name])
    for kind, name in (
        ("Gene", "TNF-alpha"),
        ("Chemical", "aspirin"),
        ("Disease", "breast cancer"),
        ("Species", "mice"),
        ("CellLine", "HeLa"),
    )
}


def test_tags_names_in_frames_with_their_types() -> None:
    sentence = fill("{c} inhibits {g} in {d}; {n} was used.", NAMES, random.Random(1))
    assert [(kind, " ".join(sentence.words[a:b])) for kind, a, b in spans_of(sentence.tags)] in (
        [("Chemical", "Aspirin"), ("Gene", gene), ("Disease", "breast cancer")]
        for gene in ("TNF - alpha", "TNF - α")
    )


def test_fills_neutral_frames_with_every_type() -> None:
    rng = random.Random(2)
    found = Counter(kind for _ in range(400) for kind, *_ in spans_of(fill("{x} and {x}", NAMES, rng).tags))
    assert set(found) == {"Gene", "Chemical", "Disease", "Species", "CellLine", "Variant"}


def test_frequent_names_are_in_a_separate_pool() -> None:
    counts = Counter({("Gene", "TP53"): 9, ("Gene", "AA"): 9, ("Chemical", "aspirin"): 1})
    found = pools({"Gene": ["TP53", "FLJ1"], "Chemical": ["aspirin"]}, counts)
    assert found == {"Gene": (["TP53", "FLJ1"], ["TP53"]), "Chemical": (["aspirin"],)}


def test_counts_annotated_names_that_have_one_type(tmp_path: Path) -> None:
    for folder in ("ner/AIONER_pubtator", "re/BioRED", "ner/BC5CDR", "ner/NCBI-disease"):
        (tmp_path / folder).mkdir(parents=True)
    text = "1|t|CAT binds CAT in mice.\n1|a|Patients had CAT.\n"
    rows = (
        "1\t0\t3\tCAT\tGene\t1\n1\t10\t13\tCAT\tGene\t1\n"
        "1\t17\t21\tmice\tSpecies\t2\n1\t23\t31\tPatients\tSpecies\t2\n\n"
    )
    (tmp_path / "ner/AIONER_pubtator/X_Train.PubTator").write_text(text + rows)
    (tmp_path / "re/BioRED/Train.PubTator").write_text("")
    (tmp_path / "ner/BC5CDR/train.tsv").write_text("fever\tB-Disease\n.\tO\n")
    (tmp_path / "ner/NCBI-disease/train.tsv").write_text("mice\tB-Disease\n.\tO\n")
    assert annotated_names(tmp_path) == Counter({("Gene", "CAT"): 2, ("Disease", "fever"): 1})


def test_finds_the_longest_name_and_symbols_only_in_their_case() -> None:
    index = NameIndex({"Gene": ["CAT", "BRCA1"], "Disease": ["breast cancer", "hereditary breast cancer"]})
    words = "the cat had hereditary breast cancer and CAT".split()
    assert [(kind, a, b) for kind, _, a, b in index.find(words)] == [("Disease", 3, 6), ("Gene", 7, 8)]


def test_short_aliases_are_not_sure() -> None:
    assert not is_sure("Gene", "ACE")
    assert not is_sure("Gene", "MAP")
    assert is_sure("Gene", "BRCA1")
    assert is_sure("Disease", "breast cancer")


def test_makes_variants_in_several_notations() -> None:
    rng = random.Random(3)
    made = {variant(rng) for _ in range(300)}
    assert (
        any(v.startswith("rs") for v in made)
        and any(v.startswith("p.") for v in made)
        and any(">" in v for v in made)
    )


def test_no_word_is_both_a_cell_line_and_no_name() -> None:
    assert not {n.lower() for n in CELL_LINES} & {n.lower() for n in NOT_NAMES}
    assert len(set(CELL_LINES)) == len(CELL_LINES)
