"""Exports a run to a model folder: ONNX graph, tokenizer and manifest."""

import json
from collections.abc import Mapping
from pathlib import Path

import torch

from ..common.encoder import Encoder
from ..common.manifest import FORMAT_VERSION, IDENTITY, LICENCE, file_entries
from ..common.onnx_graph import OPSET, write_graph, write_tokenizer
from .data.heads import HEADS, LABELS, manifest_heads
from .data.mixture import parts_of
from .data.readers import LICENCES
from .data.rows import MAX_LENGTH, Markers
from .evaluate import DEFAULT_THRESHOLD
from .model import RelationModel, load_run
from .predict import INPUTS

NAME = "BioBERT compact relations"
#: The matrix products of the pair head are not quantised: they are small, and rounding would change every score.
_HEAD_PRODUCTS = r"^/?(model/)?(subject|object|product|between|output)/"


def export_graph(model: RelationModel, path: Path) -> None:
    """Writes the fp32 graph without fused operators.

    Inputs: three int64 tensors [batch, sequence] and ``pairs`` [n, 3]. Output: ``pair_logits`` [n, LABELS].
    """
    # The fusions of onnxruntime recognise only the eager attention.
    model.bert.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3, 4], [2, 3, 0, 0]])
    mask = (ids != 0).long()
    pairs = torch.tensor([[0, 1, 2], [1, 0, 1], [0, 2, 1]])
    axes = {name: {0: "batch", 1: "sequence"} for name in INPUTS[:3]}
    axes |= {"pairs": {0: "pairs"}, "pair_logits": {0: "pairs"}}
    torch.onnx.export(
        model,
        (ids, mask, torch.zeros_like(ids), pairs),
        str(path),
        input_names=list(INPUTS),
        output_names=["pair_logits"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def export(
    run: Path,
    output: Path,
    precision: str,
    calibration: Mapping[str, Mapping],
    release: str,
    thresholds: Mapping[str, Mapping] | None = None,
) -> None:
    """Writes ``model.onnx``, config, tokenizer and ``biobert.json`` to ``output``.

    ``precision``: ``fp32``, ``fused`` or a key of ``training.common.precisions.CANDIDATES``. ``calibration``: the
    report of ``relations-calibrate``; a head without an entry is not calibrated. ``release``: version in the
    manifest. ``thresholds``: by head, thresholds that ``npm run accuracy -- thresholds`` chose; they replace that of
    the calibration.
    """
    model = load_run(run)
    output.mkdir(parents=True, exist_ok=True)
    write_graph(
        lambda plain: export_graph(model, plain),
        model.bert.config,
        output / "model.onnx",
        precision,
        keep=_HEAD_PRODUCTS,
    )
    write_config(model, output)
    write_tokenizer(run, output)
    write_manifest(run, output, calibration, release, thresholds or {})


def write_config(model: RelationModel, output: Path) -> None:
    """Writes ``config.json``: that of the encoder, with the name of this architecture."""
    config = model.bert.config.__class__(**model.bert.config.to_dict())
    config.architectures = ["BertForRelationExtraction"]
    (output / "config.json").write_text(config.to_json_string(use_diff=True))


def write_manifest(
    run: Path,
    output: Path,
    calibration: Mapping[str, Mapping],
    release: str,
    thresholds: Mapping[str, Mapping],
) -> None:
    """Writes ``biobert.json``: heads with calibrations and thresholds, markers, and training data."""
    report = json.loads((run / "run.json").read_text())
    options = report["options"]
    encoder = Encoder(run)
    markers = Markers.of(encoder)
    heads = [
        {
            **head,
            "threshold": calibration.get(head["name"], {}).get("threshold", DEFAULT_THRESHOLD),
            **thresholds.get(head["name"], {}),
        }
        for head in manifest_heads()
    ]
    manifest = {
        "formatVersion": FORMAT_VERSION,
        "name": NAME,
        "version": release,
        "task": "relation-extraction",
        "license": LICENCE,
        "tokenTypes": "shape",
        "maxTokens": min(MAX_LENGTH + 2, load_run(run).bert.config.max_position_embeddings),
        "markers": {t: {"open": markers.open[t], "close": markers.close[t]} for t in markers.open},
        "maskId": encoder.special.mask,
        "heads": heads,
        "logits": LABELS,
        "calibration": {h.name: {k: calibration.get(h.name, IDENTITY)[k] for k in IDENTITY} for h in HEADS},
        "files": file_entries(output),
        "startingPoint": {"name": report["start"]},
        "trainedOn": [
            {"name": n, "licence": LICENCES[n], "parts": parts_of(n, options["parts"])}
            for n in dict.fromkeys(options["corpora"])
        ],
        "measured": [],
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (output / "biobert.json").write_text(text + "\n", encoding="utf-8")
