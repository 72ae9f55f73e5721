"""Relation extraction on tiny data: readers, rows, sentence mixing, complete runs, export and calibration."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from tiny import write_relation_corpora, write_start
from training.common.dedup import TestText
from training.common.encoder import Encoder
from training.common.interpolate import interpolate, mix_weights
from training.common.loop import StepResult
from training.common.manifest import check_manifest
from training.common.start import bare_encoder
from training.relations.calibrate import calibration_report
from training.relations.data import readers
from training.relations.data.heads import BY_NAME, LABELS, columns
from training.relations.data.mixture import TestTexts, load, parts_of, repeats_test_text
from training.relations.data.rows import RowEncoder, choose_masked_mentions, tensors, units_of
from training.relations.data.sentence_mixing import (
    UnorderedPair,
    document_head,
    join_statements,
    mixed_texts,
    statements_of,
)
from training.relations.data.texts import Mention, Target, Text, sentences
from training.relations.evaluate import measure, score_texts
from training.relations.export import export, export_graph
from training.relations.folds import run_folds
from training.relations.model import RelationModel, load_run, loss_of, new_model, pooled
from training.relations.options import RelationOptions
from training.relations.predict import onnx_runner, predict, stating_pairs, torch_runner
from training.relations.scores import probabilities
from training.relations.train import RelationTraining

WORDS = (
    "aspirin inhibits cox ##2 . did not bind we saw fever after drug gene causes with and "
    "the of in patients . , ( ) [ ] - a"
).split()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of 2 layers × 16 whose vocabulary has spare entries for the markers."""
    names = [
        "[PAD]",
        *(f"[unused{i}]" for i in range(8)),
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *dict.fromkeys(WORDS),
    ]
    return write_start(tmp_path_factory.mktemp("start"), names)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    write_relation_corpora(tmp_path)
    return tmp_path


def example() -> Text:
    text = "Aspirin inhibits COX2. We saw fever after aspirin."
    mentions = (
        Mention(0, 7, "Chemical", ("A",)),
        Mention(17, 21, "Gene"),
        Mention(30, 35, "Disease", ("F",)),
        Mention(42, 49, "Chemical", ("A",)),
    )
    return Text(
        "x",
        text,
        mentions,
        (
            Target("chemical-gene", ("inhibitor",), ((0, 1),)),
            Target("chemical-disease", (), ((0, 2), (3, 2))),
        ),
    )


def test_candidates_of_chemprot_are_in_one_sentence(corpora: Path) -> None:
    texts = readers.chemprot(corpora, "train")
    assert [(t.pairs, t.labels) for t in texts[0].targets] == [(((0, 1),), ("inhibitor",))]
    assert texts[0].missed == (("chemical-gene", "activator"),)


def test_candidates_of_bc5cdr_are_concepts(corpora: Path) -> None:
    targets = readers.bc5cdr(corpora, "dev")[0].targets
    assert {t.key: (t.labels, t.pairs) for t in targets} == {
        ("D001", "D009"): (("induces",), ((0, 1), (0, 2))),
        ("D002", "D009"): ((), ((3, 1), (3, 2))),
    }
    assert [t.labels for t in readers.biored(corpora, "dev")[0].targets].count(("Association",)) == 1


def test_the_folds_of_gad_are_a_partition(corpora: Path) -> None:
    tests = [{t.text for t in readers.gad(corpora, f"fold{n}-test")} for n in range(10)]
    assert sum(map(len, tests)) == len(set().union(*tests)) == 12
    for n in range(10):
        assert not tests[n] & {t.text for t in readers.gad(corpora, f"fold{n}-train")}


