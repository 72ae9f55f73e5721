"""The kinds of training examples: spans in a context, verdicts on a context, and pairs of texts with one meaning."""

import re
from collections.abc import Iterable
from typing import NamedTuple

YES, NO, MAYBE = 0, 1, 2
VERDICTS = ("yes", "no", "maybe")


class SpanExample(NamedTuple):
    """A question, a context, and the answers in the context.

    ``answers``: half-open ranges of code points; empty if the context does not answer the question. ``group``: the
    source of the context; contexts of one group have the same topic.
    """

    question: str
    context: str
    answers: tuple[tuple[int, int], ...]
    group: str


class VerdictExample(NamedTuple):
    """A yes-no question with its context. ``maybe``: whether its annotators could choose maybe."""

    question: str
    context: str
    verdict: int
    maybe: bool


class Pair(NamedTuple):
    """Two texts with one meaning, such as a question and a passage. Pairs of one ``group`` have the same meaning."""

    left: str
    right: str
    group: str


def occurrences(context: str, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Returns all occurrences of ``names`` in ``context`` as whole words, ignoring case, as ranges of code points."""
    ranges = set()
    for name in names:
        name = name.strip()
        if name:
            pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
            ranges.update(m.span() for m in re.finditer(pattern, context, re.IGNORECASE))
    return tuple(sorted(ranges))
