"""Figures of relation sets: micro precision, recall and F1 over pairs with a relation."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..common.score import Score
from .data.heads import BY_NAME, columns
from .data.rows import Unit
from .data.texts import Target


class Scored(NamedTuple):
    """A target with the probability of each label of its head, and the text it is from."""

    text: str
    target: Target
    probability: np.ndarray


def probabilities(units: Sequence[Unit], logits: Sequence[np.ndarray]) -> list[Scored]:
    """Pools the logits [pairs, LABELS] of each unit to targets; a softmax with "none" at 0."""
    found = []
    for unit, own in zip(units, logits, strict=True):
        place = 0
        for target, pairs in zip(unit.targets, unit.pairs, strict=True):
            part = own[place : place + len(pairs), columns(target.head)].astype(np.float64)
            place += len(pairs)
            pooled = np.logaddexp.reduce(part, axis=0)
            with_none = np.concatenate(([0.0], pooled))
            odds = np.exp(with_none - with_none.max())
            found.append(Scored(unit.text.id if unit.text else "", target, (odds / odds.sum())[1:]))
    return found


def best(scored: Scored) -> tuple[str, float]:
    """The most probable relation and its probability."""
    place = int(scored.probability.argmax())
    return BY_NAME[scored.target.head].labels[place], float(scored.probability[place])


def micro(scored: Sequence[Scored], missed: int, threshold: float) -> Score:
    """Counts where the best relation of a pair is told from ``threshold`` on; ``missed`` gold
    relations are those of no candidate pair."""
    right = told = 0
    gold = missed
    for each in scored:
        label, probability = best(each)
        gold += len(each.target.labels)
        told += probability >= threshold
        right += probability >= threshold and label in each.target.labels
    return Score(right, told, gold)


def best_threshold(scored: Sequence[Scored], missed: int) -> float:
    """The threshold of the best F1 on a development set, on a grid of hundredths."""
    grid = np.arange(0.05, 0.96, 0.01)
    values = [micro(scored, missed, t).f1 for t in grid]
    return round(float(grid[int(np.argmax(values))]), 2)


def by_label(
    scored: Sequence[Scored], missed: Mapping[str, int], threshold: float, labels: Sequence[str]
) -> dict[str, Score]:
    """The same a relation."""
    found = {}
    for name in labels:
        pairs = [(best(s), s.target.labels) for s in scored]
        told = [(label == name and p >= threshold, name in gold) for (label, p), gold in pairs]
        found[name] = Score(
            sum(a and b for a, b in told),
            sum(a for a, _ in told),
            sum(b for _, b in told) + missed.get(name, 0),
        )
    return found
