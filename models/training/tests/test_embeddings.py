"""The embedding model on tiny data: its texts, losses, a run, and the exported graph."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from tiny import OTHER, SNIPPET, abstract, write_pretraining_text, write_question_corpora
from training.common.folders import TOKENIZER_FILES
from training.common.manifest import check_manifest, read_manifest
from training.common.sources import Source
from training.embeddings import data
from training.embeddings.data import Document, draw_pairs, read_documents
from training.embeddings.evaluate import ranked
from training.embeddings.export import export
from training.embeddings.model import fitted_map, new_network, similarity_loss
from training.embeddings.options import RUN_FILE, EmbeddingOptions
from training.embeddings.predict import load_runner
from training.embeddings.train import EmbeddingTraining
from training.questions.data.bioasq import Question

DOCUMENTS = [Document(f"Fever {n} ?", ((SNIPPET, OTHER, "We saw a gene."),), False) for n in range(12)]


def test_reads_titles_with_their_text_but_no_test_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source("abstracts", "none", 1.0)
    write_question_corpora(tmp_path)
    write_pretraining_text(tmp_path, [source])
    monkeypatch.setattr(data, "SOURCES", [source])
    documents = read_documents(tmp_path)
    # A record without a title begins with its first sentence.
    assert len(documents) == 120 and documents[0].title == "Finding 0 : aspirin 0 treats fever ."
    assert documents[0].title not in documents[0].paragraphs[0]
    test = data.TestText([documents[0].paragraphs[0][3] * 3])
    kept = [
        data._document(d.title, [" ".join(s * 3 for s in d.paragraphs[0])], False, test) for d in documents
    ]
    assert kept[0] is None and kept[-1] is not None


def test_passages_are_whole_sentences_of_limited_length() -> None:
    sentences = tuple(f"{abstract(n)[:40].rsplit(' ', 1)[0]}." for n in range(9))
    documents = [Document("Title", (sentences, sentences), True)]
    pairs = [p for seed in range(20) for p in draw_pairs(documents, random.Random(seed), 2, 24)]
    assert len(pairs) == 40 and len({pair.passage for pair in pairs}) > 5
    for pair in pairs:
        assert len(pair.passage.split()) <= 24 and pair.passage.endswith(".")


def test_similarities_like_those_of_the_teacher_cost_nothing() -> None:
    teacher = torch.nn.functional.normalize(torch.randn(6, 8, generator=torch.Generator().manual_seed(1)))
    alike = similarity_loss(3**0.5 * teacher, 3**0.5 * teacher, teacher, teacher)
    other = similarity_loss(teacher.roll(1, 0), teacher, teacher, teacher)
    assert alike == pytest.approx(0, abs=1e-4) and other > 1


def test_the_map_is_fitted() -> None:
    vectors, weight = torch.randn(400, 6), torch.randn(8, 6)
    torch.testing.assert_close(fitted_map(vectors, vectors @ weight.T), weight, atol=0.05, rtol=0)


def test_ranks_the_snippets_of_all_questions() -> None:
    def question(text: str, snippet: str) -> Question:
        return Question("4b", text, "factoid", text, (), None, (("1", snippet),))

    places = {"a": [1.0, 0.0], "b": [0.0, 1.0], "c": [0.8, 0.6]}
    found = ranked(
        lambda texts: np.array([places[t[0]] for t in texts]), [question("a?", "b1"), question("c?", "a2")]
    )
    assert found == {"hit@5": 100.0, "hit@20": 100.0, "mrr": 75.0}


def test_a_run_learns_the_teacher_and_is_exported(start: Path, tmp_path: Path) -> None:
    run, folder, teacher = (tmp_path / name for name in ("run", "questions", "teacher"))
    torch.manual_seed(5)
    network = new_network(start, 0.0, 16)
    for parameter in network.parameters():  # equal tensors would be stored once
        torch.nn.init.normal_(parameter, std=0.2)
    network.bert.save_pretrained(teacher)
    folder.mkdir()
    for name in TOKENIZER_FILES:
        for other in (teacher, folder):
            (other / name).write_bytes((start / name).read_bytes())
    options = EmbeddingOptions(teacher=str(teacher), epochs=30, batch_tokens=128, learning_rate=5e-3)
    training = EmbeddingTraining(tmp_path, start, run, options, DOCUMENTS)
    training.run()
    losses = list(training.losses)
    assert np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])
    assert (run / RUN_FILE).is_file()
    (folder / "biobert.json").write_text(json.dumps({"files": {}, "trainedOn": []}))
    expected = load_runner(run)([SNIPPET, "fever", OTHER])
    export(run, folder, "fp32")
    np.testing.assert_allclose(load_runner(folder)([SNIPPET, "fever", OTHER]), expected, atol=1e-4)
    export(run, folder, "int8-reduced-ffn")
    np.testing.assert_allclose(load_runner(folder)([SNIPPET, "fever", OTHER]), expected, atol=0.1)
    assert np.linalg.norm(expected, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert check_manifest(folder) == [] and "teacher" in read_manifest(folder)["embedding"]
    (folder / "vocab.txt").write_text("other\n")
    with pytest.raises(ValueError, match="different vocabularies"):
        export(run, folder, "fp32")
