"""The stance model: statements in text, stances that follow from facts, written sentences, rows, and calibration."""

import json
import lzma
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from tiny import tiny_stances, write_start
from training.common.folders import TOKENIZER_FILES
from training.common.keyed_texts import text_key
from training.common.manifest import check_manifest
from training.questions.data.examples import MAYBE, NO, YES
from training.questions.data.rows import TokenEncoder
from training.stances.calibrate import Judged, margin_of, risk_coverage, verdict_weights
from training.stances.data import attributes
from training.stances.data.findings import VERBS, statement_of
from training.stances.data.maker import StanceMaker
from training.stances.data.mixture import balanced, epoch
from training.stances.data.passages import (
    JUDGED,
    JudgedQuestion,
    Passage,
    judged_examples,
    passage_of,
    read_passages,
    renamed,
)
from training.stances.data.questions import among_others, judged_questions
from training.stances.data.rows import stance_row
from training.stances.data.sizes import EpochSizes
from training.stances.data.stance import ABSENT, STATED, UNKNOWN, Fact, StanceExample, opposites_of, stance_of
from training.stances.data.wording import question_of
from training.stances.export import export, write_calibration
from training.stances.import_checkpoint import import_stances
from training.stances.model import new_network
from training.stances.options import RUN_FILE
from training.stances.predict import load_runner, logits_of

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] . ? does aspirin treat treats fever we saw the patients cancer".split()
)


@pytest.mark.parametrize(
    ("text", "predicate", "denied"),
    [
        ("Aspirin reduced the incidence of preeclampsia.", "reduce", False),
        ("In conclusion, metformin did not lower body weight.", "lower", True),
        ("Celecoxib failed to inhibit the growth of tumours.", "inhibit", True),
        ("Ivermectin was not effective against malaria.", "effective against", True),
        ("IL-6 levels were associated with mortality (p < 0.001).", "associated with", False),
    ],
)
def test_reads_plain_statements(text: str, predicate: str, denied: bool) -> None:
    statement = statement_of(text)
    assert statement is not None and (statement.predicate, statement.denied) == (predicate, denied)


@pytest.mark.parametrize(
    "text",
    [
        "Does aspirin reduce fever?",
        "Whether aspirin reduces fever is not known.",
        "Patients who took aspirin reduced their weight.",
        "It reduced the risk.",
        "Aspirin may reduce fever.",
    ],
)
def test_reads_nothing_else(text: str) -> None:
    assert statement_of(text) is None


def test_the_stance_follows_from_the_facts() -> None:
    lowers = Fact("aspirin", "reduce", "fever", STATED)
    assert stance_of("reduce", "aspirin", "fever", [lowers]) == YES
    assert stance_of("lower", "aspirin", "fever", [lowers]) == YES
    assert stance_of("increase", "aspirin", "fever", [lowers]) == NO
    assert stance_of("affect", "aspirin", "fever", [lowers]) == YES
    assert stance_of("reduce", "ibuprofen", "fever", [lowers]) == MAYBE
    assert stance_of("reduce", "aspirin", "pain", [lowers]) == MAYBE
    not_less = lowers._replace(state=ABSENT)
    assert stance_of("reduce", "aspirin", "fever", [not_less]) == NO
    assert stance_of("increase", "aspirin", "fever", [not_less]) == MAYBE
    assert stance_of("increase", "aspirin", "fever", [not_less._replace(general=True)]) == NO
    assert stance_of("reduce", "aspirin", "fever", [lowers._replace(state=UNKNOWN)]) == MAYBE


def test_opposites_are_mutual() -> None:
    for base, verb in VERBS.items():
        for other in verb.opposites:
            assert base in opposites_of(other), (base, other)


def test_asks_in_the_number_of_the_subject() -> None:
    for seed in range(30):
        asked = question_of("statins", "reduce", "mortality", random.Random(seed))
        assert not asked.startswith(("Does ", "Is statins")) and asked.endswith("?")


def test_an_epoch_has_examples_of_each_stance_and_repeats_itself() -> None:
    mixture = tiny_stances()
    sizes = EpochSizes(found=40, made=40, attributes=20, trials=4, passages=1, silent=1.0)
    examples = epoch(mixture, random.Random(3), sizes)
    assert {e.stance for e in examples} == {YES, NO, MAYBE}
    assert examples == epoch(mixture, random.Random(3), sizes)
    assert examples != epoch(mixture, random.Random(4), sizes)


