"""Splits a text into sentences and words, and converts character spans to tags, as in IOB corpora."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .iob import Sentence

#: First character, last character + 1, tag.
Name = tuple[int, int, str]

_WORD = re.compile(r"[^\W_]+|[^\s\w]|_")
_END = re.compile(r"(?<=[.?!])\s+(?=[\"'(\[]?[A-Z0-9])|\n+")


def tagged_sentences(text: str, spans: Iterable[Name] = ()) -> Iterator[Sentence]:
    """Yields the sentences of ``text``. ``spans``: names as ``(start, end, tag)`` in characters.

    No sentence ends inside a name. Of overlapping names, the longest is kept. A name that begins or ends inside a word
    covers the whole word.
    """
    names = _without_overlap(spans)
    starts = [start for start, _, _ in names]
    ends = [m.start() for m in _END.finditer(text) if not _between(names, starts, m.start(), m.end())]
    start = 0
    for end in (*ends, len(text)):
        words = list(_WORD.finditer(text, start, end))
        if words:
            inside = _between(names, starts, start, end)
            yield Sentence(tuple(w.group() for w in words), tuple(_tags(words, inside)))
        start = end


def words_of(text: str) -> tuple[str, ...]:
    """Splits a text into words, as :func:`tagged_sentences` does."""
    return tuple(_WORD.findall(text))


def _between(names: Sequence[Name], starts: Sequence[int], start: int, end: int) -> Sequence[Name]:
    """Returns the names that overlap ``[start, end)``. ``names`` must be sorted and must not overlap."""
    first = max(0, bisect_right(starts, start) - 1)
    if first < len(names) and names[first][1] <= start:
        first += 1
    return names[first : bisect_left(starts, end)]


def _without_overlap(spans: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        place = bisect_left(kept, span)
        before_ends = place == 0 or kept[place - 1][1] <= span[0]
        if before_ends and (place == len(kept) or span[1] <= kept[place][0]):
            kept.insert(place, span)
    return kept


def _tags(words: list[re.Match[str]], names: Sequence[Name]) -> list[str]:
    tags = ["O"] * len(words)
    for start, end, tag in names:
        inside = [i for i, w in enumerate(words) if w.start() < end and start < w.end()]
        for order, index in enumerate(inside):
            tags[index] = f"{'I' if order else 'B'}-{tag}"
    return tags
