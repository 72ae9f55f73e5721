"""Stores clean text as packed tokens. They are written once for each vocabulary and read by every run with it."""

import logging
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...common.dedup import read_test_text
from ...common.encoder import Encoder
from ...common.folders import write_json
from ...common.sources import SOURCES, Cleaner, documents, is_held_out

log = logging.getLogger(__name__)


class PackedTokens(NamedTuple):
    """The tokens of all documents of one source, with [SEP] after each document.

    ``ids`` [tokens] uint16; ``marks`` [tokens] uint8: the case shape of the word, plus 4 at its first token.
    """

    ids: np.ndarray
    marks: np.ndarray

    @property
    def shapes(self) -> np.ndarray:
        """Case shape of each token (see ``common/shapes.py``)."""
        return self.marks & 3

    @property
    def starts(self) -> np.ndarray:
        """1 at the first token of each word, otherwise 0."""
        return self.marks >> 2


def pack(root: Path, start: Path, out: Path, limit: int | None = None) -> None:
    """Writes ``<source>.npz`` with training and held-out tokens, and ``pack.json`` with the counts.

    ``limit``: approximate largest number of tokens of a source; default: all. Raises ``ValueError`` if the vocabulary
    has more than 65,536 entries.
    """
    encoder = Encoder(start)
    if encoder.vocabulary_size > 1 << 16:
        raise ValueError("packed tokens have 16 bits: choose a vocabulary of at most 65,536 entries")
    out.mkdir(parents=True, exist_ok=True)
    cleaner = Cleaner(read_test_text(root))
    report = {}
    for source in SOURCES:
        train, held = _Stream(encoder), _Stream(encoder)
        for text in documents(root, source, cleaner):
            (held if is_held_out(text) else train).add(text)
            if limit and len(train.ids) >= limit:
                break
        arrays = {**train.arrays("train"), **held.arrays("held")}
        np.savez(out / f"{source.name}.npz", **arrays)  # type: ignore[arg-type]
        report[source.name] = {"train": len(train.ids), "held": len(held.ids)}
        log.info(
            "%s: %s tokens for training, %s held out",
            source.name,
            f"{len(train.ids):,}",
            f"{len(held.ids):,}",
        )
    counts = {"pieces": report, "cleaning": dict(cleaner.counts)}
    write_json(out / "pack.json", counts)


def read_packed(folder: Path, part: str) -> dict[str, PackedTokens]:
    """Reads the tokens of each source. ``part``: ``train`` or ``held``.

    Raises ``FileNotFoundError`` if the folder contains no packed tokens of a source.
    """
    packed = {}
    for source in SOURCES:
        path = folder / f"{source.name}.npz"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: run python -m training encoder-pack first")
        with np.load(path) as arrays:
            packed[source.name] = PackedTokens(arrays[f"{part}_ids"], arrays[f"{part}_marks"])
    return packed


class _Stream:
    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.ids: list[int] = []
        self.marks: list[int] = []

    def add(self, text: str) -> None:
        ids, marks = self.ids, self.marks
        for word in text.split():
            for tokens, shape in self.encoder.word(word):
                ids.extend(tokens)
                marks.append(shape + 4)
                marks.extend([shape] * (len(tokens) - 1))
        ids.append(self.encoder.special.sep)
        marks.append(4)

    def arrays(self, part: str) -> dict[str, np.ndarray]:
        return {
            f"{part}_ids": np.asarray(self.ids, np.uint16),
            f"{part}_marks": np.asarray(self.marks, np.uint8),
        }
