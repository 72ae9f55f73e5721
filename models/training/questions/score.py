"""Official scores: BioASQ factoid and list, SQuAD EM and F1, accuracy and macro-F1 of verdicts."""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
RANKED = 5


def factoid_scores(ranked: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> dict[str, float]:
    """Strict and lenient accuracy and mean reciprocal rank, in percent (BioASQ, task B phase B).

    ``ranked``: up to five answers a question; ``gold``: accepted forms of each. An answer is right
    that equals a form after lower-casing and trimming.
    """
    strict = lenient = reciprocal = 0.0
    for answers, forms in zip(ranked, gold, strict=True):
        accepted = {_plain(f) for f in forms}
        for rank, answer in enumerate(answers[:RANKED], start=1):
            if _plain(answer) in accepted:
                strict += rank == 1
                lenient += 1
                reciprocal += 1 / rank
                break
    total = max(1, len(gold))
    return {"strict": 100 * strict / total, "lenient": 100 * lenient / total, "mrr": 100 * reciprocal / total}


def list_f1(found: Sequence[Sequence[str]], gold: Sequence[Sequence[Sequence[str]]]) -> float:
    """Mean F1 over list questions, in percent: an answer counts once, whichever of its forms."""
    total = 0.0
    for answers, items in zip(found, gold, strict=True):
        right = sum(any(_plain(a) in {_plain(f) for f in forms} for a in answers) for forms in items)
        hits = sum(any(_plain(a) in {_plain(f) for f in forms} for forms in items) for a in answers)
        if right and hits:
            precision, recall = hits / len(answers), right / len(items)
            total += 2 * precision * recall / (precision + recall)
    return 100 * total / max(1, len(gold))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def squad_scores(answers: Sequence[str], gold: Sequence[Sequence[str]]) -> dict[str, float]:
    """Exact match and token F1, in percent, by the SQuAD v1.1 rule."""
    exact = f1 = 0.0
    for answer, forms in zip(answers, gold, strict=True):
        exact += any(_squad(answer) == _squad(form) for form in forms)
        f1 += max((_token_f1(answer, form) for form in forms), default=0.0)
    total = max(1, len(gold))
    return {"exact": 100 * exact / total, "f1": 100 * f1 / total}


def _squad(text: str) -> str:
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def _token_f1(answer: str, form: str) -> float:
    left, right = _squad(answer).split(), _squad(form).split()
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right)) if same else 0.0


def verdict_scores(found: Sequence[int], gold: Sequence[int], classes: int) -> dict[str, float]:
    """Accuracy and macro-F1 over ``classes`` verdicts, in percent."""
    f1 = []
    for c in range(classes):
        right = sum(f == g == c for f, g in zip(found, gold, strict=True))
        named = sum(f == c for f in found) + sum(g == c for g in gold)
        f1.append(2 * right / named if named else 0.0)
    accuracy = sum(f == g for f, g in zip(found, gold)) / max(1, len(gold))
    return {"accuracy": 100 * accuracy, "macroF1": 100 * sum(f1) / classes}
