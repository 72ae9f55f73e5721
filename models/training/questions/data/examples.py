"""Training examples: spans of a context, verdicts on a context, and pairs of texts that belong together."""

import re
from collections.abc import Iterable
from typing import NamedTuple

YES, NO, MAYBE = 0, 1, 2
VERDICTS = ("yes", "no", "maybe")


class SpanExample(NamedTuple):
    """A question, a context, and every place of the context that answers; none where it does not.

    ``answers``: half-open ranges of code points. ``group``: what the context was cut from; contexts
    of one group are about the same matter.
    """

    question: str
    context: str
    answers: tuple[tuple[int, int], ...]
    group: str


class VerdictExample(NamedTuple):
    """A yes-no question with its context. ``maybe``: whether its annotators could say maybe."""

    question: str
    context: str
    verdict: int
    maybe: bool


class Pair(NamedTuple):
    """Two texts with one meaning, such as a question and a passage; ``group`` says which pairs agree."""

    left: str
    right: str
    group: str


def occurrences(context: str, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Returns the places of any of ``names`` in ``context`` as whole words, whatever the letter case."""
    found = set()
    for name in names:
        name = name.strip()
        if name:
            pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
            found.update(m.span() for m in re.finditer(pattern, context, re.IGNORECASE))
    return tuple(sorted(found))
