"""Fits the probabilities of stances on dev sets, and the weights of verdicts on the evidence for dev questions."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..questions.data.examples import MAYBE
from ..questions.data.rows import TokenEncoder
from .data.mixture import stance_mixture
from .data.stance import StanceExample
from .predict import Runner, logits_of

#: Share of right answers among those that are shown.
PRECISION = 0.9
#: This is added to the smallest margin with that share, because the weights were fitted on the same questions.
RESERVE = 0.06
#: Fewest answers above the margin from which a precision is estimated.
LEAST_SHOWN = 20
#: Values that are tried for the evidence that is subtracted for each unit of the logarithm of the number of sentences.
BY_CHANCE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_ANSWERS = ("yes", "no", "open")


class Judged(NamedTuple):
    """The evidence for a dev question, its answer (``yes``, ``no`` or ``open``), and the number of sentences read."""

    supports: float
    contradicts: float
    answer: str
    sentences: int = 1


def calibrate(run: Runner, encoder: TokenEncoder, root: Path, evidence: Path | None) -> dict:
    """Returns ``calibration`` (scale and offset of the logits) and, with ``evidence``, ``verdict`` (weights of the two
    logistic functions in src/core/questions/verdict.ts, and the margin) with its risk-coverage curve."""
    dev = stance_mixture(root).dev
    report: dict = {"calibration": stance_calibration(run, encoder, [e for own in dev.values() for e in own])}
    if evidence is not None:
        judged = [Judged(**json.loads(line)) for line in evidence.read_text(encoding="utf-8").splitlines()]
        report |= verdict_weights(judged)
    return report


def stance_calibration(
    run: Runner, encoder: TokenEncoder, examples: Sequence[StanceExample]
) -> dict[str, float]:
    """Fits the temperature (Guo et al. 2017) and an offset of the logit of "silent" by a search."""
    logits = logits_of(run, encoder, examples).astype(np.float64)
    gold = np.array([e.stance for e in examples])

    def loss(values: tuple[float, float]) -> float:
        scaled = values[0] * logits
        scaled[:, MAYBE] += values[1]
        log_p = scaled - np.logaddexp.reduce(scaled, axis=1, keepdims=True)
        return float(-log_p[np.arange(len(gold)), gold].mean())

    grid = [(scale, offset) for scale in np.linspace(0.3, 2.0, 35) for offset in np.linspace(-2.0, 2.0, 41)]
    scale, offset = min(grid, key=loss)
    return {"scale": round(float(scale), 4), "offset": round(float(offset), 4)}


def verdict_weights(judged: Sequence[Judged]) -> dict:
    """Fits the weights by maximum likelihood, and chooses a margin from which shown answers are right in
    :data:`PRECISION` of the cases. ``perLogSentence`` is the one of :data:`BY_CHANCE` with which most questions get an
    answer."""
    return max((_chosen(judged, by_chance) for by_chance in BY_CHANCE), key=_coverage)


def _chosen(judged: Sequence[Judged], by_chance: float) -> dict:
    verdict, p = _fit(judged, by_chance)
    answer = np.array([_ANSWERS.index(j.answer) for j in judged])
    curve = risk_coverage(p[:, :2].max(axis=1), p[:, :2].argmax(axis=1) == answer, answer != 2)
    margin = min(1.0, round(margin_of(curve) + RESERVE, 3))
    return {"verdict": {**verdict, "margin": margin}, "riskCoverage": curve}


def _coverage(report: dict) -> float:
    margin = report["verdict"]["margin"]
    return next((point["coverage"] for point in report["riskCoverage"] if point["margin"] == margin), 0.0)


def _fit(judged: Sequence[Judged], by_chance: float) -> tuple[dict[str, float], np.ndarray]:
    """Returns the weights, and the probabilities [questions, 3] of yes, no and open."""
    drop = torch.tensor([by_chance * math.log(max(1, j.sentences)) for j in judged], dtype=torch.float64)
    supports = (torch.tensor([j.supports for j in judged], dtype=torch.float64) - drop).clamp(min=0)
    contradicts = (torch.tensor([j.contradicts for j in judged], dtype=torch.float64) - drop).clamp(min=0)
    answer = torch.tensor([_ANSWERS.index(j.answer) for j in judged])
    free = torch.tensor([1.0, 0.0, 1.0, 0.0, -1.0], dtype=torch.float64, requires_grad=True)

    def weights() -> torch.Tensor:
        # More evidence on a side never speaks against it, and conflicting evidence never settles a question.
        signs = torch.tensor([1.0, 0.0, 1.0, -1.0, 0.0], dtype=torch.float64)
        return torch.where(signs == 0, free, signs * functional.softplus(free))

    def probabilities() -> torch.Tensor:
        w = weights()
        stronger, weaker = torch.maximum(supports, contradicts), torch.minimum(supports, contradicts)
        settled = torch.sigmoid(w[2] * stronger + w[3] * weaker + w[4])
        share = torch.sigmoid(w[0] * (supports - contradicts) + w[1])
        return torch.stack([settled * share, settled * (1 - share), 1 - settled], dim=1)

    optimizer = torch.optim.LBFGS([free], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        p = probabilities().gather(1, answer[:, None])
        # The small penalty keeps the weights finite where the evidence separates the answers.
        value = -p.clamp(min=1e-9).log().mean() + 1e-3 * weights().pow(2).sum()
        value.backward()
        return value

    optimizer.step(loss)  # pyright: ignore[reportArgumentType]
    names = ("difference", "bias", "stronger", "weaker", "settled")
    # A weight of -0 would be a needless sign in the manifest.
    fitted = {name: round(w, 4) + 0.0 for name, w in zip(names, weights().tolist())}
    return {**fitted, "perLogSentence": by_chance}, probabilities().detach().numpy()


def margin_of(curve: Sequence[dict[str, float]]) -> float:
    """Returns the smallest margin from which :data:`PRECISION` holds at every margin of the curve; 1 if none does."""
    margin = 1.0
    for point in reversed(curve):
        if point["right"] < PRECISION:
            break
        margin = point["margin"]
    return margin


def risk_coverage(sure: np.ndarray, right: np.ndarray, settled: np.ndarray) -> list[dict[str, float]]:
    """Returns for margins from 0.5 to 0.98, ascending: the share of right answers among the shown ones, and the share
    of the settled questions whose answer is shown. Margins with fewer than :data:`LEAST_SHOWN` answers are left out."""
    curve = []
    for margin in np.arange(0.5, 0.981, 0.02):
        shown = sure >= margin
        if shown.sum() >= LEAST_SHOWN:
            curve.append(
                {
                    "margin": round(float(margin), 3),
                    "right": round(float(right[shown].mean()), 4),
                    "coverage": round(float((shown & settled).sum() / max(1, settled.sum())), 4),
                    "shown": int(shown.sum()),
                }
            )
    return curve
