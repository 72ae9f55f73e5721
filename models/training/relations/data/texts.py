"""Texts with mentions and the annotated relations of pairs of mentions, as all readers return them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Types of mentions, in the order in which an undirected pair names them.
TYPES = ("Chemical", "Gene", "Disease", "Variant")


class Mention(NamedTuple):
    """Characters ``[start, end)`` of a text. ``concepts``: identifiers that it stands for; empty
    where the corpus names none. ``hidden``: the corpus itself has masked the name."""

    start: int
    end: int
    type: str
    concepts: tuple[str, ...] = ()
    hidden: bool = False


class Target(NamedTuple):
    """What ``head`` should say of one pair: ``labels`` (empty: none of its relations holds).

    ``pairs``: numbers of the mentions (subject, object) in which the text may state it; one for
    a pair of mentions, several for a pair of concepts. ``key`` names the pair in the gold file.
    """

    head: str
    labels: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    key: tuple[str, str] = ("", "")


class Text(NamedTuple):
    """One text (a sentence, an abstract). ``missed``: gold relations of no candidate pair, so
    that recall counts them: ``(head, label)``."""

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
    """Spans of the sentences; none ends inside a mention or after a common abbreviation."""
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
    """Number of the sentence in which a mention begins."""
    return max((i for i, (start, _) in enumerate(spans) if start <= mention.start), default=0)


def by_concept(mentions: Sequence[Mention]) -> dict[tuple[str, str], list[int]]:
    """Numbers of the mentions of each concept, by (type, identifier), in order of appearance."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, mention in enumerate(mentions):
        for concept in mention.concepts:
            found.setdefault((mention.type, concept), []).append(number)
    return found


def crossed(left: Sequence[int], right: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """All pairs of two lists of mentions, a mention with itself left out."""
    return tuple((a, b) for a in left for b in right if a != b)


def concept_pairs(concepts: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Each unordered pair once; the type that comes first in :data:`TYPES` is the subject."""
    for index, first in enumerate(concepts):
        for second in concepts[index + 1 :]:
            yield tuple(sorted((first, second), key=lambda c: TYPES.index(c[0])))
