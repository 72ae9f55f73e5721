"""Question answering on tiny data: readers, rows, losses, decoding, scores, and complete runs."""

import itertools
import json
import lzma
import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tiny import OTHER, SNIPPET, write_question_corpora
from training.common.folders import TOKENIZER_FILES
from training.common.interpolate import interpolate, mix_weights
from training.common.keyed_texts import text_key
from training.common.loop import StepResult
from training.common.manifest import check_manifest
from training.questions import score
from training.questions.abbreviations import definitions
from training.questions.calibrate import calibrate
from training.questions.data import annotated, bioasq, general
from training.questions.data.asked import ASKED, asked_pairs, asked_spans, read_asked
from training.questions.data.examples import NO, YES, SpanExample, occurrences
from training.questions.data.mixture import biomedical_mixture, unanswerable_pairs
from training.questions.data.rows import Row, TokenEncoder, by_length, gold_tokens, pad, training_row, windows
from training.questions.data.titles import Finding, finding_of, title_verdicts
from training.questions.export import export, write_manifest
from training.questions.import_checkpoint import import_questions
from training.questions.model import contrastive_loss, load_network, new_network, span_loss, verdict_loss
from training.questions.options import RUN_FILE, QuestionOptions
from training.questions.predict import (
    Place,
    answer_key,
    best_spans,
    fold,
    load_runner,
    onnx_runner,
    read,
    torch_runner,
)
from training.questions.train import QuestionTraining
from training.relations.data.texts import Mention, Target, Text


