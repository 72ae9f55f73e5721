"""Figures of the stance model on dev sets."""

from collections.abc import Mapping, Sequence

import numpy as np

from ..questions.data.examples import MAYBE
from ..questions.data.rows import TokenEncoder
from .data.stance import StanceExample
from .predict import Runner, logits_of


def figures(
    run: Runner, encoder: TokenEncoder, sets: Mapping[str, Sequence[StanceExample]]
) -> dict[str, dict[str, float]]:
    """Returns accuracy and the share of examples with the opposite stance, in percent, for each set."""
    results = {}
    for name, examples in sets.items():
        said = logits_of(run, encoder, examples).argmax(axis=1)
        gold = np.array([e.stance for e in examples])
        opposite = (said != gold) & (said != MAYBE) & (gold != MAYBE)
        results[name] = {
            "accuracy": round(100 * float((said == gold).mean()), 2),
            "opposite": round(100 * float(opposite.mean()), 2),
        }
    return results
