"""Pairs of a question or title and a passage of the same document. Texts of test sets are excluded."""

import logging
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..common.dedup import TestText, sentences_of
from ..common.sources import SOURCES, Source, raw_documents
from ..questions.data.asked import read_asked, training_part
from ..questions.data.mixture import tested_text

log = logging.getLogger(__name__)

#: Words of the longest title or question; a longer first paragraph is text.
MAX_TITLE = 40
#: Largest number of paragraphs that are read of a full text, chosen at random: a run sees only some of them.
PARAGRAPHS = 6
#: Words of the shortest passage. Search by meaning reads passages of a sentence as well as of a paragraph.
MIN_PASSAGE = 12


class Document(NamedTuple):
    """A title or question, and the sentences of each paragraph of the text that belongs to it."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    full_text: bool


class Pair(NamedTuple):
    """A question or title, and a passage."""

    question: str
    passage: str


def read_documents(root: Path) -> list[Document]:
    """Reads the sources of pre-training text, and our questions on abstracts, each with its abstract."""
    test = tested_text(root)
    documents = [document for source in SOURCES for document in _documents(root, source, test)]
    asked = [
        document
        for q in training_part(read_asked(root))
        if (document := _document(q.text, [q.abstract], False, test))
    ]
    log.info("%d documents, %d questions on abstracts", len(documents), len(asked))
    return documents + asked


def _documents(root: Path, source: Source, test: TestText) -> Iterator[Document]:
    rng = random.Random(1)
    for paragraphs in raw_documents(root / "pretrain" / source.name):
        texts = [" ".join(paragraph.split()) for paragraph in paragraphs]
        if len(texts[0].split()) > MAX_TITLE:
            # The first sentence of a record without a title says what it is about.
            first, *others = sentences_of(texts[0])
            texts = [first, " ".join(others), *texts[1:]]
        title, rest = texts[0], [text for text in texts[1:] if len(text.split()) >= MIN_PASSAGE]
        if source.full_text:
            rest = rng.sample(rest, min(PARAGRAPHS, len(rest)))
        found = _document(title, rest, source.full_text, test)
        if found:
            yield found


def _document(title: str, texts: Sequence[str], full_text: bool, test: TestText) -> Document | None:
    """Returns a document without the paragraphs that test sets contain. None if none is left."""
    paragraphs = tuple(tuple(sentences_of(text)) for text in texts if not test.holds(text))
    if not paragraphs or len(title.split()) > MAX_TITLE or test.holds(title):
        return None
    return Document(title, paragraphs, full_text)


def draw_pairs(
    documents: Sequence[Document], rng: random.Random, passages: int, words: int
) -> Iterator[Pair]:
    """Yields one pair of each document, ``passages`` of a full text. Passages are whole sentences of at most ``words``
    words, at a random place and of a random length."""
    for document in documents:
        count = min(passages if document.full_text else 1, len(document.paragraphs))
        for sentences in rng.sample(document.paragraphs, count):
            yield Pair(document.title, _passage(sentences, rng, words))


def _passage(sentences: Sequence[str], rng: random.Random, words: int) -> str:
    room = rng.randint(MIN_PASSAGE, words)
    taken: list[str] = []
    # The first sentence is taken in any case, so that a long one is cut off instead of left out.
    for sentence in sentences[rng.randrange(len(sentences)) :]:
        if taken and len(taken) + len(sentence.split()) > room:
            break
        taken += sentence.split()
    return " ".join(taken[:words])
