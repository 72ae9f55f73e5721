"""Probabilities of answers, of "no answer" and of verdicts, fitted on the held-out questions."""

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
#: Foreign passages put before a question to learn what "no answer" looks like.
FOREIGN = 5


def calibrate(run: Runner, encoder: TokenEncoder, root: Path, leave_out: Sequence[str]) -> dict:
    """Scale and offset of ``answer``, ``answerable`` and ``verdict``, the list threshold, and the
    errors of two halves, each judged by the fit of the other."""
    mixture = biomedical_mixture(root, leave_out, 1, 0.0)
    asked = [q for q in mixture.dev_questions if q.kind in ("factoid", "list") and q.snippets]
    own = read(run, encoder, [(q.text, _snippets(q)) for q in asked])
    foreign = read(run, encoder, [(q.text, f) for q, f in zip(asked, _foreign(asked))])
    scores, right = _answers(asked, own, foreign)
    best, answerable = _answerable(asked, own, foreign)
    answer = fit_logits(scores, right)
    return {
        "calibration": {
            "answer": answer,
            "answerable": fit_logits(best, answerable),
            "verdict": _verdict_calibration(
                run, encoder, mixture.dev_verdicts, maybe_offset(root, mixture.verdicts)
            ),
        },
        "listThreshold": _list_threshold(asked, own, answer),
        "answers": len(scores),
        "answerEce": _two_fold(scores, right),
        "questions": len(best),
        "answerableEce": _two_fold(best, answerable),
    }


def fit_logits(scores: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Platt scaling of scores that are logits already."""
    return fit(1 / (1 + np.exp(-np.clip(scores, -13, 13))), right)


def probability(scores: np.ndarray, calibration: Mapping[str, float]) -> np.ndarray:
    """Calibrated probabilities of scores that are logits; cut off as in ``fit_logits``."""
    clipped = np.clip(scores, -13, 13)
    return 1 / (1 + np.exp(-(calibration["scale"] * clipped + calibration["offset"])))


def _snippets(q: Question) -> list[str]:
    return list(dict.fromkeys(s for _, s in q.snippets))


def _foreign(asked: Sequence[Question]) -> list[list[str]]:
    """For each question, snippets of the questions after it that hold none of its answers."""
    found = []
    for number, q in enumerate(asked):
        others = [s for k in range(1, len(asked)) for s in _snippets(asked[(number + k) % len(asked)])[:1]]
        found.append([s for s in others if not answered_by(q, s)][:FOREIGN])
    return found


def _answers(
    asked: Sequence[Question], own: Sequence[PassageAnswers], foreign: Sequence[PassageAnswers]
) -> tuple[np.ndarray, np.ndarray]:
    scores, right = [], []
    for q, here, there in zip(asked, own, foreign, strict=True):
        accepted = {" ".join(name.lower().split()) for name in q.names()}
        for answer in here.answers[:RANKED]:
            scores.append(answer.score)
            right.append(" ".join(answer.text.lower().split()) in accepted)
        for answer in there.answers[:RANKED]:
            scores.append(answer.score)
            right.append(False)
    return np.asarray(scores), np.asarray(right, dtype=float)


def _answerable(
    asked: Sequence[Question], own: Sequence[PassageAnswers], foreign: Sequence[PassageAnswers]
) -> tuple[np.ndarray, np.ndarray]:
    best, there = [], []
    for q, here, elsewhere in zip(asked, own, foreign, strict=True):
        if here.answers and any(answered_by(q, s) for s in _snippets(q)):
            best.append(here.answers[0].score)
            there.append(1.0)
        if elsewhere.answers:
            best.append(elsewhere.answers[0].score)
            there.append(0.0)
    return np.asarray(best), np.asarray(there)


def maybe_offset(root: Path, trained: Sequence[VerdictExample]) -> float:
    """Returns the offset of the logit of maybe, so that its odds are those of PubMedQA's annotators.

    Training reads maybe more often: foreign contexts were made for it (Saerens et al. 2002: correction for
    another prior). That a passage speaks of something else is told from its words, in the product.
    """
    asked, _ = bioasq.read_pubmedqa(root)

    def odds(verdicts: Sequence[int]) -> float:
        return sum(v == MAYBE for v in verdicts) / max(1, sum(v != MAYBE for v in verdicts))

    natural, read_odds = odds([a.verdict for a in asked]), odds([e.verdict for e in trained if e.maybe])
    return float(np.log(natural / read_odds)) if natural > 0 and read_odds > 0 else 0.0


def _verdict_calibration(
    run: Runner, encoder: TokenEncoder, examples: Sequence[VerdictExample], offset: float
) -> dict[str, float]:
    """The temperature (Guo et al. 2017) of least loss among 60, as a scale; ``offset`` is that of maybe."""
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
    asked: Sequence[Question], own: Sequence[PassageAnswers], calibration: Mapping[str, float]
) -> float:
    lists = [(q, r) for q, r in zip(asked, own) if q.kind == "list"]
    if not lists:
        return 0.5
    gold = [q.answers for q, _ in lists]

    def f1(threshold: float) -> float:
        found = [
            [a.text for a in r.answers if probability(np.asarray(a.score), calibration) >= threshold]
            for _, r in lists
        ]
        return score.list_f1(found, gold)

    return round(float(max(np.linspace(0.05, 0.7, 27), key=f1)), 3)


def _two_fold(scores: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error, each half judged by the fit of the other."""
    if len(scores) < 20:
        return float("nan")
    judged = np.zeros(len(scores))
    for half in (0, 1):
        mine = np.arange(len(scores)) % 2 == half
        judged[mine] = probability(scores[mine], fit_logits(scores[~mine], right[~mine]))
    return round(expected_calibration_error(reliability(judged, right)), 4)
