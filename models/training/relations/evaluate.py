"""Dev and test figures of a relation model, by corpus."""

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
#: The head that each corpus measures.
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
    """Scored candidates of one set, and how many gold relations were no candidates."""

    scored: list[Scored]
    missed: int

    def score(self, threshold: float) -> Score:
        """Micro figures at a threshold."""
        return micro(self.scored, self.missed, threshold)

    def best_threshold(self) -> float:
        """The threshold of the best F1."""
        return best_threshold(self.scored, self.missed)


def score_texts(
    run: Runner, encoder: RowEncoder, texts: Sequence[Text], packing: str, masked: bool = False
) -> Measured:
    """Scores every candidate of the texts. A relation of a pair that no row holds is missed.
    ``masked``: every name is hidden from the model."""

    def hidden(text: Text) -> frozenset[int]:
        return frozenset(range(len(text.mentions))) if masked else frozenset()

    units = [
        unit
        for text in texts
        for unit in units_of(text, encoder, packing, hidden=hidden(text))
        if unit.targets
    ]
    scored = probabilities(units, predict(run, encoder.encoder, units))
    asked = sum(len(t.labels) for text in texts for t in text.targets)
    found = sum(len(s.target.labels) for s in scored)
    missed = sum(len(text.missed) for text in texts)
    return Measured(scored, missed + asked - found)


def measure(
    run: Runner,
    encoder: RowEncoder,
    root: Path,
    sets: Sequence[tuple[str, str]],
    packing: str = "window",
    limit: int | None = None,
    masked: bool = False,
) -> dict[str, Measured]:
    """``{"ChemProt": Measured, …}`` of one part of each corpus, nothing dropped; of the first
    ``limit`` texts where that is given."""
    return {
        name: score_texts(run, encoder, read(root, name, part)[:limit], packing, masked)
        for name, part in sets
    }


def thresholds_of(measured: Mapping[str, Measured]) -> dict[str, float]:
    """The best threshold of each head on its own set; the default where no set measures it."""
    found = {head.name: DEFAULT_THRESHOLD for head in HEADS}
    for name, each in measured.items():
        found[HEAD_OF[name]] = each.best_threshold()
    return found


def table(measured: Mapping[str, Measured], thresholds: Mapping[str, float] | None = None) -> str:
    """A readable table, one row a set; without thresholds, the best of each set itself."""
    rows = [f"{'set':<12} {'threshold':>9} {'precision':>9} {'recall':>9} {'F1':>9}"]
    for name, each in measured.items():
        at = thresholds[HEAD_OF[name]] if thresholds else each.best_threshold()
        s = each.score(at)
        rows.append(f"{name:<12} {at:9.2f} {s.precision:9.2f} {s.recall:9.2f} {s.f1:9.2f}")
    return "\n".join(rows)
