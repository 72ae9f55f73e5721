"""Decoding of the tagger: best paths, probabilities, overlaps, scores and calibration."""

from itertools import product

import numpy as np
import pytest

from training.common import calibration as calibrate
from training.common.score import Score, score
from training.tagger.decode import Entity, entities_of, log_softmax, viterbi, without_overlap


def brute_force(scores: np.ndarray) -> float:
    best = -np.inf
    for path in product(range(3), repeat=len(scores)):
        if all(b != 2 or a != 0 for a, b in zip((0, *path), path)):
            best = max(best, sum(scores[i, p] for i, p in enumerate(path)))
    return best


def test_viterbi_finds_the_best_well_formed_path() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        scores = log_softmax(rng.normal(size=(rng.integers(1, 7), 3)) * 3)
        path = viterbi(scores)
        assert all(b != 2 or a != 0 for a, b in zip((0, *path), path))
        assert scores[np.arange(len(path)), path].sum() == pytest.approx(brute_force(scores))


def test_the_probability_of_an_entity_is_that_of_all_its_labels() -> None:
    p = np.array([[0.1, 0.8, 0.1], [0.2, 0.1, 0.7], [0.6, 0.1, 0.3]])
    (entity,) = entities_of(np.log(p)[:, None, :], ("Gene",))
    assert entity[:3] == ("Gene", 0, 2)
    assert entity.probability == pytest.approx(0.8 * 0.7 * (1 - 0.3))
    assert entities_of(np.zeros((0, 1, 3)), ("Gene",)) == []


def test_keeps_the_most_probable_then_the_longest_of_overlapping_entities() -> None:
    a, b = Entity("Gene", 0, 2, 0.9), Entity("Disease", 1, 4, 0.95)
    assert without_overlap([a, b]) == [b]
    assert without_overlap([a, b._replace(probability=0.9)])[0].head == "Disease"
    c = Entity("Chemical", 1, 3, 0.9)
    assert without_overlap([c, a]) == [a]


def test_a_score_counts_exact_spans() -> None:
    pairs = [({("Gene", 0, 1), ("Gene", 3, 5)}, {("Gene", 0, 1), ("Gene", 3, 4)})]
    assert score(pairs, "Gene") == Score(1, 2, 2)
    assert score(pairs, "Gene").f1 == 50.0


def test_calibration_recovers_a_known_fit() -> None:
    rng = np.random.default_rng(5)
    raw = rng.uniform(0.01, 0.99, 20000)
    right = rng.random(20000) < calibrate.apply(raw, {"scale": 0.6, "offset": -0.4})
    fit = calibrate.fit(raw, right)
    assert fit["scale"] == pytest.approx(0.6, abs=0.05)
    assert fit["offset"] == pytest.approx(-0.4, abs=0.05)
    rows = calibrate.reliability(calibrate.apply(raw, fit), right)
    assert calibrate.expected_calibration_error(rows) < 0.02


def test_a_calibration_without_enough_data_is_the_identity() -> None:
    assert calibrate.fit(np.array([0.5]), np.array([1])) == {"scale": 1.0, "offset": 0.0}


def test_only_a_fit_of_few_entities_stays_near_the_common_fit() -> None:
    other = {"scale": 0.6, "offset": -0.5}
    assert calibrate.fit(np.array([]), np.array([]), other) == other
    rng = np.random.default_rng(1)
    raw = rng.uniform(0.02, 0.98, 4000)
    right = rng.random(4000) < calibrate.apply(raw, {"scale": 1.5, "offset": 1.0})
    few, many = (calibrate.fit(raw[:n], right[:n], other) for n in (5, 4000))
    assert abs(few["offset"] - other["offset"]) < 0.8 < abs(many["offset"] - other["offset"])
    assert abs(many["scale"] - 1.5) < 0.25 and abs(many["offset"] - 1.0) < 0.25
