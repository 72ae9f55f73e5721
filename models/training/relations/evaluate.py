"""Figures of a relation model on dev and test data, by corpus."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..common.score import Score
from .data.heads import HEADS
from .data.readers import read
from .data.rows import RowEncoder, units_of
from .data.texts import Text
from .predict import Runner, predict
from .scores import Scored, best_threshold, micro, probabilities

log = logging.getLogger(__name__)
#: The head that is evaluated on each corpus.
HEAD_OF = {
    "ChemProt": "chemical-gene",
    "DrugProt": "chemical-gene",
    "BC5CDR": "chemical-disease",
    "BioRED": "biored",
    "GAD": "gene-disease",
    "EU-ADR": "gene-disease",
}
DEFAULT_THRESHOLD = 0.4


class Measured(NamedTuple):
    """The scored candidates of one set. ``missed``: number of gold relations that are not among the candidates."""

    scored: list[Scored]
    missed: int

    def score(self, threshold: float) -> Score:
        """Returns micro-averaged precision and recall at a threshold."""
        return micro(self.scored, self.missed, threshold)

    def best_threshold(self) -> float:
        """Returns the threshold with the best F1."""
        return best_threshold(self.scored, self.missed)


def score_texts(
    run: Runner, encoder: RowEncoder, texts: Sequence[Text], packing: str, masked: bool = False
) -> Measured:
    """Scores every candidate of the texts. If no row contains both mentions of a pair, its relations count as missed.

    ``packing``: see :func:`training.relations.data.rows.units_of`. ``masked``: whether every name is masked.
    """

    def masked_mentions(text: Text) -> frozenset[int]:
        return frozenset(range(len(text.mentions))) if masked else frozenset()

    units = [
        unit
        for text in texts
        for unit in units_of(text, encoder, packing, masked_mentions=masked_mentions(text))
        if unit.targets
    ]
    scored = probabilities(units, predict(run, encoder.encoder, units))
    gold = sum(len(t.labels) for text in texts for t in text.targets)
    gold_in_rows = sum(len(s.target.labels) for s in scored)
    missed = sum(len(text.missed) for text in texts)
    return Measured(scored, missed + gold - gold_in_rows)


def measure(
    run: Runner,
    encoder: RowEncoder,
    root: Path,
    sets: Sequence[tuple[str, str]],
    packing: str = "window",
    limit: int | None = None,
    masked: bool = False,
) -> dict[str, Measured]:
    """Scores the parts ``sets`` of corpora, given as (corpus, part). Returns ``{"ChemProt": Measured, …}``.

    ``limit``: reads only so many texts of each; default: all. ``masked``: whether every name is masked.
    """
    return {
        name: score_texts(run, encoder, read(root, name, part)[:limit], packing, masked)
        for name, part in sets
    }


def thresholds_of(measured: Mapping[str, Measured]) -> dict[str, float]:
    """Returns the best threshold of each head on its set; 0.4 for a head without a set."""
    thresholds = {head.name: DEFAULT_THRESHOLD for head in HEADS}
    for name, each in measured.items():
        thresholds[HEAD_OF[name]] = each.best_threshold()
    return thresholds


def table(measured: Mapping[str, Measured], thresholds: Mapping[str, float] | None = None) -> str:
    """Formats a table with a row for each set. ``thresholds``: by head; default: the best threshold of each set."""
    rows = [f"{'set':<12} {'threshold':>9} {'precision':>9} {'recall':>9} {'F1':>9}"]
    for name, each in measured.items():
        threshold = thresholds[HEAD_OF[name]] if thresholds else each.best_threshold()
        s = each.score(threshold)
        rows.append(f"{name:<12} {threshold:9.2f} {s.precision:9.2f} {s.recall:9.2f} {s.f1:9.2f}")
    return "\n".join(rows)
