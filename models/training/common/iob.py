"""Reads IOB files: a token and its tag on each line, a blank line between sentences."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

#: Tag, first word and last word + 1.
Span = tuple[str, int, int]
#: Takes the words and the spans of a sentence. Returns further spans.
Derivation = Callable[[Sequence[str], Sequence[Span]], list[Span]]


class Sentence(NamedTuple):
    """A sentence of a corpus: its words, and a tag (``O``, ``B-x`` or ``I-x``) for each word."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_iob(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a file with one ``token<TAB>tag`` on each line and a blank line between sentences.

    Raises ``ValueError`` with file and line number if a line has no tag.
    """
    words: list[str] = []
    tags: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 1 and not fields[0].strip():
                if words:
                    yield Sentence(tuple(words), tuple(tags))
                words, tags = [], []
                continue
            if len(fields) < 2:
                raise ValueError(f"{path}:{number}: expected token<TAB>tag")
            words.append(fields[0])
            tags.append(fields[-1].strip())
    if words:
        yield Sentence(tuple(words), tuple(tags))


def spans_of(tags: Sequence[str]) -> list[Span]:
    """Returns the entities of a tag sequence as ``(tag, first word, last word + 1)``.

    As in conlleval, an ``I-x`` that does not continue an ``x`` starts a new entity.
    """
    spans: list[Span] = []
    name, start = "", 0
    for index, tag in enumerate((*tags, "O")):
        kind, _, label = tag.partition("-")
        if name and (kind != "I" or label != name):
            spans.append((name, start, index))
            name = ""
        if kind != "O" and not name:
            name, start = label, index
    return spans
