"""Reader of PubTator files: title and abstract with mentions by character offset (Wei et al. 2013)."""

import re
from collections.abc import Iterator
from pathlib import Path

from .iob import Sentence
from .words import tagged_sentences


def read_pubtator(path: Path) -> Iterator[Sentence]:
    """Yields the sentences of a PubTator file in order, tagged with its own type names.

    Offsets count characters of the title, one separator, and the abstract.
    """
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = block.strip("\n").split("\n")
        if len(lines) < 2 or "|t|" not in lines[0]:
            continue
        text = "\n".join(line.split("|", 2)[2] for line in lines[:2])
        rows = (line.split("\t") for line in lines[2:])
        yield from tagged_sentences(
            text, ((int(r[1]), int(r[2]), r[4]) for r in rows if len(r) > 4 and r[1].isdigit()))
