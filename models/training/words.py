"""Running text → sentences in words, with tags from character spans, as the IOB corpora come."""

import re
from collections.abc import Iterable, Iterator

from .iob import Sentence

_WORD = re.compile(r"[^\W_]+|[^\s\w]|_")
_END = re.compile(r"(?<=[.?!])\s+(?=[\"'(\[]?[A-Z0-9])|\n+")


def tagged_sentences(text: str, spans: Iterable[tuple[int, int, str]] = ()) -> Iterator[Sentence]:
    """Yields the sentences of ``text``; ``spans`` are names ``(start, end, tag)`` in characters.

    A name is never cut by the end of a sentence. Of overlapping names the longest stays; one that
    begins or ends inside a word covers the whole word.
    """
    names = _without_overlap(spans)
    ends = [m.start() for m in _END.finditer(text)
            if not any(start < m.end() and m.start() < end for start, end, _ in names)]
    start = 0
    for end in (*ends, len(text)):
        words = list(_WORD.finditer(text, start, end))
        if words:
            yield Sentence(tuple(w.group() for w in words), tuple(_tags(words, names)))
        start = end


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name, as :func:`tagged_sentences` cuts them."""
    return tuple(_WORD.findall(text))


def _without_overlap(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or k[1] <= span[0] for k in kept):
            kept.append(span)
    return sorted(kept)


def _tags(words: list[re.Match[str]], names: list[tuple[int, int, str]]) -> list[str]:
    tags = ["O"] * len(words)
    for start, end, tag in names:
        inside = [i for i, w in enumerate(words) if w.start() < end and start < w.end()]
        for order, index in enumerate(inside):
            tags[index] = f"{'I' if order else 'B'}-{tag}"
    return tags