def cid() -> Text:
    """In the title, aspirin (A) induces fever (F). The drug (D) occurs with both."""
    text = "Aspirin causes fever.\nPatients with fever. The drug and aspirin. The drug and fever."
    mentions = tuple(
        Mention(a, a + len(w), k, (c,))
        for a, w, k, c in (
            (0, "Aspirin", "Chemical", "A"),
            (15, "fever", "Disease", "F"),
            (36, "fever", "Disease", "F"),
            (47, "drug", "Chemical", "D"),
            (56, "aspirin", "Chemical", "A"),
            (69, "drug", "Chemical", "D"),
            (78, "fever", "Disease", "F"),
        )
    )
    assert all(text[m.start : m.end].strip("., \n") == text[m.start : m.end] for m in mentions)
    targets = (
        Target(
            "chemical-disease", ("induces",), ((0, 1), (0, 2), (0, 6), (4, 1), (4, 2), (4, 6)), ("A", "F")
        ),
        Target("chemical-disease", (), ((3, 1), (3, 2), (3, 6), (5, 1), (5, 2), (5, 6)), ("D", "F")),
    )
    return Text("cid", text, mentions, targets)


def test_a_statement_contains_the_pairs_that_state_its_relations() -> None:
    text = cid()
    assert document_head(text) == "chemical-disease" and document_head(example()) == "chemical-disease"
    own = statements_of(text, {UnorderedPair(("A", "F")): frozenset({UnorderedPair((0, 1))})})
    assert [s.text for s in own] == [
        "Aspirin causes fever.",
        "Patients with fever.",
        "The drug and aspirin.",
        "The drug and fever.",
    ]
    assert [bool(s.stated) for s in own] == [True, False, False, False]
    assert own[0].stated == {UnorderedPair(("A", "F")): (("induces",), frozenset({UnorderedPair((0, 1))}))}
    for statement in own:
        for m in statement.mentions:
            assert statement.text[m.start : m.end].lower() in ("aspirin", "drug", "fever")


def test_joined_statements_have_no_target_for_undecided_pairs() -> None:
    text = cid()
    own = statements_of(text, {UnorderedPair(("A", "F")): frozenset({UnorderedPair((0, 1))})})
    asked = {t.key: (t.labels, t.pairs) for t in join_statements([own[0], own[3]]).targets}
    assert asked == {("A", "F"): (("induces",), ((0, 1),)), ("D", "F"): ((), ((2, 1), (2, 3)))}
    # Aspirin and fever are related, but it is unknown whether these two sentences state it.
    assert join_statements([own[1], own[2]]).targets == (
        Target("chemical-disease", (), ((1, 0),), ("D", "F")),
    )
    joined = join_statements([own[3], own[0]])
    assert [joined.text[m.start : m.end] for m in joined.mentions] == ["drug", "fever", "Aspirin", "fever"]


def test_mixes_every_statement_exactly_once() -> None:
    own = statements_of(cid(), {})
    texts = mixed_texts(own * 5, random.Random(3))
    words = sorted(" ".join(t.text for t in texts).split())
    assert words == sorted(" ".join(s.text for s in own * 5).split())
    assert not any(t.labels for text in texts for t in text.targets)


def test_a_model_decides_which_mentions_state_a_relation(start: Path) -> None:
    encoder = RowEncoder(Encoder(start))
    (everything,) = stating_pairs([cid()], encoder, None)
    assert {key: len(pairs) for key, pairs in everything.items()} == {UnorderedPair(("A", "F")): 6}

    def run(batch: dict[str, torch.Tensor]) -> np.ndarray:
        # The score of a pair decreases with its distance from the beginning of the text.
        logits = np.full((len(batch["pairs"]), LABELS), -9.0)
        column = columns("chemical-disease").start
        places = batch["pairs"][:, 1:].sum(1).numpy()
        logits[:, column] = -0.05 * (places - places.min())
        return logits

    (surest,) = stating_pairs([cid()], encoder, run)
    assert UnorderedPair((0, 1)) in surest[UnorderedPair(("A", "F"))]
    assert UnorderedPair((4, 6)) not in surest[UnorderedPair(("A", "F"))]


