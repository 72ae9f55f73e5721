"""Fuses and quantises exported graphs.

On CPUs without VNNI, products of unsigned activations and signed weights are summed in 16 bits and can saturate
(onnxruntime#5849, #6004, #14642). Every candidate with ``safe_without_vnni`` avoids this: it uses one bit less (reduced
range), unsigned weights, or blocks, whose kernels do not saturate.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from .precisions import CANDIDATES, Candidate


def fuse(plain: Path, fused: Path, heads: int, hidden: int) -> None:
    """Fuses attention, skip + layer norm, and bias + GELU to contrib operators, which exist for CPU and WASM."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    # Without this fusion, the embedding table can be stored in 8 bits.
    options.enable_embed_layer_norm = False
    model = optimizer.optimize_model(
        str(plain), "bert", num_heads=heads, hidden_size=hidden, opt_level=0, optimization_options=options
    )
    model.save_model_to_file(str(fused))


def quantise(fused: Path, target: Path, name: str, keep: str = "") -> None:
    """Quantises the graph ``fused`` as ``CANDIDATES[name]``, with embeddings in 8 bits and the classifier in fp32.

    ``keep``: pattern of the names of further products that stay in fp32, such as those of several heads.
    """
    candidate = CANDIDATES[name]
    candidate = replace(candidate, keep="|".join(p for p in (candidate.keep, keep) if p))
    if candidate.kind == "blocks":
        _quantise_in_blocks(fused, target, candidate)
        store_in_half(target)
        return
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(fused),
        str(target),
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        per_channel=candidate.per_channel,
        reduce_range=candidate.reduce_range,
        weight_type=QuantType.QInt8 if candidate.signed else QuantType.QUInt8,
        nodes_to_exclude=_excluded_products(fused, candidate.keep),
        # Shape inference does not know the fused operators, so it needs the type of their outputs.
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    store_in_half(target)


def store_in_half(path: Path, smallest: int = 50_000) -> None:
    """Stores the large fp32 weights of a graph as fp16, each with a cast to fp32.

    onnxruntime folds the casts when it opens the file, so that arithmetic and speed are those of fp32, but the file is
    7 MB smaller. ``smallest``: number of elements of the smallest weight that is converted.
    """
    model = onnx.load(path)
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < smallest:
            continue
        name = tensor.name
        half = numpy_helper.from_array(values.astype(np.float16), f"{name}_half")
        tensor.CopyFrom(half)
        casts.append(
            onnx.helper.make_node("Cast", [half.name], [name], name=f"{name}_cast", to=onnx.TensorProto.FLOAT)
        )
    for cast in reversed(casts):
        graph.node.insert(0, cast)
    onnx.save(model, path)


def _excluded_products(path: Path, pattern: str) -> list[str]:
    """Returns the names of the products that stay in fp32: those that match, and the last one, which is the classifier.
    It has few weights, and rounding them would change every score."""
    names = [n.name for n in onnx.load(path).graph.node if n.op_type in ("MatMul", "Gemm")]
    return [*(n for n in names if pattern and re.search(pattern, n)), names[-1]]


def _quantise_in_blocks(fused: Path, target: Path, candidate: Candidate) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    config = DefaultWeightOnlyQuantConfig(
        block_size=candidate.block, is_symmetric=True, bits=8, accuracy_level=4
    )
    quantizer = MatMulNBitsQuantizer(
        onnx.load(fused), nodes_to_exclude=_excluded_products(fused, candidate.keep), algo_config=config
    )
    quantizer.process()
    quantised: Any = quantizer.model
    quantised.save_model_to_file(str(target))
    quantize_dynamic(str(target), str(target), op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)


def weights_of(path: Path) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Returns element type and shape of each initialiser of a graph."""
    return {
        t.name: (str(numpy_helper.to_array(t).dtype), tuple(t.dims))
        for t in onnx.load(path).graph.initializer
    }
