"""Converts texts to model input: tokens with typed markers around every mention, windows, pairs and batches."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer

from ...common.encoder import Encoder
from ...common.shapes import shape_of
from .heads import BY_NAME, HEADS
from .texts import TYPES, Mention, Target, Text, sentences

#: Largest number of tokens in a row, without [CLS] and [SEP].
MAX_LENGTH = 510


class Markers(NamedTuple):
    """Ids of the tokens before (``open``) and after (``close``) a mention, by its type."""

    open: dict[str, int]
    close: dict[str, int]

    @classmethod
    def of(cls, encoder: Encoder) -> "Markers":
        """Uses spare entries of the vocabulary as markers. Raises ``ValueError`` if there are too few."""
        vocabulary = encoder.vocabulary()
        spare = sorted(i for word, i in vocabulary.items() if word.startswith("[unused"))
        if len(spare) < 2 * len(TYPES):
            raise ValueError("the vocabulary has too few [unused] entries for the markers")
        return cls(
            {t: spare[2 * i] for i, t in enumerate(TYPES)}, {t: spare[2 * i + 1] for i, t in enumerate(TYPES)}
        )


class TextTokens(NamedTuple):
    """The tokens of a text; all arrays are [tokens]. ``starts``, ``ends``: offsets in characters."""

    ids: np.ndarray
    shapes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Row(NamedTuple):
    """An input row without [CLS] and [SEP]. ``marker``: from the number of a mention in the row to the position of its
    opening marker."""

    ids: np.ndarray
    shapes: np.ndarray
    marker: dict[int, int]


@dataclass
class Unit:
    """The rows of one text with their targets.

    ``pairs``: for each target, its pairs of mentions as (row, position of the marker of the subject, of the object).
    Positions count [CLS].
    """

    rows: list[Row]
    targets: list[Target] = field(default_factory=list)
    pairs: list[list[tuple[int, int, int]]] = field(default_factory=list)
    text: Text | None = None

    @property
    def size(self) -> int:
        """Number of tokens in its longest row, special tokens included."""
        return max(len(row.ids) for row in self.rows) + 2


class RowEncoder:
    """Builds rows with the vocabulary of one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.markers = encoder, Markers.of(encoder)
        self._tokenizer: Tokenizer = encoder._tokenizer
        self._cache: dict[str, TextTokens] = {}

    def tokens(self, text: str) -> TextTokens:
        """Returns the tokens of a text. They are cached, because every epoch needs them."""
        if text not in self._cache:
            self._cache[text] = self._encode(text)
        return self._cache[text]

    def _encode(self, text: str) -> TextTokens:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        words: dict[int, list[int]] = {}
        for word, (start, end) in zip(encoding.word_ids, encoding.offsets):
            span = words.setdefault(word, [start, end])
            span[1] = end
        shapes = {word: shape_of(text[a:b]) for word, (a, b) in words.items()}
        starts, ends = zip(*encoding.offsets) if encoding.offsets else ((), ())
        columns = (encoding.ids, [shapes[w] for w in encoding.word_ids], starts, ends)
        return TextTokens(*(np.asarray(c, dtype=np.int64) for c in columns))

    def row(self, text: Text, span: tuple[int, int], masked_mentions: frozenset[int] = frozenset()) -> Row:
        """Returns the row of the characters ``span`` of a text, with markers around its mentions.

        The opening marker is before the first token that overlaps the mention, the closing marker after the last token
        that begins in it. Of mentions that begin at the same token, the longest opens first. ``masked_mentions``:
        numbers of mentions whose names are replaced by one [MASK].
        """
        tokens = self.tokens(text.text)
        first, last = np.searchsorted(tokens.starts, span)
        opens: dict[int, list[int]] = {}
        closes: dict[int, list[int]] = {}
        masked = np.zeros(len(tokens.ids), dtype=bool)
        for number, mention in enumerate(text.mentions):
            a, b = _token_range(tokens, mention)
            if a < first or b > last or a >= b:
                continue
            opens.setdefault(a, []).append(number)
            closes.setdefault(b - 1, []).append(number)
            if mention.is_masked or number in masked_mentions:
                masked[a:b] = True
        return self._write(text, tokens, range(first, last), opens, closes, masked)

    def _write(
        self,
        text: Text,
        tokens: TextTokens,
        span: range,
        opens: dict[int, list[int]],
        closes: dict[int, list[int]],
        masked: np.ndarray,
    ) -> Row:
        ids: list[int] = []
        shapes: list[int] = []
        marker: dict[int, int] = {}

        def write(token: int, shape: int) -> None:
            ids.append(token)
            shapes.append(shape)

        for place in span:
            for number in sorted(opens.get(place, ()), key=lambda n: -text.mentions[n].end):
                marker[number] = len(ids)
                write(self.markers.open[text.mentions[number].type], 0)
            if not masked[place]:
                write(tokens.ids[place], tokens.shapes[place])
            elif place == span.start or not masked[place - 1] or place in opens:
                write(self.encoder.special.mask, 0)
            for number in sorted(closes.get(place, ()), key=lambda n: -text.mentions[n].start):
                write(self.markers.close[text.mentions[number].type], 0)
        return Row(np.asarray(ids, np.int64), np.asarray(shapes, np.int64), marker)

    def windows(self, text: Text, max_length: int = MAX_LENGTH) -> list[tuple[int, int]]:
        """Returns spans of whole sentences that fit into one row and together cover the text.

        Every span but the first also contains as many sentences before it as fit. A sentence that is longer than
        ``max_length`` tokens gets its own span.
        """
        spans = sentences(text.text, text.mentions)
        sizes = [self._size(text, span) for span in spans]
        windows, start = [], 0
        while start < len(spans):
            end, size = start, 0
            while end < len(spans) and (end == start or size + sizes[end] <= max_length):
                size += sizes[end]
                end += 1
            begin = start
            while begin > 0 and size + sizes[begin - 1] <= max_length:
                begin -= 1
                size += sizes[begin]
            windows.append((spans[begin][0], spans[end - 1][1]))
            start = end
        return windows

    def _size(self, text: Text, span: tuple[int, int]) -> int:
        tokens = self.tokens(text.text)
        first, last = np.searchsorted(tokens.starts, span)
        return int(last - first) + 2 * sum(span[0] <= m.start < span[1] for m in text.mentions)

    def unit(
        self,
        text: Text,
        spans: Sequence[tuple[int, int]],
        targets: Sequence[Target],
        masked_mentions: frozenset[int] = frozenset(),
        max_length: int = MAX_LENGTH,
    ) -> Unit:
        """Returns the rows of these spans with those targets that have a pair of mentions in one row."""
        rows = [_truncate(self.row(text, span, masked_mentions), max_length) for span in spans]
        unit = Unit(rows, text=text)
        for target in targets:
            pairs = [p for p in (_positions(rows, a, b) for a, b in target.pairs) if p]
            if pairs:
                unit.targets.append(target)
                unit.pairs.append(pairs)
        return unit


