"""Decodes logits to entities. The decoder in TypeScript implements the same algorithm."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .data.labels import BEGIN, INSIDE, OUTSIDE


class Entity(NamedTuple):
    """An entity: its head, its words ``[start, end)`` and its probability."""

    head: str
    start: int
    end: int
    probability: float


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Returns the log-softmax along the last axis, in float64."""
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def viterbi(scores: np.ndarray) -> np.ndarray:
    """Returns the best well-formed path [words] through ``scores`` [words, 3] (log-probabilities of O, B and I).

    A path is well-formed if every I follows B or I. If the path of the best label of each word is well-formed, it is
    the best path.
    """
    best = scores.argmax(-1)
    previous = np.concatenate(([OUTSIDE], best[:-1]))
    if not np.any((best == INSIDE) & (previous == OUTSIDE)):
        return best
    tokens = len(scores)
    back = np.zeros((tokens, 3), dtype=np.int64)
    reach = scores[0].copy()
    reach[INSIDE] = -np.inf
    for index in range(1, tokens):
        free = int(reach.argmax())
        within = BEGIN if reach[BEGIN] >= reach[INSIDE] else INSIDE
        back[index] = (free, free, within)
        reach = scores[index] + np.array((reach[free], reach[free], reach[within]))
    path = np.zeros(tokens, dtype=np.int64)
    path[-1] = int(reach.argmax())
    for index in range(tokens - 1, 0, -1):
        path[index - 1] = back[index, path[index]]
    return path


def entities_of(logits: np.ndarray, heads: Sequence[str]) -> list[Entity]:
    """Returns the entities of one sentence. Each head is decoded separately, so that entities may overlap.

    ``logits`` [words, heads, 3]. The raw probability of an entity is the product of the probabilities of its labels and
    of the probability that the label of the next word is not I.
    """
    entities = []
    if not len(logits):
        return entities
    scores = log_softmax(logits)
    for column, head in enumerate(heads):
        path = viterbi(scores[:, column])
        for start in np.flatnonzero(path == BEGIN):
            end = int(start) + 1
            while end < len(path) and path[end] == INSIDE:
                end += 1
            log_p = scores[np.arange(start, end), column, path[start:end]].sum()
            if end < len(path):
                log_p += np.log1p(-min(np.exp(scores[end, column, INSIDE]), 1 - 1e-12))
            entities.append(Entity(head, int(start), end, float(np.exp(log_p))))
    return entities


def without_overlap(entities: Sequence[Entity]) -> list[Entity]:
    """Resolves overlaps: of overlapping entities, the most probable is kept; of equal ones the longest, then the first.

    The probabilities should be calibrated. The result is in text order.
    """
    kept: list[Entity] = []
    ranked = sorted(entities, key=lambda e: (-e.probability, e.start - e.end, e.start))
    for entity in ranked:
        if all(entity.end <= k.start or k.end <= entity.start for k in kept):
            kept.append(entity)
    return sorted(kept, key=lambda e: (e.start, e.end))