def _passage(**names: str) -> Passage:
    questions = (
        JudgedQuestion("Does aspirin cut fever?", frozenset({1}), frozenset(), frozenset({2})),
        JudgedQuestion("Is aspirin useless in fever?", frozenset(), frozenset({1}), frozenset()),
    )
    sentences = ("Aspirin is old.", "Fever fell with aspirin.", "It was safe.", "We saw the patients.")
    return Passage(sentences, questions, names)


def test_judged_sentences_that_are_not_listed_are_silent() -> None:
    examples = list(judged_examples([_passage()], random.Random(1), silent=9))
    stances = {(e.question, e.sentence): e.stance for e in examples}
    assert stances[("Does aspirin cut fever?", "Fever fell with aspirin.")] == YES
    assert stances[("Is aspirin useless in fever?", "Fever fell with aspirin.")] == NO
    assert ("Does aspirin cut fever?", "It was safe.") not in stances
    assert stances[("Is aspirin useless in fever?", "It was safe.")] == MAYBE
    assert all(e.context in ("", _passage().sentences[0], *_passage().sentences[1:3]) for e in examples)
    assert len(list(judged_examples([_passage()], random.Random(1), silent=1))) == 4


def test_names_are_replaced_in_sentences_and_questions_alike() -> None:
    passage = renamed(_passage(aspirin="drug"), {"drug": ["aspirin", "p53 inhibitor"]}, random.Random(1))
    assert passage.sentences[:2] == ("P53 inhibitor is old.", "Fever fell with p53 inhibitor.")
    assert [q.text for q in passage.questions] == [
        "Does p53 inhibitor cut fever?",
        "Is p53 inhibitor useless in fever?",
    ]


def test_judged_passages_become_questions_with_one_answer() -> None:
    passage = _passage()._replace(
        questions=(
            *_passage().questions,
            JudgedQuestion("Is aspirin new?", frozenset(), frozenset({0}), frozenset()),
            JudgedQuestion("Is fever new?", frozenset(), frozenset(), frozenset()),
            JudgedQuestion("Is it both?", frozenset({1}), frozenset({2}), frozenset()),
            JudgedQuestion("Is it arguable?", frozenset(), frozenset(), frozenset({2})),
        )
    )
    answers = {q["question"]: q["answer"] for q in judged_questions([passage])}
    assert answers == {
        "Does aspirin cut fever?": "yes",
        "Is aspirin useless in fever?": "no",
        "Is aspirin new?": "no",
        "Is fever new?": "open",
    }


def test_questions_are_also_asked_among_the_nearest_other_passages() -> None:
    texts = [f"Passage {n} about {'aspirin' if n % 2 else 'caffeine'}." for n in range(24)]
    questions = [{"question": "Is aspirin old?", "passages": [t], "answer": "yes"} for t in texts]
    asked = list(among_others(questions))
    assert len(asked) == 6 and all(len(q["passages"]) == 11 == len(set(q["passages"])) for q in asked)
    assert asked[0]["passages"][0] == texts[0]
    assert all("aspirin" in text for text in asked[0]["passages"][1:])


