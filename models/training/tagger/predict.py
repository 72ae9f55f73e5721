"""Computes the logits of many sentences with PyTorch or an ONNX graph.

The packing is ``sentence`` (each row contains one sentence) or ``window`` (each row contains several).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from ..common.encoder import Encoded, Encoder
from ..common.start import autocast
from .data.corpora import SHIPPED_TYPES

#: Takes input_ids, attention_mask and token_type_ids [rows, length]. Returns logits [rows, length, heads, 3].
Runner = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def torch_runner(tagger: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Returns a runner for a ``Tagger``, in mixed precision and without gradients."""

    def run(*arrays: np.ndarray) -> np.ndarray:
        with torch.inference_mode(), autocast(device, amp):
            return tagger(*(torch.from_numpy(a).to(device) for a in arrays)).float().cpu().numpy()

    return run


def onnx_runner(path: Path, threads: int = 2, optimise: bool = True) -> Runner:
    """Returns a runner for an exported graph, on the CPU. ``optimise``: whether onnxruntime optimises the graph."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    if not optimise:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    names = ("input_ids", "attention_mask", "token_type_ids")

    def run(*arrays: np.ndarray) -> np.ndarray:
        return by_head(np.asarray(session.run(["logits"], dict(zip(names, arrays)))[0]))

    return run


def by_head(logits: np.ndarray) -> np.ndarray:
    """Converts exported logits […, 1 + 2 × heads] to logits […, heads, 3] over O, B and I."""
    rows = [(0, 1 + 2 * t, 2 + 2 * t) for t in range(len(SHIPPED_TYPES))]
    return logits[..., np.asarray(rows)]


def pack(sentences: Sequence[Encoded], packing: str, max_length: int) -> list[list[int]]:
    """Groups sentences into rows of one sentence or, with packing ``window``, of at most ``max_length`` tokens.

    Returns the numbers of the sentences in each row. Sentences without tokens are left out.
    """
    if packing == "sentence":
        return [[i] for i, s in enumerate(sentences) if len(s.ids)]
    rows: list[list[int]] = []
    size = max_length + 1
    for index, sentence in enumerate(sentences):
        if not len(sentence.ids):
            continue
        if size + len(sentence.ids) > max_length:
            rows.append([])
            size = 0
        rows[-1].append(index)
        size += len(sentence.ids)
    return rows


def predict(
    run: Runner,
    encoder: Encoder,
    sentences: Sequence[Encoded],
    packing: str = "sentence",
    max_length: int = 254,
    tokens: int = 4096,
) -> list[np.ndarray]:
    """Returns the logits [words, heads, 3] of each sentence, in the given order.

    Sentences longer than ``max_length`` tokens (there are few) are split into several rows. ``tokens``: largest number
    of tokens in a batch, padding included.
    """
    chunks: list[tuple[list[int], int, np.ndarray, np.ndarray]] = []
    for members in pack(sentences, packing, max_length):
        ids = np.concatenate([sentences[i].ids for i in members])
        shapes = np.concatenate([sentences[i].shapes for i in members])
        for start in range(0, len(ids), max_length):
            end = start + max_length
            chunks.append((members, start, ids[start:end], shapes[start:end]))
    parts: dict[tuple[int, int], np.ndarray] = {}
    for batch in _batches(chunks, tokens):
        logits = run(*_pad([chunks[i] for i in batch], encoder))
        for row, index in enumerate(batch):
            members, start, ids, _ = chunks[index]
            parts[members[0], start] = logits[row, 1 : len(ids) + 1]
    return _split(sentences, chunks, parts)


def _batches(chunks: Sequence[tuple], tokens: int) -> list[list[int]]:
    batches: list[list[int]] = []
    for index in sorted(range(len(chunks)), key=lambda i: len(chunks[i][2])):
        width = len(chunks[index][2]) + 2
        if not batches or (len(batches[-1]) + 1) * width > tokens:
            batches.append([])
        batches[-1].append(index)
    return batches


def _pad(rows: Sequence[tuple], encoder: Encoder) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    length = max(len(r[2]) for r in rows) + 2
    ids = np.full((len(rows), length), encoder.special.pad, dtype=np.int64)
    mask, shapes = np.zeros_like(ids), np.zeros_like(ids)
    for number, (_, _, row_ids, row_shapes) in enumerate(rows):
        end = len(row_ids) + 1
        ids[number, 0], ids[number, end] = encoder.special.cls, encoder.special.sep
        ids[number, 1:end], shapes[number, 1:end] = row_ids, row_shapes
        mask[number, : end + 1] = 1
    return ids, mask, shapes


def _split(
    sentences: Sequence[Encoded], chunks: Sequence[tuple], parts: dict[tuple[int, int], np.ndarray]
) -> list[np.ndarray]:
    whole: dict[int, list[np.ndarray]] = {}
    groups: dict[int, list[int]] = {}
    for members, start, _, _ in chunks:
        groups[members[0]] = members
        whole.setdefault(members[0], []).append(parts[members[0], start])
    by_sentence: list[np.ndarray] = [np.zeros((0, 0, 3), np.float32)] * len(sentences)
    for lead, members in groups.items():
        logits, place = np.concatenate(whole[lead]), 0
        for index in members:
            size = len(sentences[index].ids)
            by_sentence[index] = logits[place : place + size][sentences[index].first]
            place += size
    return by_sentence
