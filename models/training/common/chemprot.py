"""Reads ChemProt (Krallinger et al. 2017) and DrugProt (Miranda et al. 2021): abstracts with tables of mentions."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .iob import Sentence
from .words import tagged_sentences

#: Identifier, tag, first character and last character + 1.
MentionRow = tuple[str, str, int, int]


def table_rows(path: Path) -> list[list[str]]:
    """Returns the fields of each line that is not empty."""
    with path.open(encoding="utf-8") as lines:
        return [line.rstrip("\r\n").split("\t") for line in lines if line.strip()]


def chemprot_documents(abstracts: Path, entities: Path) -> Iterator[tuple[str, str, list[MentionRow]]]:
    """Yields (identifier, title and abstract joined by a line break, mentions) of each document.

    Mentions are in text order; of nested mentions, the outer one comes first.
    """
    mentions: dict[str, list[MentionRow]] = defaultdict(list)
    for document, name, tag, start, end, _ in table_rows(entities):
        mentions[document].append((name, tag, int(start), int(end)))
    for document, title, abstract in table_rows(abstracts):
        in_order = sorted(mentions[document], key=lambda m: (m[2], -m[3]))
        yield document, f"{title}\n{abstract}", in_order


def read_chemprot(abstracts: Path) -> Iterator[Sentence]:
    """Yields the sentences of a table of abstracts, with the mentions of the table in the same folder as tags."""
    entities = abstracts.with_name(abstracts.name.replace("_abstracts", "_entities"))
    for _, text, mentions in chemprot_documents(abstracts, entities):
        yield from tagged_sentences(text, ((start, end, tag) for _, tag, start, end in mentions))