def test_a_run_with_mixed_sentences_can_continue_another(start: Path, corpora: Path, tmp_path: Path) -> None:
    options = RelationOptions(
        epochs=1, batch_tokens=256, corpora=("BC5CDR",), mix_sentences=1.0, eval_minutes=99
    )
    RelationTraining(corpora, start, tmp_path / "first", options).run()
    second = RelationTraining(corpora, tmp_path / "first", tmp_path / "second", options)
    second.run()
    assert second.step > 0 and second._statements
    assert (tmp_path / "second" / "relations.pt").is_file()


def test_interpolates_the_weights_of_two_runs(start: Path, tmp_path: Path) -> None:
    states = []
    for seed, name in enumerate(("older", "newer")):
        torch.manual_seed(seed)
        (tmp_path / name).mkdir()
        states.append(RelationModel(bare_encoder(start), 0.0).state_dict())
        torch.save(states[-1], tmp_path / name / "relations.pt")
    interpolate(
        tmp_path / "older", tmp_path / "newer", 0.25, tmp_path / "mixed", {"relations.pt": mix_weights}
    )
    mixed = torch.load(tmp_path / "mixed" / "relations.pt", weights_only=True)
    for name, weight in mixed.items():
        torch.testing.assert_close(weight, 0.75 * states[0][name] + 0.25 * states[1][name])


def test_dev_fit_and_dev_held_are_a_partition_of_dev(corpora: Path) -> None:
    whole = [t.id for t in readers.read(corpora, "ChemProt", "dev")]
    fit, held = ([t.id for t in readers.read(corpora, "ChemProt", f"dev-{p}")] for p in ("fit", "held"))
    assert fit and held and fit + held == whole
    assert parts_of("BioRED", ("train", "dev-fit")) == ["train"]
    assert parts_of("BC5CDR", ("train", "dev-fit")) == ["train", "dev-fit"]


def test_no_sentence_ends_in_a_mention_or_after_an_abbreviation() -> None:
    text = "We saw e.g. Fever in S. Aureus. The drug."
    mention = Mention(text.index("S. A"), text.index(" The") - 1, "Gene")
    assert [text[a:b] for a, b in sentences(text, [mention])] == [
        "We saw e.g. Fever in S. Aureus.",
        "The drug.",
    ]


def test_puts_markers_around_every_mention(start: Path) -> None:
    encoder = RowEncoder(Encoder(start))
    row = encoder.row(example(), (0, 22), masked_mentions=frozenset({1}))
    opens, closes = encoder.markers.open, encoder.markers.close
    id_of = encoder.encoder.vocabulary()
    assert row.ids.tolist() == [
        opens["Chemical"],
        id_of["aspirin"],
        closes["Chemical"],
        id_of["inhibits"],
        opens["Gene"],
        id_of["[MASK]"],
        closes["Gene"],
        id_of["."],
    ]
    assert row.marker == {0: 0, 1: 4}
    assert row.shapes.tolist() == [0, 1, 0, 0, 0, 0, 0, 0]


def test_windows_contain_whole_sentences_and_previous_ones(start: Path) -> None:
    encoder = RowEncoder(Encoder(start))
    text = example()._replace(text=example().text + " The drug. A gene.")
    spans = encoder.windows(text, max_length=16)
    assert [text.text[a:b] for a, b in spans] == [
        "Aspirin inhibits COX2.",
        "We saw fever after aspirin. The drug. A gene.",
    ]
    assert len(encoder.windows(text, max_length=100)) == 1


def test_masks_all_mentions_of_a_concept_together() -> None:
    import random

    for seed in range(20):
        hidden = choose_masked_mentions(example(), 0.5, random.Random(seed))
        assert (0 in hidden) == (3 in hidden)


def test_pools_the_pairs_of_a_target(start: Path) -> None:
    encoder = RowEncoder(Encoder(start))
    [unit] = units_of(example(), encoder, "window")
    batch = tensors([unit], encoder.encoder)
    assert batch["target"].tolist() == [0, 1, 1]
    assert batch["label"].tolist() == [2, 0]
    logits = torch.randn(3, LABELS)
    expected = torch.logsumexp(logits[1:], 0)
    torch.testing.assert_close(pooled(logits, batch["target"], 2)[1], expected)
    scored = probabilities([unit], [logits.numpy()])
    part = expected[columns("chemical-disease")].numpy()
    assert scored[1].probability == pytest.approx(np.exp(part) / (1 + np.exp(part)))


