"""Readers of corpora, labels, and the removal of test text from training data."""

import json
import lzma
import re
from pathlib import Path

import numpy as np
import pytest

from training.common.chemprot import read_chemprot
from training.common.dedup import TestText, read_test_text
from training.common.encoder import Encoder
from training.common.iob import Sentence, read_iob, spans_of
from training.common.pubtator import read_pubtator
from training.common.words import tagged_sentences
from training.tagger.data.corpora import CORPORA, SHIPPED_TYPES
from training.tagger.data.examples import load_training
from training.tagger.data.labels import IGNORED, labels_of
from training.tagger.data.negatives import NOTHING, citations, plain_prose


def test_spans_follow_conlleval() -> None:
    assert spans_of(("B-x", "I-x", "O", "I-x", "B-x", "I-y")) == [
        ("x", 0, 2),
        ("x", 3, 4),
        ("x", 4, 5),
        ("y", 5, 6),
    ]


def test_the_reader_names_a_malformed_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("a\tO\nb\n")
    with pytest.raises(ValueError, match=r"bad\.tsv:2"):
        list(read_iob(path))


def test_labels_are_at_the_first_token_of_each_word(start: Path) -> None:
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
    # The name of a gene is no disease. The word between the names has no label, because it might be in a disease.
    assert labels[:, 1].tolist() == [0, 0, 0, IGNORED, IGNORED, 0, IGNORED, IGNORED]
    assert np.all(labels[:, 2] == IGNORED)


def test_additional_heads_do_not_label_shipped_heads(start: Path) -> None:
    item = Encoder(start).sentence(Sentence(("BRCA1",), ("B-Protein",)))
    labels = labels_of(item, ("Gene", "Disease", "Protein"), ("Protein",))
    assert np.all(labels[:, :2] == IGNORED)
    assert labels[0, 2] == 1


def test_renames_the_tags_of_a_corpus_to_heads(corpora: Path) -> None:
    tags = {t for s in CORPORA["BC2GM"].read(corpora, "train") for t in s.tags}
    assert tags == {"O", "B-BC2GM-gene", "I-BC2GM-gene"}


def test_drops_training_sentences_that_are_in_a_test_set(
    corpora: Path, start: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    test = read_test_text(corpora)
    documents = load_training(corpora, ("BC5CDR",), ("train",), Encoder(start), test)
    assert len(documents[0].sentences) == 12
    assert "13 sentences, 1 dropped" in caplog.text


def test_finds_test_sentences_inside_longer_text() -> None:
    long = "We report that mutations of the second gene cause fever in forty patients."
    test = TestText([long, "Short one."])
    assert test.holds(f"Title first. {long.upper()} And more.")
    assert test.holds("short-one")
    assert not test.holds("A short one")


def test_gene_symbols_inside_names_of_diseases_have_no_label_for_genes(start: Path) -> None:
    item = Encoder(start).sentence(Sentence(("BRCA1", "cancer"), ("B-Disease", "I-Disease")))
    labels = labels_of(item, ("Gene", "Disease"), ("Disease",))
    assert np.all(labels[:, 0] == IGNORED)


def test_words_that_are_no_names_are_outside_for_every_shipped_head(start: Path) -> None:
    item = Encoder(start).sentence(Sentence(("Caffe", "in", "cancer"), (f"B-{NOTHING}", "O", "O")))
    labels = labels_of(item, SHIPPED_TYPES, ())
    assert np.all(labels[0] == 0)
    assert np.all(labels[1:] == IGNORED)


def test_no_sentence_ends_inside_a_name() -> None:
    text = "Infection with E. Coli is common. It spreads."
    start = text.index("E.")
    first, second = tagged_sentences(text, [(start, start + 7, "Species")])
    assert first.words == ("Infection", "with", "E", ".", "Coli", "is", "common", ".")
    assert first.tags == ("O", "O", "B-Species", "I-Species", "I-Species", "O", "O", "O")
    assert second.words == ("It", "spreads", ".")


def test_offsets_of_pubtator_count_title_and_abstract(tmp_path: Path) -> None:
    path = tmp_path / "a.PubTator"
    path.write_text(
        "1|t|TP53 matters.\n1|a|Loss of p53 in glioma.\n1\t0\t4\tTP53\tGene\t7157\n"
        "1\t22\t25\tp53\tGene\t7157\n1\t29\t35\tglioma\tDisease\tD005910\n\n"
    )
    title, abstract = read_pubtator(path)
    assert title.tags == ("B-Gene", "O", "O")
    assert abstract.tags == ("O", "O", "B-Gene", "O", "B-Disease", "O")


def test_reads_mentions_of_chemprot_into_their_sentences(tmp_path: Path) -> None:
    (tmp_path / "x_abstracts.tsv").write_text(
        "1\tAspirin inhibits COX2.\tNo name. The drug L-DOPA oxidase.\n2\tNone.\tNone.\n"
    )
    (tmp_path / "x_entities.tsv").write_text(
        "1\tT1\tCHEMICAL\t0\t7\tAspirin\n1\tT2\tGENE-Y\t17\t21\tCOX2\n"
        "1\tT3\tCHEMICAL\t41\t47\tL-DOPA\n1\tT4\tGENE-N\t41\t55\tL-DOPA oxidase\n"
    )
    sentences = list(read_chemprot(tmp_path / "x_abstracts.tsv"))
    names = [[(kind, " ".join(s.words[a:b])) for kind, a, b in spans_of(s.tags)] for s in sentences]
    assert names == [
        [("CHEMICAL", "Aspirin"), ("GENE-Y", "COX2")],
        [],
        [("GENE-N", "L - DOPA oxidase")],
        [],
        [],
    ]


def test_negatives_tag_only_what_the_patterns_find(tmp_path: Path) -> None:
    body = "TP53 was lost, as Miller et al. had shown with the Foobar software (Figure 2). "
    with lzma.open(tmp_path / "part.txt.xz", "wt") as shard:
        shard.write(body * 4 + "\n")
    sentence = next(citations(tmp_path))
    tagged = [w for w, t in zip(sentence.words, sentence.tags) if t != "O"]
    assert tagged == ["Miller", "Foobar", "Figure"]


def test_plain_prose_has_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    context = "We may share your data with others. You can object at any time."
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": context}]}]}))
    assert {tag for s in plain_prose(path) for tag in s.tags} == {"O"}
    assert len(list(plain_prose(path, limit=1))) == 1


def test_splits_long_documents_in_linear_time() -> None:
    """A reader with quadratic run time would need minutes for this text."""
    text = " ".join(f"Gene{i} binds p53 in cells." for i in range(3000))
    spans = [(m.start(), m.end(), "Gene") for m in re.finditer(r"Gene\d+|p53", text)]
    sentences = list(tagged_sentences(text, reversed(spans)))
    assert len(sentences) == 3000
    assert all(s.tags == ("B-Gene", "O", "B-Gene", "O", "O", "O") for s in sentences)


def test_keeps_the_longest_of_overlapping_names() -> None:
    text = "breast cancer gene 1 and gene 1"
    spans = [(0, 13, "Disease"), (0, 20, "Gene"), (7, 13, "Disease"), (25, 31, "Gene")]
    [sentence] = tagged_sentences(text, spans)
    assert spans_of(sentence.tags) == [("Gene", 0, 4), ("Gene", 5, 7)]
