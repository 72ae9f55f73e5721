"""Held-out yes-no questions with passages, on which the weights of verdicts are fitted."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...questions.data.bioasq import is_dev, pubmedqa_dev, read_pubmedqa, training_questions
from ...questions.data.examples import VERDICTS

#: Answers in the order of ``VERDICTS``. PubMedQA's maybe means that the abstract does not settle the question.
ANSWERS = dict(zip(VERDICTS, ("yes", "no", "open"), strict=True))


def dev_questions(root: Path, leave_out: Sequence[str] = ("7b",)) -> Iterator[dict]:
    """Yields questions as lines of `npm run accuracy -- verdicts`: ``question``, ``passages``, ``answer``.

    They are the BioASQ questions that training held out, each with its snippets and, as an open question, with the
    snippets of another one, and the dev questions of PubMedQA with their whole abstracts.
    """
    rng = random.Random(1)
    questions, _ = training_questions(root, leave_out)
    held_out = [q for q in questions if q.verdict is not None and q.snippets and is_dev(q.text)]
    for q in held_out:
        other = rng.choice([each for each in held_out if each is not q])
        own = list(dict.fromkeys(s for _, s in q.snippets))
        foreign = list(dict.fromkeys(s for _, s in other.snippets))
        yield {"question": q.text, "passages": own, "answer": ANSWERS[VERDICTS[q.verdict or 0]]}
        yield {"question": q.text, "passages": foreign, "answer": "open"}
    rest, _ = read_pubmedqa(root)
    for item in pubmedqa_dev(rest):
        abstract = f"{item.context} {item.conclusion}"
        yield {"question": item.question, "passages": [abstract], "answer": ANSWERS[VERDICTS[item.verdict]]}
