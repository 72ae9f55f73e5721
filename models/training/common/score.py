"""Strict entity-level precision, recall and F1 (as conlleval: same boundaries, same type)."""

from collections.abc import Iterable
from typing import NamedTuple


class Score(NamedTuple):
    """Counts of one type over a set; figures in percent."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold entities that were found."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 200 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def as_dict(self) -> dict[str, float]:
        """Rounded to two decimals, as the manifest and the card give them."""
        return {name: round(getattr(self, name), 2) for name in ("precision", "recall", "f1")}


def score(pairs: Iterable[tuple[set, set]], head: str) -> Score:
    """Counts over ``(predicted, gold)`` sets of ``(head, start, end)``, one pair a sentence."""
    right = predicted = gold = 0
    for guess, truth in pairs:
        guess = {g for g in guess if g[0] == head}
        truth = {t for t in truth if t[0] == head}
        right += len(guess & truth)
        predicted += len(guess)
        gold += len(truth)
    return Score(right, predicted, gold)
