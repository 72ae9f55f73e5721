"""Probabilities that mean something: Platt scaling per type (Platt 1999), and how well it holds.

``calibrated = sigmoid(scale * logit(raw) + offset)``, fitted on a development set, where
an entity counts as right when gold has the same span and type.
"""

from collections.abc import Mapping, Sequence

import numpy as np

#: Raw probabilities are kept this far from 0 and 1, on both sides (Python and TypeScript).
EDGE = 1e-6


def logit(probability: np.ndarray | float) -> np.ndarray:
    """log(p / (1 - p)) with p clipped to [EDGE, 1 - EDGE]."""
    p = np.clip(np.asarray(probability, dtype=np.float64), EDGE, 1 - EDGE)
    return np.log(p) - np.log1p(-p)


def apply(raw: np.ndarray | float, calibration: Mapping[str, float]) -> np.ndarray:
    """Returns the calibrated probability of each raw one."""
    return 1 / (1 + np.exp(-(calibration["scale"] * logit(raw) + calibration["offset"])))


#: Weight of the prior fit: as much as some thirty names.
LEANING = 4.0


def fit(
    raw: np.ndarray, right: np.ndarray, leaning_on: Mapping[str, float] | None = None, rounds: int = 50
) -> dict[str, float]:
    """Scale and offset by Newton's method: of maximum likelihood, identity where all are alike.

    ``leaning_on``: a fit that holds where there are few names or none, in place of the identity; with
    many it has no weight (a normal prior around it of precision :data:`LEANING`).
    """
    right = np.asarray(right, dtype=np.float64)
    centre = (1.0, 0.0) if leaning_on is None else (leaning_on["scale"], leaning_on["offset"])
    if leaning_on is None and (len(right) < 10 or right.min() == right.max()):
        return {"scale": 1.0, "offset": 0.0}
    precision = 1e-3 if leaning_on is None else LEANING
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
    """Rows of a reliability diagram over equal bins: mean probability, share right, count."""
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
    """Mean distance of probability and share right, weighted by count (Naeini et al. 2015); 0 without rows."""
    total = sum(row["count"] for row in rows)
    return (
        0.0
        if total == 0
        else sum(row["count"] * abs(row["probability"] - row["right"]) for row in rows) / total
    )
