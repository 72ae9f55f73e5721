"""Platt scaling of probabilities (Platt 1999), and its calibration error.

``calibrated = sigmoid(scale * logit(raw) + offset)``. Scale and offset are fitted on a dev set, on which each
prediction is either right or wrong.
"""

from collections.abc import Mapping, Sequence

import numpy as np

#: Raw probabilities are clipped to [EDGE, 1 - EDGE], as in TypeScript.
EDGE = 1e-6


def logit(probability: np.ndarray | float) -> np.ndarray:
    """Returns log(p / (1 - p)), with p clipped to [EDGE, 1 - EDGE]."""
    p = np.clip(np.asarray(probability, dtype=np.float64), EDGE, 1 - EDGE)
    return np.log(p) - np.log1p(-p)


def apply(raw: np.ndarray | float, calibration: Mapping[str, float]) -> np.ndarray:
    """Returns the calibrated probability of each raw probability."""
    return 1 / (1 + np.exp(-(calibration["scale"] * logit(raw) + calibration["offset"])))


#: Precision of the normal prior around a given fit. It weighs as much as about thirty predictions.
PRIOR_PRECISION = 4.0


def fit(
    raw: np.ndarray, right: np.ndarray, prior: Mapping[str, float] | None = None, rounds: int = 50
) -> dict[str, float]:
    """Fits scale and offset by maximum likelihood, with Newton's method.

    ``raw``: probabilities; ``right``: whether each prediction is right. ``prior``: a fit that the result stays close
    to if there are few predictions: the mean of a normal prior with :data:`PRIOR_PRECISION`. Without a prior, the
    result is the identity if there are fewer than ten predictions or if all are right or all wrong.
    """
    right = np.asarray(right, dtype=np.float64)
    centre = (1.0, 0.0) if prior is None else (prior["scale"], prior["offset"])
    if prior is None and (len(right) < 10 or right.min() == right.max()):
        return {"scale": 1.0, "offset": 0.0}
    precision = 1e-3 if prior is None else PRIOR_PRECISION
    x = np.stack([logit(raw), np.ones(len(right))], axis=1)
    weights = np.array(centre)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (right - p) - precision * (weights - centre)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + precision * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        weights = weights + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return {"scale": round(float(weights[0]), 6), "offset": round(float(weights[1]), 6)}


def reliability(probability: np.ndarray, right: np.ndarray, bins: int = 10) -> list[dict]:
    """Returns the rows of a reliability diagram with equal bins: mean probability, share of right ones, and count."""
    probability, right = np.asarray(probability), np.asarray(right, dtype=np.float64)
    place = np.minimum((probability * bins).astype(int), bins - 1)
    return [
        {
            "from": b / bins,
            "to": (b + 1) / bins,
            "count": int((place == b).sum()),
            "probability": float(probability[place == b].mean()),
            "right": float(right[place == b].mean()),
        }
        for b in range(bins)
        if (place == b).any()
    ]


def expected_calibration_error(rows: Sequence[Mapping]) -> float:
    """Returns the expected calibration error (Naeini et al. 2015): the mean difference between probability and share of
    right predictions, weighted by count; 0 without rows."""
    total = sum(row["count"] for row in rows)
    return (
        0.0
        if total == 0
        else sum(row["count"] * abs(row["probability"] - row["right"]) for row in rows) / total
    )
