"""Logits for whole sets of units, from PyTorch or from an ONNX file."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.encoder import Encoder
from ..common.start import autocast
from .data.rows import Unit, batches, tensors

INPUTS = ("input_ids", "attention_mask", "token_type_ids", "pairs")
#: ``run(tensors)`` → logits [pairs, LABELS].
Runner = Callable[[dict[str, torch.Tensor]], np.ndarray]


def torch_runner(model: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Runs a ``RelationModel`` in mixed precision without gradients."""

    def run(batch: dict[str, torch.Tensor]) -> np.ndarray:
        inputs = {name: batch[name].to(device) for name in INPUTS}
        with torch.inference_mode(), autocast(device, amp):
            return model(**inputs).float().cpu().numpy()

    return run


def onnx_runner(path: Path, threads: int = 2) -> Runner:
    """Runs an exported file on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])

    def run(batch: dict[str, torch.Tensor]) -> np.ndarray:
        return session.run(["pair_logits"], {name: batch[name].numpy() for name in INPUTS})[0]

    return run


def predict(run: Runner, encoder: Encoder, units: Sequence[Unit], tokens: int = 4096) -> list[np.ndarray]:
    """Logits [pairs, LABELS] of each unit, in the order given."""
    found: dict[int, np.ndarray] = {}
    for batch in batches(units, tokens, None):
        logits, place = run(tensors(batch, encoder)), 0
        for unit in batch:
            count = sum(len(pairs) for pairs in unit.pairs)
            found[id(unit)] = logits[place : place + count]
            place += count
    return [found[id(unit)] for unit in units]
