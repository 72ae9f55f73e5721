"""Figures of the embedding model on the questions of BioASQ that are not in the test year."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..questions.data.bioasq import YEARS, Question, read_year
from .predict import Runner

#: The year on which published figures are measured.
TEST_YEAR = "7b"


def retrieval(run: Runner, root: Path, limit: int | None = None) -> dict[str, float]:
    """Ranks the snippets of all questions, or of ``limit``, by their similarity to each of these: :func:`ranked`."""
    questions = [q for year in YEARS if year != TEST_YEAR for q in read_year(root, year) if q.snippets]
    every = max(1, len(questions) // limit) if limit else 1
    return ranked(run, questions[::every][:limit])


def ranked(run: Runner, questions: Sequence[Question]) -> dict[str, float]:
    """Ranks the snippets of all questions by their similarity to each question.

    Returns, in percent, how often one of the question's own snippets is among the first 5 and 20, and the mean
    reciprocal rank.
    """
    texts = list(dict.fromkeys(text for q in questions for _, text in q.snippets))
    vectors, asked = run(texts), run([q.text for q in questions])
    numbers = {text: number for number, text in enumerate(texts)}
    ranks = []
    for q, order in zip(questions, np.argsort(-(asked @ vectors.T), axis=1), strict=True):
        own = [numbers[text] for _, text in q.snippets]
        ranks.append(1 + int(np.isin(order, own).argmax()))
    found = np.asarray(ranks)
    return {
        "hit@5": round(100 * float((found <= 5).mean()), 2),
        "hit@20": round(100 * float((found <= 20).mean()), 2),
        "mrr": round(100 * float((1 / found).mean()), 2),
    }
