"""Computes the logits of many units with PyTorch or an ONNX graph, and finds the mentions that state a relation."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.encoder import Encoder
from ..common.start import autocast
from .data.heads import BY_NAME, OFFSETS
from .data.rows import RowEncoder, Unit, batches, tensors, units_of
from .data.sentence_mixing import StatingPairs, UnorderedPair
from .data.texts import Target, Text

#: Pairs of mentions state a relation if their logit is this close to that of the best pair.
_MARGIN = 1.0
INPUTS = ("input_ids", "attention_mask", "token_type_ids", "pairs")
#: Takes the tensors of a batch. Returns logits [pairs, LABELS].
Runner = Callable[[dict[str, torch.Tensor]], np.ndarray]


def torch_runner(model: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Returns a runner for a ``RelationModel``, in mixed precision and without gradients."""

    def run(batch: dict[str, torch.Tensor]) -> np.ndarray:
        inputs = {name: batch[name].to(device) for name in INPUTS}
        with torch.inference_mode(), autocast(device, amp):
            return model(**inputs).float().cpu().numpy()

    return run


def onnx_runner(path: Path, threads: int = 2) -> Runner:
    """Returns a runner for an exported graph, on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])

    def run(batch: dict[str, torch.Tensor]) -> np.ndarray:
        return np.asarray(session.run(["pair_logits"], {name: batch[name].numpy() for name in INPUTS})[0])

    return run


def predict(run: Runner, encoder: Encoder, units: Sequence[Unit], tokens: int = 4096) -> list[np.ndarray]:
    """Returns the logits [pairs, LABELS] of each unit, in the given order. ``tokens``: largest number of tokens in a
    batch, padding included."""
    by_unit: dict[int, np.ndarray] = {}
    for batch in batches(units, tokens, None):
        logits, place = run(tensors(batch, encoder)), 0
        for unit in batch:
            count = sum(len(pairs) for pairs in unit.pairs)
            by_unit[id(unit)] = logits[place : place + count]
            place += count
    return [by_unit[id(unit)] for unit in units]


def stating_pairs(texts: Sequence[Text], encoder: RowEncoder, run: Runner | None) -> list[StatingPairs]:
    """Returns, for each text, the pairs of mentions that state its relations. Without a model, these are all pairs."""
    if run is None:
        return [
            {UnorderedPair(t.key): frozenset(map(UnorderedPair, t.pairs)) for t in text.targets if t.labels}
            for text in texts
        ]
    one_pair_per_target = [text._replace(targets=_by_pair(text)) for text in texts]
    units = [units_of(text, encoder, "window")[0] for text in one_pair_per_target]
    stating: list[StatingPairs] = []
    for unit, logits in zip(units, predict(run, encoder.encoder, units), strict=True):
        scores: dict[UnorderedPair[str], dict[UnorderedPair[int], float]] = {}
        for target, row in zip(unit.targets, logits, strict=True):
            score = max(float(row[column]) for column in _columns(target))
            scores.setdefault(UnorderedPair(target.key), {})[UnorderedPair(target.pairs[0])] = score
        stating.append(
            {
                key: frozenset(p for p, score in by_pair.items() if score >= max(by_pair.values()) - _MARGIN)
                for key, by_pair in scores.items()
            }
        )
    return stating


def _by_pair(text: Text) -> tuple[Target, ...]:
    return tuple(t._replace(pairs=(pair,)) for t in text.targets if t.labels for pair in t.pairs)


def _columns(target: Target) -> list[int]:
    labels = BY_NAME[target.head].labels
    return [OFFSETS[target.head] + labels.index(label) for label in target.labels]
