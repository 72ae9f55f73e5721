"""Texts with mentions and annotated relations between them, the format that all readers of corpora return."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Types of mentions, in the order in which an undirected pair names them.
TYPES = ("Chemical", "Gene", "Disease", "Variant")


class Mention(NamedTuple):
    """A mention at the characters ``[start, end)`` of a text. ``concepts``: its identifiers; empty if the corpus has
    none for it. ``is_masked``: whether the corpus contains a placeholder instead of the name."""

    start: int
    end: int
    type: str
    concepts: tuple[str, ...] = ()
    is_masked: bool = False


class Target(NamedTuple):
    """The gold labels of one pair for ``head``; ``labels`` is empty if the pair is unrelated.

    ``pairs``: numbers of the mentions (subject, object) between which the text may state the relation; one
    pair of mentions, or several for a pair of concepts. ``key`` identifies the pair in the gold file.
    """

    head: str
    labels: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    key: tuple[str, str] = ("", "")


class Text(NamedTuple):
    """A sentence or an abstract. ``missed``: ``(head, label)`` of gold relations that are not among the
    candidate pairs; they count as missed in the recall."""

    id: str
    text: str
    mentions: tuple[Mention, ...]
    targets: tuple[Target, ...]
    missed: tuple[tuple[str, str], ...] = ()


_BREAK = re.compile(r"(?<=[.!?])[)\]\"']?\s+(?=[\"'(\[]?[A-Z0-9])|\n")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|et al|sp|spp|cf|ca|approx|resp|Fig|Figs|No|St|Dr|Inc|Ltd|Eq|Ref|Refs)"
    r"|\b[A-Z])\.$"
)


def sentences(text: str, mentions: Sequence[Mention] = ()) -> list[tuple[int, int]]:
    """Returns the spans of the sentences. No sentence ends inside a mention or after a common abbreviation."""
    spans, start = [], 0
    for match in _BREAK.finditer(text):
        at = match.start()
        inside = any(m.start < match.end() and at < m.end for m in mentions)
        if match.group() != "\n" and (inside or _NO_END.search(text[max(0, at - 8) : at])):
            continue
        if at > start:
            spans.append((start, at))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def sentence_of(spans: Sequence[tuple[int, int]], mention: Mention) -> int:
    """Returns the number of the sentence in which a mention begins."""
    return max((i for i, (start, _) in enumerate(spans) if start <= mention.start), default=0)


def by_concept(mentions: Sequence[Mention]) -> dict[tuple[str, str], list[int]]:
    """Returns the numbers of the mentions of each concept (type, identifier), in order of appearance."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, mention in enumerate(mentions):
        for concept in mention.concepts:
            numbers.setdefault((mention.type, concept), []).append(number)
    return numbers


def crossed(left: Sequence[int], right: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Returns all pairs of two lists of mentions, except pairs of a mention with itself."""
    return tuple((a, b) for a in left for b in right if a != b)


def concept_pairs(concepts: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yields each unordered pair once. The concept whose type comes first in :data:`TYPES` is the subject."""
    for index, first in enumerate(concepts):
        for second in concepts[index + 1 :]:
            yield tuple(sorted((first, second), key=lambda c: TYPES.index(c[0])))
