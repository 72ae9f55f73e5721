"""From a released 8-bit graph back to a run that training can go on from.

What ships is the quantised graph alone. Its integer weights times their scales are the trained
weights to within rounding (half a step of 127 a channel), which a few hundred steps of training
mend; so anyone can fine-tune what ships, and a run need not begin from nothing when its own
checkpoints are gone.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from ..tagger.model import RUN_FILE
from .folders import TOKENIZER_FILES

log = logging.getLogger(__name__)
#: The products of a layer after its attention, in the order of the graph.
_PRODUCTS = ("attention.output.dense", "intermediate.dense", "output.dense")
_PARTS = ("query", "key", "value")


class ReleasedGraph:
    """The weights of a graph that :mod:`training.tagger.export` has written, in fp32."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._nodes = list(graph.node)
        self._stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        halves = {
            n.output[0]: n.input[0] for n in self._nodes if n.op_type == "Cast" and n.input[0] in self._stored
        }
        self._stored |= {name: self._stored[half] for name, half in halves.items()}

    def __getitem__(self, name: str) -> np.ndarray:
        """A weight by its name, multiplied out where it is stored in 8 bits."""
        if name in self._stored:
            return self._stored[name].astype(np.float32)
        values, scale, zero = (
            self._stored[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point")
        )
        return (values.astype(np.float32) - zero.astype(np.float32)) * scale

    def __contains__(self, name: str) -> bool:
        return name in self._stored or f"{name}_quantized" in self._stored

    def products(self) -> Iterator[tuple[str, np.ndarray]]:
        """Output name and matrix [in, out] of every product with a weight, in graph order."""
        for node in self._nodes:
            if node.op_type in ("MatMul", "MatMulInteger"):
                name = node.input[1].removesuffix("_quantized")
                if name in self:
                    yield node.output[0], self[name]


def encoder_state(graph: ReleasedGraph, prefix: str) -> dict[str, torch.Tensor]:
    """State of ``BertModel`` (names beginning with ``bert.``); ``prefix``: of its names in the graph."""
    state = {}
    for name in (
        "word_embeddings.weight",
        "token_type_embeddings.weight",
        "position_embeddings.weight",
        "LayerNorm.weight",
        "LayerNorm.bias",
    ):
        state[f"bert.embeddings.{name}"] = graph[f"{prefix}bert.embeddings.{name}"]
    products = [matrix for _, matrix in graph.products()]
    layer = 0
    while f"Attention_{layer}_qkv_weight" in graph:
        at = f"bert.encoder.layer.{layer}"
        matrices = np.split(graph[f"Attention_{layer}_qkv_weight"], 3, axis=1)
        biases = np.split(graph[f"Attention_{layer}_qkv_bias"], 3)
        for part, matrix, bias in zip(_PARTS, matrices, biases, strict=True):
            state[f"{at}.attention.self.{part}.weight"] = matrix.T
            state[f"{at}.attention.self.{part}.bias"] = bias
        for product, matrix in zip(_PRODUCTS, products[3 * layer :]):
            state[f"{at}.{product}.weight"] = matrix.T
            state[f"{at}.{product}.bias"] = graph[f"{prefix}{at}.{product}.bias"]
        for norm in ("attention.output.LayerNorm", "output.LayerNorm"):
            for name in ("weight", "bias"):
                state[f"{at}.{norm}.{name}"] = graph[f"{prefix}{at}.{norm}.{name}"]
        layer += 1
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}


def revive_tagger(folder: Path, output: Path) -> None:
    """Writes the run of a released tagger: ``tagger.pt``, config and tokenizer."""
    graph = ReleasedGraph(folder / "model.onnx")
    config = BertConfig.from_pretrained(folder)
    heads = [label[2:] for label in config.id2label.values() if label.startswith("B-")]
    state = encoder_state(graph, "model.")
    *_, (_, classifier) = graph.products()
    # Row 0 is O, whose logit is 0 by definition.
    state["classifier.weight"] = torch.from_numpy(classifier.T[1:].copy())
    state["classifier.bias"] = torch.from_numpy(graph["model.classifier.bias"][1:].copy())
    _write(folder, output, config, state)
    torch.save({"heads": heads, "state": state}, output / RUN_FILE)


def revive_relations(folder: Path, output: Path) -> None:
    """Writes the run of a released relation model: ``relations.pt``, config and tokenizer."""
    from ..relations.train import RUN_FILE as relations_file

    graph = ReleasedGraph(folder / "model.onnx")
    state = encoder_state(graph, "")
    for output_name, matrix in list(graph.products())[-5:]:
        name = output_name.strip("/").split("/")[0]
        state[f"{name}.weight"] = torch.from_numpy(matrix.T.copy())
    for name in ("subject", "output"):
        state[f"{name}.bias"] = torch.from_numpy(graph[f"{name}.bias"].copy())
    _write(folder, output, BertConfig.from_pretrained(folder), state)
    torch.save(state, output / relations_file)


def revive_questions(folder: Path, output: Path) -> None:
    """Writes the run of a released question model: ``questions.pt``, config and tokenizer."""
    from ..questions.model import FILE

    graph = ReleasedGraph(folder / "model.onnx")
    state = encoder_state(graph, "")
    products = list(graph.products())
    for name in ("span", "verdict"):
        matrix = next(m for output_name, m in products if output_name.strip("/").startswith(name))
        state[f"{name}.weight"] = torch.from_numpy(matrix.T.copy())
        state[f"{name}.bias"] = torch.from_numpy(graph[f"{name}.bias"].copy())
    _write(folder, output, BertConfig.from_pretrained(folder), state)
    torch.save(state, output / FILE)


def _write(folder: Path, output: Path, config: BertConfig, state: dict[str, torch.Tensor]) -> None:
    """Config, tokenizer and the encoder by itself, which a run of another task may start from."""
    output.mkdir(parents=True, exist_ok=True)
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.load_state_dict(
        {name.removeprefix("bert."): value for name, value in state.items() if name.startswith("bert.")}
    )
    encoder.save_pretrained(output)
    config.save_pretrained(output)
    for name in TOKENIZER_FILES:
        (output / name).write_bytes((folder / name).read_bytes())


_REVIVERS = {
    "token-classification": revive_tagger,
    "relation-extraction": revive_relations,
    "question-answering": revive_questions,
}


def revive(folder: Path, output: Path) -> None:
    """Writes to ``output`` the run of the released model in ``folder``, whatever its task.

    Raises ``ValueError`` for a task that cannot be taken up.
    """
    task = json.loads((folder / "biobert.json").read_text(encoding="utf-8"))["task"]
    if task not in _REVIVERS:
        raise ValueError(
            f"{folder}: a model for {task} cannot be taken up, only one for {' or '.join(_REVIVERS)}"
        )
    _REVIVERS[task](folder, output)
    log.info("%s → %s", folder, output)
