"""From a run to files: Hugging Face folder, ONNX graph, fused, quantised, with a manifest."""

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
    """Writes the plain fp32 graph: int64 [batch, sequence] ×3 → ``logits`` [batch, sequence, 7]."""
    model = to_hugging_face(tagger)
    # The eager attention is the pattern that the fusions know.
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
    """Only the tensor, so that the graph has the one output."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        """The logits of the model."""
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).logits


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes ``model.onnx`` of ``precision`` (``fp32``, ``fused`` or a key of
    ``quantise.CANDIDATES``) and the files of a Hugging Face folder to ``output``.

    ``output`` ending in ``.onnx`` gets the graph alone. Returns the graph's path.
    """
    tagger = load_run(run)
    alone = output.suffix == ".onnx"
    target = output if alone else output / "model.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_graph(lambda plain: export_graph(tagger, plain), tagger.bert.config, target, precision)
    if not alone:
        write_folder(tagger, run, target.parent)
    return target


def write_folder(tagger: Tagger, run: Path, output: Path) -> None:
    """Writes config.json and the tokenizer's files beside the graph."""
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
    """Writes ``biobert.json``; figures already in it stay where ``measured`` is empty."""
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
    """Corpora with licence, parts and the shipped types that they taught."""
    return [
        {
            "name": c.name,
            "licence": c.licence,
            "parts": list(parts),
            "types": [t for t in dict.fromkeys((*c.annotates, *c.heads.values())) if t in SHIPPED_TYPES],
        }
        for c in (CORPORA[n] for n in dict.fromkeys(names))
    ]
