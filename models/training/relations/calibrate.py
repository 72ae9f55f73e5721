"""Platt scaling and thresholds of each head, fitted on development sets."""

from collections.abc import Mapping

import numpy as np

from ..common import calibration as calibrate
from .evaluate import HEAD_OF, Measured
from .scores import best


def calibration_report(measured: Mapping[str, Measured]) -> dict[str, dict]:
    """By head: scale and offset fitted on the whole set, the threshold of the best F1 as the raw
    and the calibrated probability, and the error of a fit on one half of the texts, on the other.

    A relation counts as right when gold has the pair and its most probable label.
    """
    report = {}
    for name, each in measured.items():
        raw = np.array([best(s)[1] for s in each.scored])
        right = np.array([best(s)[0] in s.target.labels for s in each.scored])
        texts = [s.text for s in each.scored]
        places = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        half = np.array([places[text] % 2 == 0 for text in texts])
        fit = calibrate.fit(raw, right)
        held = calibrate.fit(raw[half], right[half])
        threshold = each.best_threshold()
        report[HEAD_OF[name]] = {
            **fit,
            "set": name,
            "rawThreshold": threshold,
            "threshold": round(float(calibrate.apply(np.array(threshold), fit)), 4),
            "f1": round(each.score(threshold).f1, 2),
            "eceRaw": _error(raw[~half], right[~half]),
            "ece": _error(calibrate.apply(raw[~half], held), right[~half]),
        }
    return report


def _error(probability: np.ndarray, right: np.ndarray) -> float:
    return calibrate.expected_calibration_error(calibrate.reliability(probability, right))
