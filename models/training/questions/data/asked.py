"""Questions that we asked on abstracts by hand, with the places of their answers.

``asked/abstracts.jsonl`` has questions on abstracts of the pre-training sources, which it names by a hash: ``factoid``
and ``list`` with the forms of each answer as the abstract writes them, and ``none``, a question in the same words that
the abstract does not answer.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...common.keyed_texts import annotated_texts
from .bioasq import is_dev
from .examples import Pair, SpanExample, occurrences

ASKED = Path(__file__).parent / "asked" / "abstracts.jsonl"


class AskedQuestion(NamedTuple):
    """A question on an abstract. ``answers``: the forms of all answers; empty if the abstract does not answer it."""

    text: str
    answers: tuple[tuple[str, ...], ...]
    abstract: str
    key: str


def read_asked(root: Path, file: Path = ASKED) -> list[AskedQuestion]:
    """Reads the questions whose abstracts are in the corpora of ``root``.

    Raises ``ValueError`` if an abstract lacks a form of an answer.
    """
    questions = []
    for line, abstract in annotated_texts(root, file):
        for each in line["questions"]:
            answers = tuple(tuple(forms) for forms in each["answers"])
            for form in (form for forms in answers for form in forms):
                if not occurrences(abstract, [form]):
                    raise ValueError(f"the abstract of {each['q']!r} lacks the answer {form!r}")
            questions.append(AskedQuestion(each["q"], answers, abstract, line["text"]))
    return questions


def training_part(questions: Iterable[AskedQuestion]) -> list[AskedQuestion]:
    """Returns the questions that are not held out."""
    return [q for q in questions if not is_dev(q.text)]


def asked_spans(questions: Iterable[AskedQuestion]) -> list[SpanExample]:
    """Returns an example on the whole abstract for each question. Those of kind ``none`` have no answer."""
    return [
        SpanExample(
            q.text, q.abstract, occurrences(q.abstract, (f for forms in q.answers for f in forms)), q.key
        )
        for q in questions
    ]


def asked_pairs(questions: Iterable[AskedQuestion], words: int) -> Iterator[Pair]:
    """Yields pairs of a question and about ``words`` words around its first answer."""
    for q in questions:
        if q.answers:
            ((start, end), *_) = occurrences(q.abstract, q.answers[0])
            before, after = q.abstract[:start].split(), q.abstract[end:].split()
            half = words // 2
            around = [*before[-half:], q.abstract[start:end], *after[:half]]
            yield Pair(q.text, " ".join(around), q.key)