def test_heads_without_targets_get_no_gradient(start: Path) -> None:
    model = RelationModel(bare_encoder(start), 0.0)
    encoder = RowEncoder(Encoder(start))
    batch = tensors(units_of(example(), encoder, "window"), encoder.encoder)
    inputs = {k: batch[k] for k in ("input_ids", "attention_mask", "token_type_ids", "pairs")}
    inputs["token_type_ids"] = inputs["token_type_ids"] * 0
    loss_of(model(**inputs), batch).backward()
    gradient = model.output.weight.grad
    assert gradient[columns("chemical-gene")].abs().sum() > 0
    assert gradient[columns("biored")].abs().sum() == 0


def test_drops_texts_that_are_in_a_test_set(corpora: Path) -> None:
    tests = TestTexts(frozenset({"train0"}), TestText(["no such sentence in any of the texts here"]))
    assert [t.id for t in load(corpora, [("ChemProt", "train")], tests)] == ["train1", "train2", "train3"]
    long = "This made-up sentence is long enough to be told from others."
    repeated = Text("y", f"{long} Another sentence. And one more of them.", (), ())
    assert repeats_test_text(repeated, TestTexts(frozenset(), TestText([long])))


def options(**changes: object) -> RelationOptions:
    values = {
        "corpora": ("ChemProt", "BC5CDR", "BioRED", "GAD"),
        "epochs": 3,
        "batch_tokens": 128,
        "learning_rate": 5e-3,
        "eval_minutes": 99,
        **changes,
    }
    return RelationOptions(**values)


def test_markers_are_initialised_with_the_names_of_their_types(start: Path) -> None:
    encoder = RowEncoder(Encoder(start))
    words = new_model(start, 0.0, encoder).bert.embeddings.word_embeddings.weight
    expected = words[encoder.tokens("[ gene").ids].mean(0)
    torch.testing.assert_close(words[encoder.markers.open["Gene"]], expected)
    assert not torch.equal(words[encoder.markers.open["Gene"]], words[encoder.markers.close["Gene"]])


def test_with_a_shared_encoder_only_markers_and_head_change(
    start: Path, corpora: Path, tmp_path: Path
) -> None:
    run = RelationTraining(
        corpora,
        start,
        tmp_path / "shared",
        options(
            corpora=("ChemProt",),
            epochs=9,
            share_encoder=True,
            weight_decay=0.0,
            average=0.5,
            average_every=1,
        ),
        texts=load(corpora, [("ChemProt", "train")], None),
    )
    before = {name: value.clone() for name, value in run.module.state_dict().items()}
    run.run()
    after = run.module.state_dict()
    words = "bert.embeddings.word_embeddings.weight"
    markers = run.encoder.markers
    own = sorted([*markers.open.values(), *markers.close.values()])
    # The moving average of a constant weight may differ in its last bit.
    change = {name: (value - after[name]).abs() for name, value in before.items()}
    changed = (change.pop(words).amax(1) > 1e-4).nonzero().flatten().tolist()
    assert changed and set(changed) <= set(own)
    for name, value in change.items():
        assert (value.max() < 1e-6) == name.startswith("bert."), name


