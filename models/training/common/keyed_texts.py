"""Finds abstracts of the pre-training sources by a hash of their text.

Our own annotations of abstracts name them by this hash, so that the repository does not contain the abstracts.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from pathlib import Path

from .sources import raw_documents

log = logging.getLogger(__name__)

#: Sources with abstracts that people have annotated.
ANNOTATED_SOURCES = (
    "asreview_sysrev_abstracts", "screening_abstracts_new", "ohsumed_single23", "abstracts_from_train_corpora",
)  # fmt: skip


def text_key(text: str) -> str:
    """Returns the hash of a text."""
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def json_lines(file: Path) -> list[dict]:
    """Reads a JSON Lines file. Its lines end only at line feeds: a JSON string may contain other separators."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def annotated_texts(root: Path, file: Path) -> list[tuple[dict, str]]:
    """Returns the lines of a file of annotations, each with the text that its field ``text`` names. See
    :func:`find_texts`."""
    lines = json_lines(file)
    texts = find_texts(root, (line["text"] for line in lines))
    return [(line, texts[line["text"]]) for line in lines if line["text"] in texts]


def find_texts(root: Path, keys: Iterable[str]) -> dict[str, str]:
    """Returns the texts with these keys, by key. ``root``: the folder of the corpora. A text that is not there is left
    out with a warning."""
    wanted = set(keys)
    found: dict[str, str] = {}
    for name in ANNOTATED_SOURCES if wanted else ():
        for document in raw_documents(root / "pretrain" / name):
            text = " ".join(" ".join(document).split())
            key = text_key(text)
            if key in wanted:
                found.setdefault(key, text)
    if len(found) < len(wanted):
        log.warning(
            "%d of %d annotated abstracts are not in the corpora of %s",
            len(wanted) - len(found),
            len(wanted),
            root,
        )
    return found
