"""Tests of the weights by which a terminology helps the tagger."""

import json
from pathlib import Path

import numpy as np

from training.tagger.names import Rows, choose_share, f1, fit, fit_with, probability, read_rows


def _rows(count: int, seed: int, known_weight: float) -> Rows:
    rng = np.random.default_rng(seed)
    logit, known = rng.normal(0, 2, count), rng.integers(0, 2, count)
    score = logit + known_weight * known - 1
    y = (rng.random(count) < 1 / (1 + np.exp(-score))).astype(float)
    x = np.stack([np.ones(count), logit, (logit > 0).astype(float), known.astype(float)], axis=1)
    return Rows(("bias", "logit", "found", "known"), x, y)


def test_fit_finds_the_weights() -> None:
    rows = _rows(4000, 0, 2.0)
    weights = fit(rows.x, rows.y, rows.centre)
    assert np.allclose(weights[[0, 1, 3]], [-1, 1, 2], atol=0.35)


def test_fit_stays_at_the_prior_without_rows() -> None:
    rows = _rows(2, 1, 0.0).part(np.zeros(2, dtype=bool))
    assert np.allclose(fit(rows.x, rows.y, rows.centre), rows.centre)


def test_fit_converges_on_separable_rows() -> None:
    x = np.stack([np.ones(20), np.linspace(-9, 9, 20)], axis=1)
    weights = fit(x, (x[:, 1] > 0).astype(float), np.zeros(2))
    assert np.isfinite(weights).all() and f1(probability(x, weights) > 0.5, x[:, 1] > 0) == 100


def test_swapped_names_count_as_much_as_they_may() -> None:
    rows, swapped = _rows(1500, 2, 2.0), _rows(300, 3, 6.0)
    share, score = choose_share(rows, swapped)
    assert share > 0 and score > 50
    assert fit_with(rows, swapped, 1.0)[3] > fit_with(rows, swapped, 0.0)[3]


def test_read_rows(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [
        {"type": "Gene", "features": {"bias": 1, "found": each % 2}, "label": each % 2} for each in range(4)
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    rows = read_rows([file])["Gene"]
    assert rows.names == ("bias", "found")
    assert rows.x.shape == (4, 2) and rows.found.tolist() == [0, 1, 0, 1] == rows.y.tolist()
