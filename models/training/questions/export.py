"""Exports a run to ``models/questions``: an 8-bit graph with three outputs, a tokenizer and a manifest."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from ..common.manifest import FORMAT_VERSION, LICENCE, STARTING_POINT, file_entries
from ..common.onnx_graph import OPSET, write_graph, write_tokenizer
from ..relations.data.readers import LICENCES
from .data.annotated import SETS
from .data.examples import VERDICTS
from .data.rows import MAX_ANSWER, MAX_QUESTION, MAX_TOKENS, OVERLAP
from .model import QuestionNetwork, load_network
from .predict import OUTPUTS

NAME = "BioBERT compact reader"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
#: Corpora that answers were trained on, with the licences that their repositories state.
ANSWERS_TRAINED_ON = (
    {"name": "SQuADShifts (new_wiki, amazon, reddit)", "licence": "none stated in the repository"},
    {"name": "QAMR", "licence": "MIT"},
    {"name": "PolicyQA", "licence": "MIT"},
    {"name": "BioASQ golden questions", "licence": "MIT (repository); BioASQ: CC BY 2.5"},
    *(
        {"name": f"{name} (questions made from its relations and titles)", "licence": LICENCES[name]}
        for name, _ in SETS
    ),
)
#: Corpora that the weights of the question model were trained on.
TRAINED_ON = (
    *ANSWERS_TRAINED_ON,
    {"name": "BLURB BioASQ yes-no, train and dev", "licence": "none stated in the repository"},
    {"name": "PubMedQA PQA-L, 450 of 1,000", "licence": "MIT"},
    {"name": "MedQuAD (embeddings)", "licence": "CC BY 4.0"},
    {
        "name": "systematic-review titles and abstracts (embeddings, verdicts)",
        "licence": "MIT (repository); abstracts of PubMed",
    },
)


def export_graph(network: QuestionNetwork, path: Path, outputs: Sequence[str]) -> None:
    """Writes the fp32 graph without fused operators. :data:`INPUTS` are int64 [batch, sequence]. ``outputs``: names of
    the outputs of the network, that of the spans first."""
    network.bert.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    mask = (ids != 0).long()
    axes = {name: {0: "batch", 1: "sequence"} for name in (*INPUTS, outputs[0])}
    axes |= {name: {0: "batch"} for name in outputs[1:]}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network.eval(),
        (ids, mask, torch.zeros_like(ids)),
        str(path),
        input_names=list(INPUTS),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def export(
    run: Path,
    output: Path,
    precision: str,
    kind: type[QuestionNetwork] = QuestionNetwork,
    outputs: Sequence[str] = OUTPUTS,
) -> Path:
    """Writes ``model.onnx`` in ``precision``, with config and tokenizer, to ``output``. Returns the path of the graph.

    ``kind``: class of the network, with the names of its ``outputs``.
    """
    network = load_network(run, kind)
    target = output / "model.onnx"
    output.mkdir(parents=True, exist_ok=True)
    # The span and verdict layers are not quantised: they have only about a thousand weights each.
    write_graph(
        lambda plain: export_graph(network, plain, outputs),
        network.bert.config,
        target,
        precision,
        keep=r"^/?(span|verdict)/",
    )
    _write_folder(network, run, output)
    return target


def _write_folder(network: QuestionNetwork, run: Path, output: Path) -> None:
    config = network.bert.config.__class__(**network.bert.config.to_dict())
    config.architectures = ["QuestionNetwork"]
    (output / "config.json").write_text(config.to_json_string(use_diff=True))
    write_tokenizer(run, output)


def write_manifest(
    folder: Path,
    version: str,
    calibration: Mapping | None,
    leave_out: Sequence[str],
    measured: Sequence[Mapping] = (),
    starting_point: Mapping = STARTING_POINT,
    trained_on: Sequence[Mapping] = TRAINED_ON,
) -> None:
    """Writes ``biobert.json``. ``calibration``: the report of ``questions-calibrate``; None: scores stay as they
    are."""
    identity = {"scale": 1.0, "offset": 0.0}
    report = calibration or {}
    manifest = {
        "formatVersion": FORMAT_VERSION,
        "name": NAME,
        "version": version,
        "task": "question-answering",
        "license": LICENCE,
        "tokenTypes": "shape",
        "maxTokens": MAX_TOKENS,
        "overlap": OVERLAP,
        "maxQuestionTokens": MAX_QUESTION,
        "maxAnswerTokens": MAX_ANSWER,
        "verdicts": list(VERDICTS),
        "calibration": report.get(
            "calibration", {"answer": identity, "answerable": identity, "verdict": identity}
        ),
        "listThreshold": report.get("listThreshold", 0.5),
        "files": file_entries(folder),
        "startingPoint": starting_point,
        "trainedOn": list(trained_on),
        # The run did not read questions of these BioASQ years, nor their snippets and abstracts.
        "leftOut": list(leave_out),
        "measured": list(measured),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / "biobert.json").write_text(text + "\n", encoding="utf-8")