@pytest.fixture
def qa(tmp_path: Path) -> Path:
    write_question_corpora(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    from training.questions.data import mixture

    monkeypatch.setattr(mixture, "medquad_pairs", lambda root, test: [])
    monkeypatch.setattr(mixture, "title_pairs", lambda root, test: [])
    monkeypatch.setattr(annotated, "SETS", ())


def test_finds_answers_only_as_whole_words() -> None:
    assert occurrences("TP53 and p53, not tp533", ["tp53", "P53"]) == ((0, 4), (9, 12))


def test_converts_word_indices_of_qamr_to_characters(tmp_path: Path) -> None:
    folder = tmp_path / "qa" / "QAMR"
    (folder / "filtered").mkdir(parents=True)
    (folder / "wiki-sentences.tsv").write_text("a:b:1\tAspirin -LRB- a drug -RRB- treats fever .\n")
    row = "a:b:1\t0\t1\t0\t1\tWhat treats?\t0\t9:0\t8:2 3\n"
    apart = "a:b:1\t0\t1\t0\t1\tWhat else?\t0 4\t9:0 4\t8:6\n"
    (folder / "filtered" / "dev.tsv").write_text(row + apart)
    (folder / "filtered" / "test.tsv").write_text("")
    [example] = general.read_qamr(tmp_path)
    assert example.context == "Aspirin ( a drug ) treats fever ."
    assert [example.context[a:b] for a, b in example.answers] == ["Aspirin"]


def test_trains_on_no_question_of_a_left_out_year(qa: Path) -> None:
    kept, dropped = bioasq.training_questions(qa, ("7b",))
    # The shared question is in both years that are read and in the left-out year.
    assert dropped["questions"] == 2
    assert {q.year for q in kept} == {"4b", "5b"}
    mixture = biomedical_mixture(qa, ("7b",), 1, 0.5)
    assert mixture.dev_questions
    asked = {e.question for e in (*mixture.spans, *mixture.verdicts)}
    assert not asked & {q.text for q in mixture.dev_questions}
    assert not any("7b" in question for question in asked)


def test_drops_a_snippet_whose_number_a_left_out_year_has(qa: Path) -> None:
    path = qa / "qa" / "BioASQ" / "4B_golden.json"
    items = json.loads(path.read_text())
    items["questions"][0]["snippets"][0]["document"] = "http://pubmed/7b3list"
    path.write_text(json.dumps(items))
    _, dropped = bioasq.training_questions(qa, ("7b",))
    assert dropped["snippets"] == 1


def test_uses_no_question_of_the_pubmedqa_test(qa: Path) -> None:
    rest, test = bioasq.read_pubmedqa(qa)
    assert len(rest) == 20 and len(test) == 20
    mixture = biomedical_mixture(qa, ("7b",), 1, 0.0)
    asked = {e.question for e in (*mixture.verdicts, *mixture.dev_verdicts)}
    assert not asked & {a.question for a in test}


@pytest.mark.parametrize(
    ("title", "question", "verdict"),
    [
        (
            "Ketorolac affects morphine requirement after surgery.",
            "Does ketorolac affect morphine requirement after surgery?",
            YES,
        ),
        ("[Zinc does not shorten the common cold].", "Does zinc shorten the common cold?", NO),
        (
            "DNA repair genes are not mutated in early tumours",
            "Are DNA repair genes mutated in early tumours?",
            NO,
        ),
        (
            "Iron in pregnancy: low ferritin is associated with fatigue (a pilot study)",
            "Is low ferritin associated with fatigue?",
            YES,
        ),
        (
            "Exercise training has no effect on bone density",
            "Does exercise training have an effect on bone density?",
            NO,
        ),
    ],
)
def test_makes_a_question_from_a_title_that_states_a_finding(title: str, question: str, verdict: int) -> None:
    assert finding_of(title) == Finding(question, verdict)


def test_a_finding_can_be_asked_with_the_opposite_verb() -> None:
    found = finding_of("Aspirin reduces fever in small children")
    assert found == Finding(
        "Does aspirin reduce fever in small children?", YES, "Does aspirin increase fever in small children?"
    )
    body = "word " * 300
    made = title_verdicts([("Aspirin reduces fever in small children", body)] * 20, random.Random(1))
    assert {(e.question.split()[2], e.verdict) for e in made} == {("reduce", YES), ("increase", NO)}


@pytest.mark.parametrize(
    "title",
    ["Does aspirin help?", "Aspirin in fever", "A drug that reduces fever in small children", "It is so"],
)
def test_ignores_titles_that_state_no_finding(title: str) -> None:
    assert finding_of(title) is None


def test_an_unanswerable_question_gets_no_context_with_its_answer() -> None:
    pool = [
        SpanExample(f"q{n}", f"{SNIPPET if n % 2 else OTHER} {n}", ((0, 7),) if n % 2 else (), "g")
        for n in range(20)
    ]
    for e in unanswerable_pairs(pool, pool, 1.0, random.Random(1)):
        assert e.answers == ()
        if int(e.question[1:]) % 2:
            assert "Aspirin" not in e.context


ABSTRACT = (
    "Effects of aspirin on fever.\nAcetylsalicylic acid and aspirin lowered pyrexia. Ibuprofen did not."
)


def annotated_text(*targets: Target) -> Text:
    """Returns an annotated abstract. It mentions aspirin three times, fever twice and ibuprofen once."""
    names = (
        ("aspirin", "Chemical", "D1"),
        ("fever", "Disease", "D2"),
        ("Acetylsalicylic acid", "Chemical", "D1"),
        ("pyrexia", "Disease", "D2"),
        ("Ibuprofen", "Chemical", "D3"),
    )
    mentions = tuple(
        Mention(ABSTRACT.index(name), ABSTRACT.index(name) + len(name), kind, (concept,))
        for name, kind, concept in names
    )
    return Text("1", ABSTRACT, mentions, targets)


def answers_of(example: SpanExample) -> set[str]:
    return {example.context[a:b] for a, b in example.answers}


def test_makes_a_question_for_each_side_of_a_relation() -> None:
    pairs = ((0, 1), (0, 3), (2, 1), (2, 3))
    text = annotated_text(Target("biored", ("Negative_Correlation",), pairs), Target("biored", (), ((4, 1),)))
    found = list(annotated.relation_questions(text, random.Random(1)))
    treated, treats = sorted(found, key=lambda e: "fever" in e.question or "pyrexia" in e.question)
    assert answers_of(treats) == {"aspirin", "Acetylsalicylic acid"} and "pyrexia" in treats.question
    assert answers_of(treated) == {"fever", "pyrexia"} and "Acetylsalicylic acid" in treated.question


def test_makes_no_question_for_a_relation_without_wordings() -> None:
    assert not list(
        annotated.relation_questions(
            annotated_text(Target("biored", ("Comparison",), ((0, 4),))), random.Random(1)
        )
    )


def test_makes_title_questions_only_for_names_in_the_abstract() -> None:
    drug, disease = annotated.title_questions(annotated_text(), random.Random(1))
    assert drug.question.startswith("Effects of which ") and drug.question.endswith(" on fever?")
    assert answers_of(drug) == {"aspirin", "Acetylsalicylic acid"}
    assert "Effects" not in drug.context
    assert disease.question.startswith("Effects of aspirin on which ")
    assert answers_of(disease) == {"pyrexia"}


def test_windows_cover_the_passage_and_overlap() -> None:
    assert windows(10, 20) == [(0, 10)]
    found = windows(1000, 300, 100)
    assert found[0] == (0, 300) and found[-1][1] == 1000
    assert all(b[0] == a[1] - 100 for a, b in itertools.pairwise(found))
    assert windows(0, 20) == [(0, 0)]
    assert windows(50, 8, 100)[-1][1] == 50


def test_training_rows_give_the_position_of_the_answer(start: Path) -> None:
    encoder = TokenEncoder(start)
    context = f"{OTHER} {OTHER} {SNIPPET} {OTHER}"
    place = context.index("fever")
    example = SpanExample("What does Aspirin treat?", context, ((place, place + 5),), "g")
    fever = encoder.encode("fever").ids[0]
    for seed in range(20):
        row = training_row(encoder, example, 24, 0.0, random.Random(seed))
        assert len(row.ids) <= 24
        [(first, last)] = row.gold
        assert row.ids[first : last + 1].tolist() == [fever]
        assert row.passage[0] <= first < row.passage[1]
    silent = training_row(encoder, example._replace(answers=()), 24, 0.0, random.Random(1))
    assert silent.gold == ((0, 0),)


def test_tokens_have_offsets_and_case_shapes(start: Path) -> None:
    tokens = TokenEncoder(start).encode("BRCA1 and p53")
    assert tokens.shapes[0] == 2 and tokens.shapes[-1] == 0
    assert (tokens.starts[0], tokens.ends[-1]) == (0, 13)
    assert gold_tokens(tokens, [(0, 5)])[0][0] == 0


def test_batches_stay_within_their_budget() -> None:
    lengths = [random.Random(n).randint(5, 60) for n in range(100)]
    found = by_length(lengths, 120, random.Random(1))
    assert sorted(i for b in found for i in b) == list(range(100))
    # The lengths in a batch differ only by the random noise.
    assert all(max(lengths[i] for i in b) * (len(b) - 1) <= 120 + 8 * len(b) for b in found)


def test_the_span_loss_accepts_any_of_the_gold_spans() -> None:
    logits = torch.zeros(1, 4, 2)
    logits[0, 3] = 9
    readable = torch.tensor([[True, False, True, True]])
    one = span_loss(logits, readable, torch.tensor([[[3, 3], [-1, -1]]]))
    both = span_loss(logits, readable, torch.tensor([[[2, 2], [3, 3]]]))
    wrong = span_loss(logits, readable, torch.tensor([[[2, 2], [-1, -1]]]))
    assert both <= one < 0.01 < wrong


def test_the_verdict_loss_ignores_maybe_if_it_was_not_an_option() -> None:
    logits = torch.tensor([[1.0, 0.0, 50.0]])
    yes = torch.tensor([0])
    assert (
        verdict_loss(logits, yes, torch.tensor([False])) < 1 < verdict_loss(logits, yes, torch.tensor([True]))
    )


def test_pairs_of_one_group_are_no_negatives_of_each_other() -> None:
    left = torch.eye(3)[[0, 0, 1]]
    apart = contrastive_loss(left, left, torch.tensor([0, 1, 2]))
    together = contrastive_loss(left, left, torch.tensor([0, 0, 2]))
    assert together < 0.01 < apart


def test_ranks_spans_by_their_margin_over_no_answer() -> None:
    row = Row(np.arange(6), np.zeros(6), (3, 5))
    logits = np.array([[1, 1], [9, 9], [9, 9], [3, 0], [0, 4], [9, 9]], dtype=np.float32)
    assert best_spans(row, logits, np.array([7, 8]))[0] == (3, 4, 5.0)
    assert all(3 <= a <= b <= 4 for a, b, _ in best_spans(row, logits, np.array([7, 8])))
    # With one word, a part of it is no answer.
    assert best_spans(row, logits, np.array([7, 7])) == [(3, 4, 5.0)]


def test_merges_equal_answers_of_several_passages() -> None:
    passages = ["The BRCA1 gene", "brca1."]
    found = fold(
        [Place(0, 4, 9, 2.0), Place(0, 4, 14, 1.0), Place(1, 0, 5, 1.5), Place(1, 5, 6, 0.5)],
        passages,
        "Which gene?",
    )
    assert [a.text for a in found] == ["BRCA1"]
    assert found[0].score == pytest.approx(math.log(math.exp(2) + math.exp(1.5)))
    assert answer_key("The  NF-kappaB.") == "nf kappab"


def test_drops_answers_that_say_nothing() -> None:
    passage = "It did not inhibit Nox1. GKT137831 (an inhibitor) did."

    def answers_to(question: str, *texts: str) -> list[str]:
        places = [Place(0, passage.index(t), passage.index(t) + len(t), -n) for n, t in enumerate(texts)]
        return [a.text for a in fold(places, [passage], question)]

    assert answers_to("What inhibits Nox1?", "did not", "Nox1", "Nox1. GKT137831", "inhibit Nox1") == []
    assert answers_to("What inhibits Nox1?", "did not", "GKT137831 (", "(an inhibitor") == [
        "GKT137831",
        "an inhibitor",
    ]
    assert answers_to("Is it Nox1 or Nox4?", "Nox1.") == ["Nox1"]


def test_merges_an_abbreviation_with_its_long_form() -> None:
    passage = "The epidermal growth factor receptor (EGFR, HER1) and KRAS. See Fig. 2 (n = 3)."
    assert definitions(passage) == [("EGFR", "epidermal growth factor receptor")]
    names = ("EGFR", "KRAS", "epidermal growth factor receptor")
    places = [Place(0, passage.index(t), passage.index(t) + len(t), -n) for n, t in enumerate(names)]
    assert [a.text for a in fold(places, [passage], "Which receptor?")] == ["EGFR", "KRAS"]


def test_computes_the_official_scores() -> None:
    ranked = [["a", "B", "c"], ["x"], []]
    figures = score.factoid_scores(ranked, [["b "], ["x"], ["y"]])
    assert figures["strict"] == pytest.approx(100 / 3)
    assert figures["lenient"] == pytest.approx(200 / 3)
    assert figures["mrr"] == pytest.approx(50)
    assert score.list_f1([["a", "z"]], [[["A", "aa"], ["b"]]]) == pytest.approx(50)
    assert score.squad_scores(["The cat"], [["cat!"]]) == {"exact": 100, "f1": 100}
    assert score.verdict_scores([0, 0, 1], [0, 1, 1], 2)["macroF1"] == pytest.approx(200 / 3)


def options(**changes: object) -> QuestionOptions:
    return QuestionOptions(
        stage="biomedical",
        epochs=8,
        batch_tokens=256,
        max_length=40,
        pairs=8,
        pairs_per_batch=4,
        learning_rate=5e-3,
        unanswerable=1.0,
        **changes,
    )


def test_a_run_can_be_trained_calibrated_and_exported(start: Path, qa: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    QuestionTraining(qa, start, run, options()).run()
    network = load_network(run)
    graph = torch_runner(network, torch.device("cpu"), torch.bfloat16)
    encoder = TokenEncoder(run)
    [reading] = read(graph, encoder, [("What treats fever 5b 1?", [SNIPPET, OTHER])])
    assert reading.answers[0].text == "Aspirin"
    assert reading.verdicts.shape == (2, 3)
    folder = tmp_path / "questions"
    export(run, folder, "int8-reduced")
    report = calibrate(*load_runner(folder, 1), qa, ("7b",))
    assert set(report["calibration"]) == {"answer", "answerable", "verdict"}
    write_manifest(folder, "0", report, ("7b",))
    assert check_manifest(folder) == []
    assert json.loads((folder / "biobert.json").read_text())["task"] == "question-answering"
    export(run, tmp_path / "plain", "fp32")
    rows = [
        encoder.row("fever?", encoder.encode(SNIPPET), 0, 8),
        encoder.row("cancer?", encoder.encode("BRCA1"), 0, 1),
    ]
    arrays = pad(rows, encoder)
    given = [arrays[n] for n in ("input_ids", "attention_mask", "token_type_ids")]
    with torch.inference_mode():
        expected = network(*map(torch.from_numpy, given))
    spans, verdicts, vectors = onnx_runner(tmp_path / "plain" / "model.onnx", 1)(*given)
    real = given[1] > 0
    assert np.abs(spans - expected[0].numpy())[real].max() < 1e-4
    assert np.abs(verdicts - expected[1].numpy()).max() < 1e-4
    assert np.abs(vectors - expected[2].numpy()).max() < 1e-4
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-4)


def test_a_released_model_can_be_imported_and_trained(start: Path, tmp_path: Path) -> None:
    """The span and verdict layers are restored exactly, the encoder within half a step of its 8-bit grid."""
    torch.manual_seed(3)
    network = new_network(start, 0.0).eval()
    for parameter in network.parameters():  # equal tensors would be stored once
        torch.nn.init.normal_(parameter, std=0.1)
    run, released, imported = (tmp_path / name for name in ("run", "released", "imported"))
    run.mkdir()
    network.bert.config.save_pretrained(run)
    torch.save(network.state_dict(), run / RUN_FILE)
    for name in TOKENIZER_FILES:
        (run / name).write_bytes((start / name).read_bytes())
    export(run, released, "int8-reduced-ffn")
    write_manifest(released, "0", None, ())
    import_questions(released, imported)
    wanted = network.state_dict()
    for name, weight in load_network(imported).state_dict().items():
        step = wanted[name].abs().max() / 63 if name.startswith("bert") else 1e-6
        assert (weight - wanted[name]).abs().max() <= step, name
    assert torch.equal(new_network(imported, 0.1).span.weight, load_network(imported).span.weight)


def test_interpolates_the_weights_of_two_runs(start: Path, tmp_path: Path) -> None:
    states = []
    for seed, name in enumerate(("older", "newer")):
        torch.manual_seed(seed)
        (tmp_path / name).mkdir()
        states.append(new_network(start, 0.0).state_dict())
        torch.save(states[-1], tmp_path / name / RUN_FILE)
    interpolate(tmp_path / "older", tmp_path / "newer", 0.25, tmp_path / "mixed", {RUN_FILE: mix_weights})
    mixed = torch.load(tmp_path / "mixed" / RUN_FILE, weights_only=True)
    for name, weight in mixed.items():
        torch.testing.assert_close(weight, 0.75 * states[0][name] + 0.25 * states[1][name])
    (tmp_path / "newer" / RUN_FILE).rename(tmp_path / "newer" / "tagger.pt")
    with pytest.raises(FileNotFoundError, match="not two"):
        interpolate(tmp_path / "older", tmp_path / "newer", 0.5, tmp_path / "other", {RUN_FILE: mix_weights})


def test_a_resumed_run_gives_the_weights_of_an_uninterrupted_one(
    start: Path, qa: Path, tmp_path: Path
) -> None:
    whole = QuestionTraining(qa, start, tmp_path / "whole", options())
    whole.run()
    half = QuestionTraining(qa, start, tmp_path / "half", options())
    stop, stepped = whole.step // 2, half.train_step

    def stopping(*arguments: Any) -> StepResult:
        if half.step == stop:
            half.save()
            raise KeyboardInterrupt
        return stepped(*arguments)

    half.train_step = stopping  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        half.run()
    resumed = QuestionTraining(qa, start, tmp_path / "half", options())
    assert resumed.restore()
    resumed.run()
    assert resumed.step == whole.step
    for name, value in whole.average.state.items():
        torch.testing.assert_close(resumed.average.state[name], value)


def test_asked_questions_have_the_places_of_their_answers(tmp_path: Path) -> None:
    text = "Aspirin is old. Fever fell with aspirin (ASA) and with ibuprofen in all 12 patients."
    shard = tmp_path / "pretrain" / "ohsumed_single23" / "part-0.txt.xz"
    shard.parent.mkdir(parents=True)
    shard.write_bytes(lzma.compress(f"{text}\n".encode()))
    questions = [
        {"q": "Which drugs reduce fever?", "kind": "list", "answers": [["aspirin", "ASA"], ["ibuprofen"]]},
        {"q": "How many women had fever?", "kind": "none", "answers": []},
    ]
    file = tmp_path / "asked.jsonl"
    file.write_text(json.dumps({"text": text_key(text), "questions": questions}))
    listed, none = asked_spans(asked := read_asked(tmp_path, file))
    assert [text[a:b] for a, b in listed.answers] == ["Aspirin", "aspirin", "ASA", "ibuprofen"]
    assert none.answers == () and none.context == text
    (pair,) = asked_pairs(asked, 70)
    assert (pair.left, pair.right) == ("Which drugs reduce fever?", text)
    file.write_text(file.read_text().replace("ibuprofen", "codeine"))
    with pytest.raises(ValueError, match="lacks the answer 'codeine'"):
        read_asked(tmp_path, file)


def test_our_questions_have_all_kinds() -> None:
    lines = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    kinds = [q["kind"] for line in lines for q in line["questions"]]
    assert len(kinds) > 3000 and min(map(kinds.count, ("factoid", "list", "none"))) > 500
    assert all(bool(q["answers"]) == (q["kind"] != "none") for line in lines for q in line["questions"])
