"""Runs of the tagger on tiny data: training, checkpoints, export, quantisation and manifest."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from training.common.encoder import Encoder
from training.common.folders import TOKENIZER_FILES
from training.common.manifest import check_manifest
from training.common.quantise import store_in_half, weights_of
from training.common.start import load_encoder
from training.tagger.data.corpora import PROBE_CORPORA, SHIPPED_TYPES, heads_for
from training.tagger.data.labels import IGNORED
from training.tagger.export import export, export_graph, write_manifest
from training.tagger.import_checkpoint import import_tagger
from training.tagger.model import load_run, loss_of, new_tagger
from training.tagger.options import TaggerOptions
from training.tagger.predict import by_head, onnx_runner, pack, predict
from training.tagger.train import DOCUMENTS, TaggerTraining


def options(**changes: object) -> TaggerOptions:
    return TaggerOptions(
        **{
            "corpora": PROBE_CORPORA,
            "epochs": 2,
            "batch_tokens": 64,
            "max_length": 32,
            "eval_epochs": 99,
            "learning_rate": 5e-3,
            **changes,
        }
    )


def test_types_without_labels_get_no_gradient(start: Path) -> None:
    tagger = new_tagger(start, SHIPPED_TYPES, 0.0)
    ids = torch.tensor([[2, 5, 6, 3]])
    labels = torch.full((1, 4, len(SHIPPED_TYPES)), IGNORED)
    labels[0, 1:3, 0] = torch.tensor([1, 2])
    loss_of(tagger(ids, torch.ones_like(ids), torch.zeros_like(ids)), labels).backward()
    gradient = tagger.classifier.weight.grad
    assert gradient[:2].abs().sum() > 0
    assert gradient[2:].abs().sum() == 0


def test_additional_heads_follow_the_shipped_ones() -> None:
    shipped = len(SHIPPED_TYPES)
    assert heads_for(("JNLPBA", "BC2GM"))[:shipped] == SHIPPED_TYPES
    assert heads_for(("JNLPBA",))[shipped:] == ("DNA", "Cell", "JNLPBA-line")


def test_embeddings_of_new_token_types_start_equal(start: Path) -> None:
    rows = load_encoder(start, 0.0).embeddings.token_type_embeddings.weight
    assert rows.shape[0] == 4
    assert torch.equal(rows[0], rows[3])


def test_a_resumed_run_gives_the_weights_of_an_uninterrupted_one(
    start: Path, corpora: Path, tmp_path: Path
) -> None:
    whole = TaggerTraining(corpora, start, tmp_path / "whole", options())
    whole.run()
    half = TaggerTraining(corpora, start, tmp_path / "half", options())
    stop = whole.step // 2
    measured = half.train_step

    def stopping(batch: dict, done: float) -> float:
        if half.step == stop:
            half.save()
            raise KeyboardInterrupt
        return measured(batch, done)

    half.train_step = stopping  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        half.run()
    resumed = TaggerTraining(corpora, start, tmp_path / "half", options())
    assert resumed.restore()
    assert resumed.step == stop
    resumed.run()
    assert resumed.step == whole.step
    for name, value in whole.average.state.items():
        torch.testing.assert_close(resumed.average.state[name], value)


def test_the_exported_model_equals_pytorch_and_matches_its_manifest(
    start: Path, corpora: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    TaggerTraining(corpora, start, run, options()).run()
    tagger = load_run(run)
    export_graph(tagger, tmp_path / "plain.onnx")
    ids = np.array([[2, 5, 6, 7, 3], [2, 8, 3, 0, 0]])
    mask, shapes = (ids != 0).astype(np.int64), (ids % 4).astype(np.int64)
    with torch.inference_mode():
        expected = tagger(*map(torch.from_numpy, (ids, mask, shapes))).numpy()
    given = onnx_runner(tmp_path / "plain.onnx")(ids, mask, shapes)
    assert np.abs(given - expected)[mask > 0].max() < 1e-4
    assert np.all(given[..., 0] == 0)
    folder = tmp_path / "tagger"
    export(run, folder, "int8-reduced")
    labels = json.loads((folder / "config.json").read_text())["id2label"]
    assert list(labels.values()) == ["O", *(f"{part}-{head}" for head in SHIPPED_TYPES for part in "BI")]
    write_manifest(
        folder,
        version="0",
        token_types="shape",
        packing="sentence",
        max_tokens=64,
        calibration=None,
        corpora=("BC2GM",),
        parts=("train",),
    )
    assert check_manifest(folder) == []
    (folder / "vocab.txt").write_text("changed")
    assert check_manifest(folder) == ["vocab.txt: differs from the manifest"]


def test_predictions_in_windows_return_the_logits_of_each_sentence(start: Path, corpora: Path) -> None:
    from training.tagger.evaluate import read_set

    encoder = Encoder(start)
    sentences = read_set(corpora, "BC5CDR", "dev", encoder)

    def run(ids: np.ndarray, mask: np.ndarray, shapes: np.ndarray) -> np.ndarray:
        return by_head(np.repeat(ids[..., None], 1 + 2 * len(SHIPPED_TYPES), axis=-1).astype(np.float32))

    assert len(pack(sentences, "window", 20)) < len(sentences)
    for packing in ("sentence", "window"):
        logits = predict(run, encoder, sentences, packing, max_length=20)
        for sentence, found in zip(sentences, logits, strict=True):
            assert found[:, 0, 0].tolist() == sentence.ids[sentence.first].tolist()


def test_stores_large_weights_in_half_and_computes_in_full_precision(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).normal(size=(4, 4)).astype(np.float32)
    small = np.ones((4,), np.float32)
    info = [onnx.helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [2, 4]) for n in "xy"]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("MatMul", ["x", "w"], ["p"]), onnx.helper.make_node("Add", ["p", "b"], ["y"])],
        "g",
        info[:1],
        info[1:],
        [onnx.numpy_helper.from_array(weights, "w"), onnx.numpy_helper.from_array(small, "b")],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=10), tmp_path / "g.onnx")
    store_in_half(tmp_path / "g.onnx", smallest=10)
    kinds = {name: kind for name, (kind, _) in weights_of(tmp_path / "g.onnx").items()}
    assert kinds == {"w_half": "float16", "b": "float32"}
    session = onnxruntime.InferenceSession(str(tmp_path / "g.onnx"))
    x = np.eye(4, dtype=np.float32)[:2]
    given = session.run(None, {"x": x})[0]
    np.testing.assert_allclose(given, x @ weights.astype(np.float16).astype(np.float32) + small, rtol=1e-6)


def test_a_released_model_can_be_imported_and_trained(start: Path, tmp_path: Path) -> None:
    """The imported weights differ from the original ones by at most half a step of the 8-bit grid."""
    torch.manual_seed(3)
    tagger = new_tagger(start, (*SHIPPED_TYPES, "Cell"), 0.0).eval()
    for parameter in tagger.parameters():  # equal tensors would be stored once
        torch.nn.init.normal_(parameter, std=0.1)
    run, released, imported = (tmp_path / name for name in ("run", "released", "imported"))
    run.mkdir()
    tagger.bert.config.save_pretrained(run)
    torch.save({"heads": list(tagger.heads), "state": tagger.state_dict()}, run / "tagger.pt")
    for name in TOKENIZER_FILES:
        (run / name).write_bytes((start / name).read_bytes())
    export(run, released, "int8-reduced")
    import_tagger(released, imported)
    found, wanted = load_run(imported), tagger.state_dict()
    assert found.heads == SHIPPED_TYPES
    for name, weight in found.state_dict().items():
        original = wanted[name][: len(weight)]
        step = original.abs().max() / 63
        assert (weight - original).abs().max() <= step, name


def test_a_run_keeps_the_heads_that_its_start_has_too(start: Path, tmp_path: Path, corpora: Path) -> None:
    first = TaggerTraining(corpora, start, tmp_path / "first", options(corpora=("BC2GM",)))
    first.run()
    wider = TaggerTraining(
        corpora, tmp_path / "first", tmp_path / "second", options(corpora=("BC2GM", "JNLPBA"))
    )
    old, new = first.module.classifier.weight, wider.module.classifier.weight
    assert torch.equal(old, new[: len(old)])
    assert len(new) == len(old) + 2 * 3
    for name, weight in first.module.bert.state_dict().items():
        assert torch.equal(weight, wider.module.bert.state_dict()[name])


def test_interpolates_the_heads_of_two_runs(start: Path, tmp_path: Path) -> None:
    from training.common.interpolate import interpolate
    from training.tagger.interpolate import mix_taggers

    torch.manual_seed(5)
    runs = []
    for name, heads in (("older", SHIPPED_TYPES[1:3]), ("newer", SHIPPED_TYPES)):
        tagger = new_tagger(start, heads, 0.0)
        torch.nn.init.normal_(tagger.classifier.weight)
        (tmp_path / name).mkdir()
        torch.save({"heads": list(heads), "state": tagger.state_dict()}, tmp_path / name / "tagger.pt")
        runs.append(tagger.classifier.weight.detach())
    interpolate(tmp_path / "older", tmp_path / "newer", 0.75, tmp_path / "mixed", {"tagger.pt": mix_taggers})
    saved = torch.load(tmp_path / "mixed" / "tagger.pt", weights_only=True)["state"]
    weight = saved["classifier.weight"]
    assert torch.allclose(weight[2:6], 0.25 * runs[0] + 0.75 * runs[1][2:6], atol=1e-6)
    for own in (slice(0, 2), slice(6, None)):
        assert torch.equal(weight[own], runs[1][own])


def test_interpolates_only_heads_of_the_same_guideline() -> None:
    from training.tagger.interpolate import shared_heads

    older = ("Gene", "Disease", "Species", "JNLPBA-protein")
    newer = ("Gene", "Disease", "Species", "BC2GM-gene", "JNLPBA-protein", "Species-800-species")
    assert shared_heads(older, newer) == {
        "Disease": "Disease",
        "JNLPBA-protein": "JNLPBA-protein",
        "BC2GM-gene": "Gene",
        "Species-800-species": "Species",
    }
    assert shared_heads(newer, newer) == {head: head for head in newer}


def test_reads_the_corpora_again_if_another_version_stored_them(
    start: Path, corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older version stored its classes under names of modules that no longer exist."""
    run = TaggerTraining(corpora, start, tmp_path / "run", options())
    run.out.mkdir()
    (run.out / DOCUMENTS).write_bytes(b"ctraining.features\nEncoded\n.")
    documents = run._documents()
    assert [document.corpus.name for document in documents] == list(PROBE_CORPORA)
    monkeypatch.setattr(run, "read_documents", lambda: pytest.fail("they are stored now"))
    assert len(run._documents()) == len(documents)
