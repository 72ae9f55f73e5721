"""Exports a run: the ONNX graph in several precisions, and the model folder with its manifest."""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from ..common.manifest import FORMAT_VERSION, IDENTITY, LICENCE, STARTING_POINT, file_entries
from ..common.onnx_graph import OPSET, write_graph, write_tokenizer
from .data.corpora import CORPORA, GUIDELINES, SHIPPED_TYPES
from .model import Tagger, load_run, to_hugging_face

log = logging.getLogger(__name__)
NAME = "BioBERT compact tagger"
MAX_TOKENS = 256


def export_graph(tagger: Tagger, path: Path) -> None:
    """Writes the fp32 graph without fused operators.

    Inputs: three int64 tensors [batch, sequence]. Output: ``logits`` [batch, sequence, 1 + 2 × shipped types].
    """
    model = to_hugging_face(tagger)
    # The fusions of onnxruntime recognise only the eager attention.
    model.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    mask = (ids != 0).long()
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "sequence"} for name in (*names, "logits")}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Logits(model),
        (ids, mask, torch.zeros_like(ids)),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


class _Logits(torch.nn.Module):
    """A model that returns only the tensor of logits, so that the graph has one output."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        """Returns the logits of the model."""
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).logits


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes ``model.onnx``, config and tokenizer to the folder ``output``. Returns the path of the graph.

    ``output``: if it ends in ``.onnx``, only the graph is written. ``precision``: ``fp32``, ``fused`` or a key of
    ``training.common.precisions.CANDIDATES``.
    """
    tagger = load_run(run)
    is_graph_only = output.suffix == ".onnx"
    target = output if is_graph_only else output / "model.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_graph(lambda plain: export_graph(tagger, plain), tagger.bert.config, target, precision)
    if not is_graph_only:
        write_folder(tagger, run, target.parent)
    return target


def write_folder(tagger: Tagger, run: Path, output: Path) -> None:
    """Writes ``config.json`` and the files of the tokenizer to ``output``."""
    config = to_hugging_face(tagger).config.to_json_string(use_diff=True)
    (output / "config.json").write_text(config)
    write_tokenizer(run, output)


def write_manifest(
    folder: Path,
    *,
    version: str,
    token_types: str,
    packing: str,
    max_tokens: int,
    calibration: Mapping[str, Mapping[str, float]] | None,
    corpora: Sequence[str],
    parts: Sequence[str],
    measured: Sequence[Mapping] = (),
) -> None:
    """Writes ``biobert.json``. ``calibration``: scale and offset by type; a type without them is not calibrated."""
    manifest = {
        "formatVersion": FORMAT_VERSION,
        "name": NAME,
        "version": version,
        "task": "token-classification",
        "license": LICENCE,
        "tokenTypes": token_types,
        "packing": packing,
        "maxTokens": max_tokens,
        "decoding": "per-type",
        "hiddenTypes": list(GUIDELINES),
        "calibration": {t: dict((calibration or {}).get(t, IDENTITY)) for t in SHIPPED_TYPES},
        "files": file_entries(folder),
        "startingPoint": STARTING_POINT,
        "trainedOn": trained_on(corpora, parts),
        "measured": list(measured),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / "biobert.json").write_text(text + "\n", encoding="utf-8")


def trained_on(names: Sequence[str], parts: Sequence[str]) -> list[dict]:
    """Returns, for each corpus, its licence, its parts and the shipped types that were learnt from it."""
    return [
        {
            "name": c.name,
            "licence": c.licence,
            "parts": list(parts),
            "types": [t for t in dict.fromkeys((*c.annotates, *c.heads.values())) if t in SHIPPED_TYPES],
        }
        for c in (CORPORA[n] for n in dict.fromkeys(names))
    ]
