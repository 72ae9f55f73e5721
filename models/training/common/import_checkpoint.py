"""Imports a released 8-bit model as a run that training can continue.

A release contains only the quantised graph. Its integers times their scales are the trained weights, except for
rounding errors of at most half a step (127 steps per channel). A few hundred training steps correct these errors. So
anyone can fine-tune a released model, and a run can continue a release whose checkpoints no longer exist.

Each task has a module ``import_checkpoint`` for the layers after its encoder.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from .folders import TOKENIZER_FILES

#: The matrix products of a layer after its attention, in the order of the graph.
_PRODUCTS = ("attention.output.dense", "intermediate.dense", "output.dense")
_PARTS = ("query", "key", "value")


class ReleasedGraph:
    """Reads the weights of a graph that :mod:`training.tagger.export` or another task exported, in fp32."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._nodes = list(graph.node)
        self._stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        halves = {
            n.output[0]: n.input[0] for n in self._nodes if n.op_type == "Cast" and n.input[0] in self._stored
        }
        self._stored |= {name: self._stored[half] for name, half in halves.items()}

    def __getitem__(self, name: str) -> np.ndarray:
        """Returns a weight by its name; 8-bit weights are dequantised."""
        if name in self._stored:
            return self._stored[name].astype(np.float32)
        values, scale, zero = (
            self._stored[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point")
        )
        return (values.astype(np.float32) - zero.astype(np.float32)) * scale

    def __contains__(self, name: str) -> bool:
        return name in self._stored or f"{name}_quantized" in self._stored

    def products(self) -> Iterator[tuple[str, np.ndarray]]:
        """Yields output name and matrix [in, out] of every product with a weight, in graph order."""
        for node in self._nodes:
            if node.op_type in ("MatMul", "MatMulInteger"):
                name = node.input[1].removesuffix("_quantized")
                if name in self:
                    yield node.output[0], self[name]


def encoder_state(graph: ReleasedGraph, prefix: str) -> dict[str, torch.Tensor]:
    """Returns the state of the encoder, with names that begin with ``bert.``. ``prefix``: that of the names in the
    graph."""
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


def write_run_folder(folder: Path, output: Path, config: BertConfig, state: dict[str, torch.Tensor]) -> None:
    """Writes config, tokenizer and the encoder, from which a run of another task can start."""
    output.mkdir(parents=True, exist_ok=True)
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.load_state_dict(
        {name.removeprefix("bert."): value for name, value in state.items() if name.startswith("bert.")}
    )
    encoder.save_pretrained(output)
    config.save_pretrained(output)
    for name in TOKENIZER_FILES:
        (output / name).write_bytes((folder / name).read_bytes())
