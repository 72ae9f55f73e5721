"""The official scores: BioASQ factoid and list, SQuAD exact match and F1, accuracy and macro-F1 of verdicts."""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
RANKED = 5


def factoid_scores(ranked: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> dict[str, float]:
    """Returns strict and lenient accuracy and mean reciprocal rank, in percent (BioASQ, task B phase B).

    ``ranked``: the answers to each question, best first, of which five count; ``gold``: the accepted forms of each
    answer. An answer is correct if it equals a form after both were lower-cased and trimmed.
    """
    strict = lenient = reciprocal = 0.0
    for answers, forms in zip(ranked, gold, strict=True):
        accepted = {_normalised(f) for f in forms}
        for rank, answer in enumerate(answers[:RANKED], start=1):
            if _normalised(answer) in accepted:
                strict += rank == 1
                lenient += 1
                reciprocal += 1 / rank
                break
    total = max(1, len(gold))
    return {"strict": 100 * strict / total, "lenient": 100 * lenient / total, "mrr": 100 * reciprocal / total}


def list_f1(predicted: Sequence[Sequence[str]], gold: Sequence[Sequence[Sequence[str]]]) -> float:
    """Returns the mean F1 over list questions, in percent. An answer in several of its forms counts once."""
    total = 0.0
    for answers, items in zip(predicted, gold, strict=True):
        right = sum(
            any(_normalised(a) in {_normalised(f) for f in forms} for a in answers) for forms in items
        )
        hits = sum(any(_normalised(a) in {_normalised(f) for f in forms} for forms in items) for a in answers)
        if right and hits:
            precision, recall = hits / len(answers), right / len(items)
            total += 2 * precision * recall / (precision + recall)
    return 100 * total / max(1, len(gold))


def _normalised(text: str) -> str:
    return " ".join(text.lower().split())


def squad_scores(answers: Sequence[str], gold: Sequence[Sequence[str]]) -> dict[str, float]:
    """Returns exact match and token F1, in percent, by the rules of SQuAD v1.1."""
    exact = f1 = 0.0
    for answer, forms in zip(answers, gold, strict=True):
        exact += any(_squad_normalised(answer) == _squad_normalised(form) for form in forms)
        f1 += max((_token_f1(answer, form) for form in forms), default=0.0)
    total = max(1, len(gold))
    return {"exact": 100 * exact / total, "f1": 100 * f1 / total}


def _squad_normalised(text: str) -> str:
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def _token_f1(answer: str, form: str) -> float:
    left, right = _squad_normalised(answer).split(), _squad_normalised(form).split()
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right)) if same else 0.0


def verdict_scores(predicted: Sequence[int], gold: Sequence[int], classes: int) -> dict[str, float]:
    """Returns accuracy and macro-F1 over ``classes`` verdicts, in percent."""
    f1 = []
    for c in range(classes):
        right = sum(p == g == c for p, g in zip(predicted, gold, strict=True))
        total = sum(p == c for p in predicted) + sum(g == c for g in gold)
        f1.append(2 * right / total if total else 0.0)
    accuracy = sum(p == g for p, g in zip(predicted, gold)) / max(1, len(gold))
    return {"accuracy": 100 * accuracy, "macroF1": 100 * sum(f1) / classes}
