"""Fixtures: tiny corpora and a tiny start, which are made in the tests, so that these need no downloads."""

import os
from pathlib import Path

# To measure the speed of the machine would take longer than the tiny runs.
os.environ["BIOBERT_PROBE"] = "0"

import pytest

from tiny import write_start

VOCABULARY = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] - . , ( ) the of and in patients with a p ##5 ##3 5 53 nf "
    "kappa ##b brca ##1 ##2 gene aspirin cancer breast fever mutations cause treats caf ##e"
).split()

SENTENCES = (
    "BRCA1\tB-GENE\nmutations\tO\ncause\tO\ncancer\tO\n.\tO\n",
    "NF-kappaB\tB-GENE\nand\tO\np53\tB-GENE\ngene\tI-GENE\n.\tO\n",
)
BOTH = (
    "Aspirin\tB-Chemical\ntreats\tO\nfever\tB-Disease\n.\tO\n",
    "breast\tB-Disease\ncancer\tI-Disease\nin\tO\nthe\tO\npatients\tO\n.\tO\n",
)


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of 2 layers × 16 with an uncased WordPiece vocabulary of 40 entries."""
    return write_start(tmp_path_factory.mktemp("start"), VOCABULARY)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Three corpora with a few sentences each. One training sentence is also a test sentence."""
    sets = {"BC2GM": SENTENCES, "BC5CDR": BOTH, "NCBI-disease": BOTH[1:]}
    for name, sentences in sets.items():
        folder = tmp_path / "ner" / name
        folder.mkdir(parents=True)
        many = "\n".join(sentences * 6) + "\n"
        repeated = "the\tO\npatients\tO\nwith\tO\nfever\tO\nand\tO\nbreast\tO\ncancer\tO\n"
        (folder / "train.tsv").write_text(many + repeated + "\n")
        (folder / "devel.tsv").write_text(many)
        (folder / "test.tsv").write_text(repeated)
    return tmp_path
