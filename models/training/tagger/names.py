"""Fits the weights by which a terminology helps the tagger.

``npm run accuracy -- candidates`` writes one row a candidate: its type, its features (see
``src/core/entities/knownNameStage.ts``) and whether annotators marked it. A logistic regression for each type is fitted
with a normal prior around "the model decides alone".
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

#: The feature that the prior trusts: the model's logit.
LOGIT = "logit"
#: Precision of the normal prior of each weight.
PRECISION = 1.0


@dataclass(frozen=True)
class Rows:
    """The candidates of one type."""

    #: Names of the features.
    names: tuple[str, ...]
    #: ``[rows, features]``
    x: np.ndarray
    #: ``[rows]``: 1 for a name, 0 for none.
    y: np.ndarray

    def part(self, chosen: np.ndarray) -> "Rows":
        """Returns the rows that a mask chooses."""
        return Rows(self.names, self.x[chosen], self.y[chosen])

    @property
    def found(self) -> np.ndarray:
        """Whether the model found each candidate by itself."""
        return self.x[:, self.names.index("found")]

    @property
    def centre(self) -> np.ndarray:
        """The mean of the prior: the model decides alone."""
        return np.asarray([float(name == LOGIT) for name in self.names])


def read_rows(paths: Iterable[Path]) -> dict[str, Rows]:
    """Returns the candidates by type."""
    by_type: dict[str, list[dict]] = {}
    for path in paths:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            by_type.setdefault(row["type"], []).append(row)
    rows = {}
    for head, each in by_type.items():
        names = tuple(each[0]["features"])
        x = np.asarray([[row["features"][name] for name in names] for row in each])
        rows[head] = Rows(names, x, np.asarray([row["label"] for row in each], dtype=np.float64))
    return rows


def fit(
    x: np.ndarray, y: np.ndarray, centre: np.ndarray, weight: np.ndarray | None = None, rounds: int = 100
) -> np.ndarray:
    """Returns the weights with the highest posterior probability, by Newton's method with a halving line search.

    ``weight``: how much each row counts; default: 1.
    """
    weight = np.ones(len(y)) if weight is None else weight

    def loss(weights: np.ndarray) -> float:
        score = x @ weights
        return float(
            (weight * (np.logaddexp(0, score) - y * score)).sum()
            + PRECISION / 2 * ((weights - centre) ** 2).sum()
        )

    weights = centre.copy()
    for _ in range(rounds):
        p = probability(x, weights)
        gradient = x.T @ (weight * (y - p)) - PRECISION * (weights - centre)
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + PRECISION * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        while loss(weights + step) > loss(weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def probability(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Returns the probability that each candidate is a name of the type."""
    return 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))


def fit_with(rows: Rows, swapped: Rows, share: float) -> np.ndarray:
    """Returns the weights from rows of texts and, each counted ``share`` times, rows of swapped names."""
    counts = np.concatenate([np.ones(len(rows.y)), np.full(len(swapped.y), share)])
    x, y = np.vstack([rows.x, swapped.x]), np.concatenate([rows.y, swapped.y])
    return fit(x, y, rows.centre, counts)


def held_out(rows: Rows, swapped: Rows, share: float, folds: int = 5) -> np.ndarray:
    """Returns the probability of each row of a text from weights that were fitted without its fold."""
    # Rows of one document are neighbours, so that a fold is a run of rows.
    fold = np.arange(len(rows.y)) * folds // len(rows.y)
    result = np.empty(len(rows.y))
    for each in range(folds):
        weights = fit_with(rows.part(fold != each), swapped, share)
        result[fold == each] = probability(rows.x[fold == each], weights)
    return result


#: How much rows of swapped names may count, and how much F1 on texts they may cost.
SHARES = (0.0, 0.1, 0.25, 0.5, 1.0)
PRICE = 0.5
#: The threshold of the product, at which F1 is compared.
THRESHOLD = 0.4


def choose_share(rows: Rows, swapped: Rows) -> tuple[float, float]:
    """Returns the largest share that costs at most :data:`PRICE` of F1 on texts, and that F1."""
    scores = [(share, f1(held_out(rows, swapped, share) >= THRESHOLD, rows.y)) for share in SHARES]
    best = max(score for _, score in scores)
    return [each for each in scores if each[1] >= best - PRICE][-1]


def f1(found: np.ndarray, y: np.ndarray) -> float:
    """Returns the F1 in percent of a decision about each candidate. Names that are no candidates do not count."""
    right = float((found * y).sum())
    return 0.0 if right == 0 else 200 * right / (found.sum() + y.sum())
