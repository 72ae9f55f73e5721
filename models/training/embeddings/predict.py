"""Vectors of texts from a PyTorch or ONNX model."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..common.start import autocast, cpu_precision
from ..questions.data.rows import MAX_TOKENS, TokenEncoder, by_length, pad, text_row

INPUTS = ("input_ids", "attention_mask")
OUTPUT = "embedding"
#: Name of the file, in the folder of the question model.
GRAPH = "embedding/model.onnx"
#: Returns a vector of length 1 for each text, [texts, hidden].
Runner = Callable[[Sequence[str]], np.ndarray]
_BATCH_TOKENS = 4096


def padded(encoder: TokenEncoder, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns ids and mask [texts, length]."""
    arrays = pad([text_row(encoder, text, MAX_TOKENS) for text in texts], encoder)
    return torch.from_numpy(arrays[INPUTS[0]]), torch.from_numpy(arrays[INPUTS[1]])


def _batched(encoder: TokenEncoder, run: Callable[[torch.Tensor, torch.Tensor], np.ndarray]) -> Runner:
    def embed(texts: Sequence[str]) -> np.ndarray:
        lengths = [len(encoder.encode(text).ids) + 2 for text in texts]
        vectors: list = [None] * len(texts)
        for batch in by_length(lengths, _BATCH_TOKENS):
            for index, vector in zip(batch, run(*padded(encoder, [texts[i] for i in batch])), strict=True):
                vectors[index] = vector
        return np.stack(vectors)

    return embed


def runner(network: torch.nn.Module, encoder: TokenEncoder, device: torch.device, amp: torch.dtype) -> Runner:
    """Returns a runner for an ``EmbeddingNetwork``, in mixed precision and without gradients."""

    def run(ids: torch.Tensor, mask: torch.Tensor) -> np.ndarray:
        with torch.inference_mode(), autocast(device, amp):
            return network(ids.to(device), mask.to(device)).float().cpu().numpy()

    return _batched(encoder, run)


def onnx_runner(path: Path, encoder: TokenEncoder, threads: int) -> Runner:
    """Returns a runner for an exported graph, on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])

    def run(ids: torch.Tensor, mask: torch.Tensor) -> np.ndarray:
        outputs: Any = session.run([OUTPUT], dict(zip(INPUTS, (ids.numpy(), mask.numpy()))))
        return outputs[0]

    return _batched(encoder, run)


def load_runner(model: Path, threads: int = 2) -> Runner:
    """Returns a runner for a run, for an encoder, or for the folder of a question model with an embedding graph."""
    encoder = TokenEncoder(model)
    if (model / GRAPH).is_file():
        return onnx_runner(model / GRAPH, encoder, threads)
    from .model import load_network

    return runner(load_network(model), encoder, torch.device("cpu"), cpu_precision())
