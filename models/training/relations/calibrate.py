"""Fits the Platt scaling and the threshold of each head on dev data."""

from collections.abc import Mapping

import numpy as np

from ..common import calibration as calibrate
from .evaluate import HEAD_OF, Measured
from .scores import best


def calibration_report(measured: Mapping[str, Measured]) -> dict[str, dict]:
    """Returns, for each head, scale and offset, the threshold with the best F1, and calibration errors.

    Scale and offset are fitted on the whole set. The threshold is given as raw and as calibrated probability. The
    errors are measured on one half of the texts, with a fit on the other half. A relation is correct if its most
    probable label is a gold label of the pair.
    """
    report = {}
    for name, each in measured.items():
        raw = np.array([best(s)[1] for s in each.scored])
        right = np.array([best(s)[0] in s.target.labels for s in each.scored])
        texts = [s.text for s in each.scored]
        numbers = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        half = np.array([numbers[text] % 2 == 0 for text in texts])
        fit = calibrate.fit(raw, right)
        half_fit = calibrate.fit(raw[half], right[half])
        threshold = each.best_threshold()
        report[HEAD_OF[name]] = {
            **fit,
            "set": name,
            "rawThreshold": threshold,
            "threshold": round(float(calibrate.apply(np.array(threshold), fit)), 4),
            "f1": round(each.score(threshold).f1, 2),
            "eceRaw": _error(raw[~half], right[~half]),
            "ece": _error(calibrate.apply(raw[~half], half_fit), right[~half]),
        }
    return report


def _error(probability: np.ndarray, right: np.ndarray) -> float:
    return calibrate.expected_calibration_error(calibrate.reliability(probability, right))
