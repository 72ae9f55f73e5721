"""Stance logits of examples from a PyTorch or ONNX model."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..common.start import autocast, cpu_precision
from ..questions.data.rows import TokenEncoder, by_length, pad
from ..questions.options import RUN_FILE as QUESTIONS_FILE
from .data.rows import stance_row
from .data.stance import StanceExample

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "stance_logits"
#: Runs a model on ids, attention mask and case shapes, each [rows, length]. Returns logits [rows, 3].
Runner = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
_BATCH_TOKENS = 4096


def torch_runner(network: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Returns a runner for a ``StanceNetwork``, or for a ``QuestionNetwork`` whose verdict layer has learnt stances, in
    mixed precision and without gradients."""

    def run(*arrays: np.ndarray) -> np.ndarray:
        with torch.inference_mode(), autocast(device, amp):
            output = network(*(torch.from_numpy(a).to(device) for a in arrays))
        return (output[1] if isinstance(output, tuple) else output).float().cpu().numpy()

    return run


def onnx_runner(path: Path, threads: int) -> Runner:
    """Returns a runner for an exported graph, on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])

    def run(*arrays: np.ndarray) -> np.ndarray:
        outputs: Any = session.run([OUTPUT], dict(zip(INPUTS, arrays)))
        return outputs[0]

    return run


def load_runner(model: Path, threads: int = 2) -> tuple[Runner, TokenEncoder]:
    """Returns a runner and an encoder for a run, or for the folder of a question model.

    The stances may be those of a graph of their own, or of the graph (or run) that also gives the answers.
    """
    for graph in (model / "stance" / "model.onnx", model / "model.onnx"):
        if graph.is_file():
            return onnx_runner(graph, threads), TokenEncoder(model)
    from ..questions import model as questions
    from .model import load_network

    load = questions.load_network if (model / QUESTIONS_FILE).is_file() else load_network
    return torch_runner(load(model), torch.device("cpu"), cpu_precision()), TokenEncoder(model)


def logits_of(run: Runner, encoder: TokenEncoder, examples: Sequence[StanceExample]) -> np.ndarray:
    """Returns the logits [examples, 3] in the order of the examples."""
    rows = [stance_row(encoder, each) for each in examples]
    logits = np.zeros((len(rows), 3), dtype=np.float32)
    for batch in by_length([len(row.ids) for row in rows], _BATCH_TOKENS):
        arrays = pad([rows[i] for i in batch], encoder)
        logits[batch] = run(*(arrays[name] for name in INPUTS))
    return logits
