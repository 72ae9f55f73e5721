"""Strict entity-level precision, recall and F1, as in conlleval: boundaries and type must be equal."""

from collections.abc import Iterable
from typing import NamedTuple


class Score(NamedTuple):
    """The counts of one type in a set. The figures are in percent."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold entities that are predicted."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 200 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def as_dict(self) -> dict[str, float]:
        """Returns the figures, rounded to two decimals as in the manifest and the card."""
        return {name: round(getattr(self, name), 2) for name in ("precision", "recall", "f1")}


def score(pairs: Iterable[tuple[set, set]], head: str) -> Score:
    """Counts the entities of ``head``. ``pairs``: for each sentence, the predicted and the gold set of
    ``(head, start, end)``."""
    right = predicted = gold = 0
    for predicted_set, gold_set in pairs:
        predicted_entities = {entity for entity in predicted_set if entity[0] == head}
        gold_entities = {entity for entity in gold_set if entity[0] == head}
        right += len(predicted_entities & gold_entities)
        predicted += len(predicted_entities)
        gold += len(gold_entities)
    return Score(right, predicted, gold)