def _token_range(tokens: TextTokens, mention: Mention) -> tuple[int, int]:
    first = int(np.searchsorted(tokens.ends, mention.start, side="right"))
    return first, int(np.searchsorted(tokens.starts, mention.end, side="left"))


def _truncate(row: Row, max_length: int) -> Row:
    """Truncates a row to ``max_length`` tokens. Only a single sentence can be longer than that."""
    kept = {number: place for number, place in row.marker.items() if place < max_length}
    return Row(row.ids[:max_length], row.shapes[:max_length], kept)


def _positions(rows: Sequence[Row], first: int, second: int) -> tuple[int, int, int] | None:
    """Returns (row, position, position) of the markers of two mentions in the first row that contains both."""
    for number, row in enumerate(rows):
        if first in row.marker and second in row.marker:
            return number, row.marker[first] + 1, row.marker[second] + 1
    return None


def units_of(
    text: Text,
    encoder: RowEncoder,
    packing: str,
    max_length: int = MAX_LENGTH,
    masked_mentions: frozenset[int] = frozenset(),
) -> list[Unit]:
    """Returns the units of a text for training or inference.

    ``packing``: with ``window``, a row has as many sentences as fit; with ``sentence``, it has one. A text with a head
    whose relations may cross sentences is always read in windows.
    """
    if packing == "window" or any(BY_NAME[t.head].scope == "document" for t in text.targets):
        return [
            encoder.unit(text, encoder.windows(text, max_length), text.targets, masked_mentions, max_length)
        ]
    units = (
        encoder.unit(text, [span], text.targets, masked_mentions, max_length)
        for span in sentences(text.text, text.mentions)
    )
    return [unit for unit in units if unit.targets]


