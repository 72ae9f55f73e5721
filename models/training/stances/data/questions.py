"""Held-out yes-no questions with passages, on which the weights of verdicts are fitted."""

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...questions.data.bioasq import is_dev, pubmedqa_dev, read_pubmedqa, training_questions
from ...questions.data.examples import VERDICTS
from .passages import Passage, read_passages

#: Answers in the order of ``VERDICTS``. PubMedQA's maybe means that the abstract does not settle the question.
ANSWERS = dict(zip(VERDICTS, ("yes", "no", "open"), strict=True))


def dev_questions(root: Path, leave_out: Sequence[str] = ("7b",)) -> Iterator[dict]:
    """Yields questions as lines of `npm run accuracy -- verdicts`: ``question``, ``passages``, ``answer``.

    They are the BioASQ questions that training held out, each with its snippets and, as an open question, with the
    snippets of another one, the dev questions of PubMedQA with their whole abstracts, and those on the held-out judged
    passages.
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
    yield from judged_questions(p for p in read_passages(root) if p.is_dev)


def judged_questions(passages: Iterable[Passage]) -> Iterator[dict]:
    """Yields the questions of passages as lines of `npm run accuracy -- verdicts`.

    The answer is that of the sentences which take a side. A question is left out if they contradict each other, or if
    people could disagree on the only sentences that concern it.
    """
    for passage in passages:
        for question in passage.questions:
            if (question.yes and question.no) or (question.unsure and not (question.yes or question.no)):
                continue
            answer = "yes" if question.yes else "no" if question.no else "open"
            yield {"question": question.text, "passages": [" ".join(passage.sentences)], "answer": answer}
