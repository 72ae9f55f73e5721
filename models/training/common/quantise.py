"""Fusing and 8-bit quantisation of the exported graph.

On CPUs without VNNI the product of unsigned activations and signed weights is summed
in 16 bits and can saturate (onnxruntime#5849, #6004, #14642). Every candidate marked
safe below either keeps one bit in reserve (reduced range), uses unsigned weights, or
quantises in blocks with kernels that do not saturate.
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
    """Fuses attention, skip + layer norm, and bias + GELU (contrib operators, CPU and WASM)."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    # Kept apart: the embedding table can then be stored in 8 bits.
    options.enable_embed_layer_norm = False
    model = optimizer.optimize_model(
        str(plain), "bert", num_heads=heads, hidden_size=hidden, opt_level=0, optimization_options=options
    )
    model.save_model_to_file(str(fused))


def quantise(fused: Path, target: Path, name: str, keep: str = "") -> None:
    """Writes ``fused`` quantised as ``CANDIDATES[name]``; embeddings to 8 bits, classifier kept.

    ``keep``: pattern of further products that stay in fp32, such as those of several heads.
    """
    candidate = CANDIDATES[name]
    candidate = replace(candidate, keep="|".join(p for p in (candidate.keep, keep) if p))
    if candidate.kind == "blocks":
        _blocks(fused, target, candidate)
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
        nodes_to_exclude=_kept(fused, candidate.keep),
        # Shape inference stops at the fused operators: say what flows there.
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    store_in_half(target)


def store_in_half(path: Path, smallest: int = 50_000) -> None:
    """Keeps the large fp32 weights of a graph as fp16 on disk, each behind a cast to fp32.

    The runtime folds the cast when it opens the file, so that arithmetic and speed stay those of
    fp32; the file loses 7 MB. ``smallest``: elements from which on it pays.
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


def _kept(path: Path, pattern: str) -> list[str]:
    """Products left alone: those that match, and the last one, the classifier, 2,688 weights
    whose rounding would move every score."""
    names = [n.name for n in onnx.load(path).graph.node if n.op_type in ("MatMul", "Gemm")]
    return [*(n for n in names if pattern and re.search(pattern, n)), names[-1]]


def _blocks(fused: Path, target: Path, candidate: Candidate) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    config = DefaultWeightOnlyQuantConfig(
        block_size=candidate.block, is_symmetric=True, bits=8, accuracy_level=4
    )
    quantizer = MatMulNBitsQuantizer(
        onnx.load(fused), nodes_to_exclude=_kept(fused, candidate.keep), algo_config=config
    )
    quantizer.process()
    quantised: Any = quantizer.model
    quantised.save_model_to_file(str(target))
    quantize_dynamic(str(target), str(target), op_types_to_quantize=["Gather"], weight_type=QuantType.QInt8)


def weights_of(path: Path) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Initialisers of a graph: element type and shape, for the card's size table."""
    return {
        t.name: (str(numpy_helper.to_array(t).dtype), tuple(t.dims))
        for t in onnx.load(path).graph.initializer
    }