def choose_masked_mentions(text: Text, share: float, rng: random.Random) -> frozenset[int]:
    """Draws the mentions to mask in training. All mentions of a concept are masked together."""
    if share <= 0:
        return frozenset()
    drawn: dict[object, bool] = {}
    return frozenset(
        number
        for number, m in enumerate(text.mentions)
        if drawn.setdefault((m.type, m.concepts) if m.concepts else number, rng.random() < share)
    )


def batches(units: Sequence[Unit], tokens: int, rng: random.Random | None) -> list[list[Unit]]:
    """Groups units of similar length into batches of at most ``tokens`` tokens, padding included.

    ``rng``: makes the order of the batches random; default: shortest first.
    """
    tie = rng or random.Random(0)
    ordered = sorted(units, key=lambda u: (u.size, tie.random()))
    batched: list[list[Unit]] = []
    rows = 0
    for unit in ordered:
        rows += len(unit.rows)
        if not batched or rows * unit.size > tokens:
            batched.append([])
            rows = len(unit.rows)
        batched[-1].append(unit)
    if rng:
        rng.shuffle(batched)
    return batched


def tensors(batch: Sequence[Unit], encoder: Encoder) -> dict[str, torch.Tensor]:
    """Returns the padded tensors of a batch.

    ``input_ids``, ``attention_mask``, ``token_type_ids`` [rows, length]; ``pairs`` [n, 3]; ``target`` [n]: number of
    the target of each pair; ``head`` and ``label`` [targets], where label 0 is "none".
    """
    rows = [row for unit in batch for row in unit.rows]
    length = max(len(row.ids) for row in rows) + 2
    ids = np.full((len(rows), length), encoder.special.pad, dtype=np.int64)
    shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
    for number, row in enumerate(rows):
        end = len(row.ids) + 1
        ids[number, 0], ids[number, end] = encoder.special.cls, encoder.special.sep
        ids[number, 1:end], shapes[number, 1:end] = row.ids, row.shapes
        mask[number, : end + 1] = 1
    pairs, owner, head, label, base = [], [], [], [], 0
    for unit in batch:
        for target, target_pairs in zip(unit.targets, unit.pairs, strict=True):
            pairs.extend((base + row, a, b) for row, a, b in target_pairs)
            owner.extend([len(head)] * len(target_pairs))
            names = BY_NAME[target.head].labels
            head.append(HEADS.index(BY_NAME[target.head]))
            label.append(1 + names.index(target.labels[0]) if target.labels else 0)
        base += len(unit.rows)
    arrays = {
        "input_ids": ids,
        "attention_mask": mask,
        "token_type_ids": shapes,
        "pairs": np.asarray(pairs, np.int64).reshape(-1, 3),
        "target": owner,
        "head": head,
        "label": label,
    }
    return {name: torch.as_tensor(np.asarray(a, dtype=np.int64)) for name, a in arrays.items()}