def test_judged_abstracts_are_found_by_their_hash(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = "Aspirin is old. Fever fell with aspirin in all patients."
    shard = tmp_path / "pretrain" / "ohsumed_single23" / "part-0.txt.xz"
    shard.parent.mkdir(parents=True)
    shard.write_bytes(lzma.compress(b"Aspirin is old.\nFever fell with aspirin in all patients.\n"))
    question = {"q": "Does aspirin cut fever?", "yes": [1]}
    (tmp_path / "own.jsonl").write_text("")
    lines = [{"text": text_key(text), "questions": [question]}, {"text": "none", "questions": []}]
    (tmp_path / "abstracts.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (passage,) = read_passages(tmp_path, tmp_path)
    assert passage.sentences == ("Aspirin is old.", "Fever fell with aspirin in all patients.")
    assert passage.questions[0].yes == {1} and "1 of 2 annotated abstracts" in caplog.text


def test_our_passages_have_both_answers_and_near_misses() -> None:
    lines = (JUDGED / "own.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [passage_of(line, line["sentences"]) for line in map(json.loads, lines)]
    questions = [q for p in passages for q in p.questions]
    assert len(passages) > 500
    for kind in ("yes", "no"):
        assert sum(bool(getattr(q, kind)) for q in questions) > 0.25 * len(questions)
    assert sum(not (q.yes or q.no or q.unsure) for q in questions) > 0.1 * len(questions)


def test_a_sentence_that_denies_does_not_support_its_own_question() -> None:
    texts = tiny_stances().texts
    for example in StanceMaker(texts, random.Random(1)).found():
        if (
            example.sentence.startswith("Caffe did not prevent cancer")
            and "prevent cancer" in example.question
        ):
            assert example.stance != YES


def test_written_attributes_have_all_stances() -> None:
    names = tiny_stances().names
    examples = list(attributes.written(names, random.Random(2), 300))
    assert {e.stance for e in examples} == {YES, NO, MAYBE}
    for example in examples:
        if " contraindicated in " in example.sentence and example.question.startswith("Is aspirin safe in"):
            assert example.stance != YES


def test_balances_the_stances() -> None:
    many = [StanceExample("q", "s", "", YES)] * 100 + [StanceExample("q", "s", "", NO)] * 10
    kept = balanced(many, random.Random(1))
    assert sum(e.stance == YES for e in kept) == 13


def test_rows_have_question_sentence_and_context(tmp_path: Path) -> None:
    encoder = TokenEncoder(write_start(tmp_path, WORDS))
    example = StanceExample("does aspirin treat fever?", "aspirin treats fever.", "we saw the patients.", YES)
    row = stance_row(encoder, example)
    words = [WORDS[i] for i in row.ids]
    assert words == (
        "[CLS] does aspirin treat fever ? [SEP] aspirin treats fever . [SEP] we saw the patients . [SEP]".split()
    )
    short = stance_row(encoder, example, max_length=15)
    assert [WORDS[i] for i in short.ids][-3:] == ["patients", ".", "[SEP]"] and len(short.ids) == 15
    assert WORDS[stance_row(encoder, example._replace(context="")).ids[-2]] == "."


def test_the_margin_is_that_from_which_answers_are_right() -> None:
    sure = np.linspace(0.5, 1.0, 400)
    curve = risk_coverage(sure, sure > 0.7, np.ones(400, dtype=bool))
    assert 0.6 < margin_of(curve) < 0.72
    assert curve[0]["coverage"] == 1.0
    assert margin_of([{"margin": 0.9, "right": 0.5, "coverage": 1.0, "shown": 40}]) == 1.0


def test_conflicting_evidence_settles_less() -> None:
    rng = random.Random(1)
    judged = []
    for _ in range(150):
        strong = rng.uniform(2, 4)
        judged += [Judged(strong, rng.random() / 2, "yes"), Judged(rng.random() / 2, strong, "no")]
        judged += [Judged(rng.random() / 2, rng.random() / 2, "open"), Judged(strong, strong, "open")]
    weights = verdict_weights(judged)["verdict"]
    assert weights["difference"] > 0 and weights["stronger"] > 0 > weights["weaker"]
    assert weights["margin"] < 1


def test_a_released_model_can_be_trained_further(tmp_path: Path) -> None:
    run, questions, imported = tmp_path / "run", tmp_path / "questions", tmp_path / "imported"
    start = tmp_path / "start"
    start.mkdir()
    write_start(start, WORDS)
    torch.manual_seed(1)
    network = new_network(start, 0.0)
    for parameter in network.parameters():  # equal tensors would be stored once
        torch.nn.init.normal_(parameter, std=0.1)
    network.bert.save_pretrained(run)
    torch.save(network.state_dict(), run / RUN_FILE)
    questions.mkdir()
    for name in TOKENIZER_FILES:
        shutil.copyfile(start / name, run / name)
        shutil.copyfile(start / name, questions / name)
    # The reader may have fewer layers.
    reader = network.bert.config.__class__(**{**network.bert.config.to_dict(), "num_hidden_layers": 1})
    reader.save_pretrained(questions)
    (questions / "biobert.json").write_text(json.dumps({"files": {}, "trainedOn": [], "calibration": {}}))
    export(run, questions, "int8-reduced-ffn")
    write_calibration(questions, None)
    assert check_manifest(questions) == []
    import_stances(questions, imported)
    example = [StanceExample("does aspirin treat fever?", "aspirin treats fever.", "", YES)]
    expected = logits_of(*load_runner(run), example)
    np.testing.assert_allclose(logits_of(*load_runner(imported), example), expected, atol=0.05)
    np.testing.assert_allclose(logits_of(*load_runner(questions), example), expected, atol=0.05)
    (questions / "vocab.txt").write_text("other\n")
    with pytest.raises(ValueError, match="different vocabularies"):
        export(run, questions, "fp32")
