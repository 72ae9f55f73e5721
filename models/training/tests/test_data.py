"""Readers, features and de-duplication."""

from pathlib import Path

import numpy as np
import pytest

from training.corpora import CORPORA
from training.dedup import TestText, read_test_text
from training.examples import load_training
from training.features import IGNORED, Encoder, labels_of
from training.iob import Sentence, read_iob, spans_of


def test_spans_follow_conlleval() -> None:
    assert spans_of(("B-x", "I-x", "O", "I-x", "B-x", "I-y")) == [
        ("x", 0, 2), ("x", 3, 4), ("x", 4, 5), ("y", 5, 6)]


def test_reader_names_the_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("a\tO\nb\n")
    with pytest.raises(ValueError, match="bad.tsv:2"):
        list(read_iob(path))


def test_labels_sit_at_first_pieces(start: Path) -> None:
    encoder = Encoder(start)
    sentence = Sentence(("NF-kappaB", "and", "p53"), ("B-Gene", "O", "B-Gene"))
    item = encoder.sentence(sentence)
    # nf - kappa ##b and p ##5 ##3
    assert item.first.tolist() == [0, 1, 2, 4, 5]
    assert item.words.tolist() == [0, 0, 0, 1, 2]
    assert item.shapes.tolist() == [2, 0, 3, 3, 0, 0, 0, 0]
    assert item.gold == (("Gene", 0, 3), ("Gene", 4, 5))
    labels = labels_of(item, ("Gene", "Disease", "Protein"), ("Gene",))
    assert labels[:, 0].tolist() == [1, 2, 2, IGNORED, 0, 1, IGNORED, IGNORED]
    # A gene's name is no disease; of the word between the names nothing is known.
    assert labels[:, 1].tolist() == [0, 0, 0, IGNORED, IGNORED, 0, IGNORED, IGNORED]
    assert np.all(labels[:, 2] == IGNORED)


def test_helper_corpora_do_not_argue_with_shipped_heads(start: Path) -> None:
    item = Encoder(start).sentence(Sentence(("BRCA1",), ("B-Protein",)))
    labels = labels_of(item, ("Gene", "Disease", "Protein"), ("Protein",))
    assert np.all(labels[:, :2] == IGNORED)
    assert labels[0, 2] == 1


def test_corpus_tags_become_heads(corpora: Path) -> None:
    tags = {t for s in CORPORA["BC2GM"].read(corpora, "train") for t in s.tags}
    assert tags == {"O", "B-Gene", "I-Gene"}


def test_test_text_never_trains(corpora: Path, start: Path,
                                caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    test = read_test_text(corpora)
    documents = load_training(corpora, ("BC5CDR",), ("train",), Encoder(start), test)
    assert len(documents[0].sentences) == 12
    assert "13 sentences, 1 dropped" in caplog.text


def test_repeats_are_found_inside_longer_text() -> None:
    long = "We report that mutations of the second gene cause fever in forty patients."
    test = TestText([long, "Short one."])
    assert test.holds(f"Title first. {long.upper()} And more.")
    assert test.holds("short-one")
    assert not test.holds("A short one")
