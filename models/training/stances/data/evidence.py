"""Readers of corpora in which people judged whether a text supports or contradicts a claim."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from ...questions.data.examples import MAYBE, NO, YES
from .findings import statement_of
from .stance import StanceExample
from .wording import lowered, question_of

_HEALTHVER = {"Supports": YES, "Refutes": NO, "Neutral": MAYBE}
#: Words of the longest evidence that is read whole.
MOST_EVIDENCE_WORDS = 90


def read_healthver(root: Path, part: str) -> Iterator[StanceExample]:
    """Reads HealthVer (Sarrouti et al. 2021): claims about COVID-19 with evidence from papers. Only ``dev`` and ``test``
    can be had."""
    path = root / "qa2" / "HealthVer" / "data" / f"healthver_{part}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            claim = row["claim"].strip()
            if claim and row["evidence"].strip():
                yield StanceExample(claim, row["evidence"].strip(), "", _HEALTHVER[row["label"]])


def read_trials(root: Path, split: str) -> Iterator[StanceExample]:
    """Reads Evidence Inference 2.0 (DeYoung et al. 2020): what a sentence of a trial reports of an intervention, a
    comparator and an outcome. Each gives questions about an increase, a decrease, and any difference."""
    path = root / "re2" / "evidence_inference_2" / "evidence.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["split"] != split or not _is_prose(item["evidence"]):
            continue
        intervention, comparator, outcome = (
            lowered(" ".join(item[k].split())) for k in ("intervention", "comparator", "outcome")
        )
        evidence = " ".join(item["evidence"].split())
        yield from (
            StanceExample(question, evidence, "", stance)
            for question, stance in _trial_questions(intervention, comparator, outcome, item["label"])
        )


def _trial_questions(one: str, other: str, outcome: str, label: str) -> Iterator[tuple[str, int]]:
    than = "" if other.startswith("no ") else f" compared with {other}"
    more, less = f"Does {one} increase {outcome}{than}?", f"Does {one} reduce {outcome}{than}?"
    differs = f"Does {one} affect {outcome}{than}?"
    if label == "significantly increased":
        yield from ((more, YES), (less, NO), (f"Is {outcome} higher with {one} than with {other}?", YES))
        yield f"Is {outcome} higher with {other} than with {one}?", NO
    elif label == "significantly decreased":
        yield from ((more, NO), (less, YES), (f"Is {outcome} lower with {one} than with {other}?", YES))
        yield f"Is {outcome} lower with {other} than with {one}?", NO
    elif label == "no significant difference":
        yield from ((more, NO), (less, NO), (differs, NO))


def _is_prose(text: str) -> bool:
    words = text.split()
    letters = sum(c.isalpha() for c in text)
    return (
        8 <= len(words) <= MOST_EVIDENCE_WORDS
        and letters >= 0.7 * len(text.replace(" ", ""))
        and "\n" not in text.strip()
    )


def asked(example: StanceExample, rng) -> StanceExample:
    """Returns an example with a question instead of a claim, if the claim is a simple statement that denies nothing."""
    statement = statement_of(example.question.strip())
    if statement is None or statement.denied:
        return example
    return example._replace(
        question=question_of(statement.subject, statement.predicate, statement.object, rng)
    )
