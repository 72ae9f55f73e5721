"""Reads PubTator files: title and abstract, with mentions by character offset (Wei et al. 2013)."""

import re
from collections.abc import Iterator
from pathlib import Path

from .iob import Sentence
from .words import tagged_sentences


def pubtator_documents(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Yields (identifier, title and abstract joined by a line break, rows of fields) of each document.

    Offsets count characters of the title, one separator, and the abstract.
    """
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = block.strip("\n").split("\n")
        if len(lines) < 2 or "|t|" not in lines[0]:
            continue
        document, _, title = lines[0].split("|", 2)
        text = f"{title}\n{lines[1].split('|', 2)[2]}"
        yield document, text, [line.split("\t") for line in lines[2:] if "\t" in line]


def read_pubtator(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a PubTator file in their order, tagged with the types of the file."""
    for _, text, rows in pubtator_documents(path):
        yield from tagged_sentences(
            text, ((int(r[1]), int(r[2]), r[4]) for r in rows if len(r) > 4 and r[1].isdigit())
        )
