"""Micro-averaged precision, recall and F1 over the pairs of a relation corpus."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..common.score import Score
from .data.heads import BY_NAME, columns
from .data.rows import Unit
from .data.texts import Target


class Scored(NamedTuple):
    """A target with the probability of each label of its head. ``text``: identifier of its text."""

    text: str
    target: Target
    probability: np.ndarray


def probabilities(units: Sequence[Unit], logits: Sequence[np.ndarray]) -> list[Scored]:
    """Pools the logits [pairs, LABELS] of each unit to the probabilities of its targets.

    The probabilities are a softmax in which the logit of "none" is 0.
    """
    scored = []
    for unit, unit_logits in zip(units, logits, strict=True):
        place = 0
        for target, pairs in zip(unit.targets, unit.pairs, strict=True):
            part = unit_logits[place : place + len(pairs), columns(target.head)].astype(np.float64)
            place += len(pairs)
            pooled = np.logaddexp.reduce(part, axis=0)
            with_none = np.concatenate(([0.0], pooled))
            odds = np.exp(with_none - with_none.max())
            scored.append(Scored(unit.text.id if unit.text else "", target, (odds / odds.sum())[1:]))
    return scored


def best(scored: Scored) -> tuple[str, float]:
    """Returns the most probable label and its probability."""
    place = int(scored.probability.argmax())
    return BY_NAME[scored.target.head].labels[place], float(scored.probability[place])


def micro(scored: Sequence[Scored], missed: int, threshold: float) -> Score:
    """Counts the relations if the best label of a pair is predicted from probability ``threshold`` on.

    ``missed``: number of gold relations that are not among the candidates.
    """
    right = predicted = 0
    gold = missed
    for each in scored:
        label, probability = best(each)
        gold += len(each.target.labels)
        predicted += probability >= threshold
        right += probability >= threshold and label in each.target.labels
    return Score(right, predicted, gold)


def best_threshold(scored: Sequence[Scored], missed: int) -> float:
    """Returns the threshold with the best F1, from a grid with steps of 0.01."""
    grid = np.arange(0.05, 0.96, 0.01)
    values = [micro(scored, missed, t).f1 for t in grid]
    return round(float(grid[int(np.argmax(values))]), 2)
