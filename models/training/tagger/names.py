"""Fits the weights by which a terminology helps the tagger.

``npm run accuracy -- candidates`` writes one row a candidate: its type, its features (see
``src/core/entities/knownNameStage.ts``) and whether annotators marked it. A logistic regression for each type is fitted
with a normal prior around "the model decides alone".
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

#: Position of the features that the prior trusts: the model's logit.
LOGIT = 1
#: Precision of the normal prior of each weight.
PRECISION = 1.0


def read_rows(paths: Iterable[Path]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Returns, for each type, the features ``[rows, features]`` and the labels ``[rows]``."""
    features: dict[str, list[Sequence[float]]] = {}
    labels: dict[str, list[int]] = {}
    for path in paths:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            features.setdefault(row["type"], []).append(row["features"])
            labels.setdefault(row["type"], []).append(row["label"])
    return {t: (np.asarray(features[t]), np.asarray(labels[t], dtype=np.float64)) for t in features}


def fit(x: np.ndarray, y: np.ndarray, rounds: int = 100) -> np.ndarray:
    """Returns the weights with the highest posterior probability, by Newton's method."""
    centre = np.zeros(x.shape[1])
    centre[LOGIT] = 1.0
    weights = centre.copy()
    for _ in range(rounds):
        p = probability(x, weights)
        gradient = x.T @ (y - p) - PRECISION * (weights - centre)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + PRECISION * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return weights


def probability(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Returns the probability that each candidate is a name of the type."""
    return 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))


def held_out(x: np.ndarray, y: np.ndarray, folds: int = 5) -> np.ndarray:
    """Returns the probability of each row from weights that were fitted without its fold."""
    # Rows of one document are neighbours, so that a fold is a run of rows.
    fold = np.arange(len(x)) * folds // len(x)
    result = np.empty(len(x))
    for each in range(folds):
        result[fold == each] = probability(x[fold == each], fit(x[fold != each], y[fold != each]))
    return result


def f1(found: np.ndarray, y: np.ndarray) -> float:
    """Returns the F1 in percent of a decision about each candidate. Names that are no candidates do not count."""
    right = float((found * y).sum())
    return 0.0 if right == 0 else 200 * right / (found.sum() + y.sum())
