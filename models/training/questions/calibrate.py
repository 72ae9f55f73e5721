"""Fits the calibration of answers, "no answer" and verdicts on held-out questions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..common.calibration import expected_calibration_error, fit, reliability
from . import score
from .data import bioasq
from .data.bioasq import Question, answered_by
from .data.examples import MAYBE, VerdictExample
from .data.mixture import biomedical_mixture
from .data.rows import TokenEncoder
from .predict import PassageAnswers, Runner, read

RANKED = 5
#: Number of passages of other questions that are read for each question, as examples without an answer.
FOREIGN = 5


def calibrate(run: Runner, encoder: TokenEncoder, root: Path, leave_out: Sequence[str]) -> dict:
    """Returns scale and offset of ``answer``, ``answerable`` and ``verdict``, the list threshold, and the
    calibration errors by two-fold cross-validation."""
    mixture = biomedical_mixture(root, leave_out, 1, 0.0)
    questions = [q for q in mixture.dev_questions if q.kind in ("factoid", "list") and q.snippets]
    own_readings = read(run, encoder, [(q.text, _snippets(q)) for q in questions])
    foreign_readings = read(
        run, encoder, [(q.text, f) for q, f in zip(questions, _foreign_snippets(questions))]
    )
    scores, right = _answers(questions, own_readings, foreign_readings)
    best, answerable = _answerable(questions, own_readings, foreign_readings)
    answer = fit_logits(scores, right)
    return {
        "calibration": {
            "answer": answer,
            "answerable": fit_logits(best, answerable),
            "verdict": _verdict_calibration(
                run, encoder, mixture.dev_verdicts, maybe_offset(root, mixture.verdicts)
            ),
        },
        "listThreshold": _list_threshold(questions, own_readings, answer),
        "answers": len(scores),
        "answerEce": _two_fold(scores, right),
        "questions": len(best),
        "answerableEce": _two_fold(best, answerable),
    }


def fit_logits(scores: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Platt scaling of scores that are logits already."""
    return fit(1 / (1 + np.exp(-np.clip(scores, -13, 13))), right)


def probability(scores: np.ndarray, calibration: Mapping[str, float]) -> np.ndarray:
    """Calibrated probabilities of scores that are logits, clipped as in ``fit_logits``."""
    clipped = np.clip(scores, -13, 13)
    return 1 / (1 + np.exp(-(calibration["scale"] * clipped + calibration["offset"])))


def _snippets(q: Question) -> list[str]:
    return list(dict.fromkeys(s for _, s in q.snippets))


def _foreign_snippets(questions: Sequence[Question]) -> list[list[str]]:
    """For each question, snippets of the following questions that contain no answer to it."""
    snippets = []
    for number, q in enumerate(questions):
        others = [
            s
            for k in range(1, len(questions))
            for s in _snippets(questions[(number + k) % len(questions)])[:1]
        ]
        snippets.append([s for s in others if not answered_by(q, s)][:FOREIGN])
    return snippets


def _answers(
    questions: Sequence[Question],
    own_readings: Sequence[PassageAnswers],
    foreign_readings: Sequence[PassageAnswers],
) -> tuple[np.ndarray, np.ndarray]:
    scores, right = [], []
    for q, own, foreign in zip(questions, own_readings, foreign_readings, strict=True):
        accepted = {" ".join(name.lower().split()) for name in q.names()}
        for answer in own.answers[:RANKED]:
            scores.append(answer.score)
            right.append(" ".join(answer.text.lower().split()) in accepted)
        for answer in foreign.answers[:RANKED]:
            scores.append(answer.score)
            right.append(False)
    return np.asarray(scores), np.asarray(right, dtype=float)


def _answerable(
    questions: Sequence[Question],
    own_readings: Sequence[PassageAnswers],
    foreign_readings: Sequence[PassageAnswers],
) -> tuple[np.ndarray, np.ndarray]:
    best, answerable = [], []
    for q, own, foreign in zip(questions, own_readings, foreign_readings, strict=True):
        if own.answers and any(answered_by(q, s) for s in _snippets(q)):
            best.append(own.answers[0].score)
            answerable.append(1.0)
        if foreign.answers:
            best.append(foreign.answers[0].score)
            answerable.append(0.0)
    return np.asarray(best), np.asarray(answerable)


def maybe_offset(root: Path, trained: Sequence[VerdictExample]) -> float:
    """Returns the offset of the logit of maybe, so that its odds are those of PubMedQA's annotators.

    Maybe is more frequent in training, because contexts of other questions were added as examples of it. The offset
    corrects for the different prior (Saerens et al. 2002). The product recognises unrelated passages by their words.
    """
    questions, _ = bioasq.read_pubmedqa(root)

    def odds(verdicts: Sequence[int]) -> float:
        return sum(v == MAYBE for v in verdicts) / max(1, sum(v != MAYBE for v in verdicts))

    natural, read_odds = odds([a.verdict for a in questions]), odds([e.verdict for e in trained if e.maybe])
    return float(np.log(natural / read_odds)) if natural > 0 and read_odds > 0 else 0.0


def _verdict_calibration(
    run: Runner, encoder: TokenEncoder, examples: Sequence[VerdictExample], offset: float
) -> dict[str, float]:
    """Fits the temperature (Guo et al. 2017) by a search over 60 scales; ``offset`` is for the logit of maybe."""
    readings = read(run, encoder, [(e.question, [e.context]) for e in examples])
    logits = np.stack([r.verdicts[0] for r in readings])
    for row, e in zip(logits, examples):
        row[2] = row[2] if e.maybe else -1e4
    gold = np.asarray([e.verdict for e in examples])

    def loss(scale: float) -> float:
        scaled = logits * scale + np.array([0.0, 0.0, offset])
        scaled -= scaled.max(axis=1, keepdims=True)
        log_p = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_p[np.arange(len(gold)), gold].mean())

    best = min(np.linspace(0.05, 3.0, 60), key=loss)
    return {"scale": round(float(best), 4), "offset": round(offset, 4)}


def _list_threshold(
    questions: Sequence[Question], own_readings: Sequence[PassageAnswers], calibration: Mapping[str, float]
) -> float:
    lists = [(q, r) for q, r in zip(questions, own_readings) if q.kind == "list"]
    if not lists:
        return 0.5
    gold = [q.answers for q, _ in lists]

    def f1(threshold: float) -> float:
        predicted = [
            [a.text for a in r.answers if probability(np.asarray(a.score), calibration) >= threshold]
            for _, r in lists
        ]
        return score.list_f1(predicted, gold)

    return round(float(max(np.linspace(0.05, 0.7, 27), key=f1)), 3)


def _two_fold(scores: np.ndarray, right: np.ndarray) -> float:
    """Returns the expected calibration error by two-fold cross-validation; NaN for fewer than 20 scores."""
    if len(scores) < 20:
        return float("nan")
    probabilities = np.zeros(len(scores))
    for half in (0, 1):
        in_half = np.arange(len(scores)) % 2 == half
        probabilities[in_half] = probability(scores[in_half], fit_logits(scores[~in_half], right[~in_half]))
    return round(expected_calibration_error(reliability(probabilities, right)), 4)
