"""Held-out yes-no questions with passages, on which the weights of verdicts are fitted."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...questions.data.bioasq import is_dev, pubmedqa_dev, read_pubmedqa, training_questions
from ...questions.data.examples import VERDICTS
from .passages import Passage, read_passages

#: Answers in the order of ``VERDICTS``. PubMedQA's maybe means that the abstract does not settle the question.
ANSWERS = dict(zip(VERDICTS, ("yes", "no", "open"), strict=True))

#: Number of other passages for a question, and the share of the questions that get them.
OTHERS = 10
AMONG_EVERY = 4


def dev_questions(root: Path, leave_out: Sequence[str] = ("7b",)) -> Iterator[dict]:
    """Yields questions as lines of `npm run accuracy -- verdicts`: ``question``, ``passages``, ``answer``.

    They are the BioASQ questions that training held out, each with its snippets and, as an open question, with the
    snippets of another one, the dev questions of PubMedQA with their whole abstracts, and those on the held-out judged
    passages, a part of them also among other passages.
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
    judged = list(judged_questions(p for p in read_passages(root) if p.is_dev))
    yield from judged
    yield from among_others(judged)


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


def among_others(questions: Sequence[dict]) -> Iterator[dict]:
    """Yields one of :data:`AMONG_EVERY` questions with the :data:`OTHERS` passages of other questions that share most
    words with it, as a search in a folder finds them. The answer stays, because the passages are about other things."""
    words = {p: _words(p) for q in questions for p in q["passages"]}
    for each in questions[::AMONG_EVERY]:
        asked = _words(each["question"])
        others = [p for p in words if p not in each["passages"]]
        nearest = sorted(others, key=lambda p: len(asked & words[p]), reverse=True)[:OTHERS]
        yield {**each, "passages": [*each["passages"], *nearest]}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))