def test_masks_the_names_in_dev_texts(start: Path, corpora: Path, tmp_path: Path) -> None:
    encoder, seen = RowEncoder(Encoder(start)), []

    def recording_runner(batch: dict[str, torch.Tensor]) -> np.ndarray:
        seen.append(batch["input_ids"])
        return np.zeros((len(batch["pairs"]), LABELS), dtype=np.float32)

    for masked in (False, True):
        measure(recording_runner, encoder, corpora, [("ChemProt", "dev")], "sentence", masked=masked)
    plain, hidden = (
        {i for ids in part for i in ids.flatten().tolist()}
        for part in (seen[: len(seen) // 2], seen[len(seen) // 2 :])
    )
    mask, name = encoder.encoder.special.mask, encoder.tokens("aspirin").ids[0]
    assert name in plain and mask not in plain
    assert name not in hidden and mask in hidden


def test_a_resumed_run_gives_the_weights_of_an_uninterrupted_one(
    start: Path, corpora: Path, tmp_path: Path
) -> None:
    texts = load(corpora, [(n, "train") for n in options().corpora], None)
    whole = RelationTraining(corpora, start, tmp_path / "whole", options(), texts)
    whole.run()
    half = RelationTraining(corpora, start, tmp_path / "half", options(), texts)
    stop, train_step = whole.step // 2, half.train_step

    def stopping(batch: dict, progress: float) -> StepResult:
        if half.step == stop:
            half.save()
            raise KeyboardInterrupt
        return train_step(batch, progress)

    half.train_step = stopping  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        half.run()
    resumed = RelationTraining(corpora, start, tmp_path / "half", options(), texts)
    assert resumed.restore()
    assert resumed.step == stop
    resumed.run()
    for name, value in whole.average.state.items():
        torch.testing.assert_close(resumed.average.state[name], value)


def test_the_exported_model_scores_like_the_trained_one(start: Path, corpora: Path, tmp_path: Path) -> None:
    texts = load(corpora, [(n, "train") for n in options().corpora], None)
    run = RelationTraining(corpora, start, tmp_path / "run", options(epochs=8), texts)
    run.run()
    model, encoder = load_run(tmp_path / "run"), run.encoder
    export_graph(model, tmp_path / "plain.onnx")
    units = [u for t in (*texts, example()) for u in units_of(t, encoder, "window")]
    reference = torch_runner(model, torch.device("cpu"), torch.float32)
    expected = predict(reference, encoder.encoder, units, tokens=128)
    given = predict(onnx_runner(tmp_path / "plain.onnx"), encoder.encoder, units, tokens=128)
    for a, b in zip(given, expected, strict=True):
        assert np.abs(a - b).max() < 1e-4
    found = measure(reference, encoder, corpora, [("BC5CDR", "dev"), ("ChemProt", "dev")])
    assert found["BC5CDR"].score(found["BC5CDR"].best_threshold()).f1 == 100
    # The mentions of one gold relation are in different sentences, so it is missed.
    assert found["ChemProt"].score(found["ChemProt"].best_threshold()).recall == 50
    fit = calibration_report(found)
    assert set(fit) == {"chemical-disease", "chemical-gene"}
    folder = tmp_path / "relations"
    export(tmp_path / "run", folder, "int8-reduced", fit, "0.1.0")
    assert check_manifest(folder) == []
    manifest = json.loads((folder / "biobert.json").read_text())
    assert manifest["task"] == "relation-extraction"
    assert [h["name"] for h in manifest["heads"]] == list(BY_NAME)
    assert manifest["heads"][0]["threshold"] == fit["chemical-gene"]["threshold"]
    quantised = score_texts(onnx_runner(folder / "model.onnx"), RowEncoder(Encoder(folder)), texts, "window")
    assert len(quantised.scored) == sum(len(t.targets) for t in texts)


def test_a_cross_validation_continues_from_finished_folds(start: Path, corpora: Path, tmp_path: Path) -> None:
    report = run_folds(corpora, start, tmp_path / "folds", "GAD", options(), [0, 1])
    assert len(report["folds"]) == 2
    assert json.loads((tmp_path / "folds/folds.json").read_text()) == report
    known = tmp_path / "folds/fold1/score.json"
    known.write_text(json.dumps({**report["folds"][1], "f1": 12.5}))
    assert run_folds(corpora, start, tmp_path / "folds", "GAD", options(), [1])["f1"] == 12.5
