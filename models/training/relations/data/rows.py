"""Texts to model input: tokens with typed markers around every mention, windows, pairs, batches."""

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

#: Tokens of a row beside [CLS] and [SEP].
MAX_LENGTH = 510


class Markers(NamedTuple):
    """Ids of the tokens that stand before and after a mention of each type."""

    open: dict[str, int]
    close: dict[str, int]

    @classmethod
    def of(cls, encoder: Encoder) -> "Markers":
        """Takes spare entries of the vocabulary. Raises ``ValueError`` where there are too few."""
        vocabulary = encoder.vocabulary()
        spare = sorted(i for word, i in vocabulary.items() if word.startswith("[unused"))
        if len(spare) < 2 * len(TYPES):
            raise ValueError("the vocabulary has too few [unused] entries for the markers")
        return cls(
            {t: spare[2 * i] for i, t in enumerate(TYPES)}, {t: spare[2 * i + 1] for i, t in enumerate(TYPES)}
        )


class TextTokens(NamedTuple):
    """A text in tokens: ids, case shapes, and the characters ``[start, end)`` of each."""

    ids: np.ndarray
    shapes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Row(NamedTuple):
    """One input row without [CLS] and [SEP]. ``marker``: place of the opening marker of each
    mention of the text that stands in it."""

    ids: np.ndarray
    shapes: np.ndarray
    marker: dict[int, int]


@dataclass
class Unit:
    """Rows that belong together, and what is asked of them: ``pairs`` [n, 3] (row, place of the
    subject's marker, of the object's; both with [CLS] counted), one slice of them a target."""

    rows: list[Row]
    targets: list[Target] = field(default_factory=list)
    pairs: list[list[tuple[int, int, int]]] = field(default_factory=list)
    text: Text | None = None

    @property
    def size(self) -> int:
        """Tokens of its longest row, special ones included."""
        return max(len(row.ids) for row in self.rows) + 2


class RowEncoder:
    """Builds rows with the vocabulary of one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.markers = encoder, Markers.of(encoder)
        self._tokenizer: Tokenizer = encoder._tokenizer
        self._known: dict[str, TextTokens] = {}

    def tokens(self, text: str) -> TextTokens:
        """Tokens of a text; kept, for every epoch asks again."""
        if text not in self._known:
            self._known[text] = self._encode(text)
        return self._known[text]

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

    def row(self, text: Text, span: tuple[int, int], hidden: frozenset[int] = frozenset()) -> Row:
        """The characters ``span`` of a text with its mentions marked; ``hidden`` ones masked.

        The opening marker stands before the first token that reaches into the mention, the
        closing one after the last that begins in it; an outer mention opens first.
        """
        tokens = self.tokens(text.text)
        first, last = np.searchsorted(tokens.starts, span)
        opens: dict[int, list[int]] = {}
        closes: dict[int, list[int]] = {}
        masked = np.zeros(len(tokens.ids), dtype=bool)
        for number, mention in enumerate(text.mentions):
            a, b = _reach(tokens, mention)
            if a < first or b > last or a >= b:
                continue
            opens.setdefault(a, []).append(number)
            closes.setdefault(b - 1, []).append(number)
            if mention.hidden or number in hidden:
                masked[a:b] = True
        return self._write(text, tokens, range(first, last), opens, closes, masked)

    def _write(
        self,
        text: Text,
        tokens: TextTokens,
        reach: range,
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

        for place in reach:
            for number in sorted(opens.get(place, ()), key=lambda n: -text.mentions[n].end):
                marker[number] = len(ids)
                write(self.markers.open[text.mentions[number].type], 0)
            if not masked[place]:
                write(tokens.ids[place], tokens.shapes[place])
            elif place == reach.start or not masked[place - 1] or place in opens:
                write(self.encoder.special.mask, 0)
            for number in sorted(closes.get(place, ()), key=lambda n: -text.mentions[n].start):
                write(self.markers.close[text.mentions[number].type], 0)
        return Row(np.asarray(ids, np.int64), np.asarray(shapes, np.int64), marker)

    def windows(self, text: Text, max_length: int = MAX_LENGTH) -> list[tuple[int, int]]:
        """Spans of whole sentences that fit a row; each but the first reaches back as far as fits."""
        spans = sentences(text.text, text.mentions)
        sizes = [self._size(text, span) for span in spans]
        found, start = [], 0
        while start < len(spans):
            end, size = start, 0
            while end < len(spans) and (end == start or size + sizes[end] <= max_length):
                size += sizes[end]
                end += 1
            begin = start
            while begin > 0 and size + sizes[begin - 1] <= max_length:
                begin -= 1
                size += sizes[begin]
            found.append((spans[begin][0], spans[end - 1][1]))
            start = end
        return found

    def _size(self, text: Text, span: tuple[int, int]) -> int:
        tokens = self.tokens(text.text)
        first, last = np.searchsorted(tokens.starts, span)
        return int(last - first) + 2 * sum(span[0] <= m.start < span[1] for m in text.mentions)

    def unit(
        self,
        text: Text,
        spans: Sequence[tuple[int, int]],
        targets: Sequence[Target],
        hidden: frozenset[int] = frozenset(),
        max_length: int = MAX_LENGTH,
    ) -> Unit:
        """Rows of these spans, and of each target the pairs that stand in one of them together."""
        rows = [_cut(self.row(text, span, hidden), max_length) for span in spans]
        unit = Unit(rows, text=text)
        for target in targets:
            pairs = [p for p in (_placed(rows, a, b) for a, b in target.pairs) if p]
            if pairs:
                unit.targets.append(target)
                unit.pairs.append(pairs)
        return unit


def _reach(tokens: TextTokens, mention: Mention) -> tuple[int, int]:
    first = int(np.searchsorted(tokens.ends, mention.start, side="right"))
    return first, int(np.searchsorted(tokens.starts, mention.end, side="left"))


def _cut(row: Row, max_length: int) -> Row:
    """A single sentence over the limit loses its end, and the mentions in it."""
    kept = {number: place for number, place in row.marker.items() if place < max_length}
    return Row(row.ids[:max_length], row.shapes[:max_length], kept)


def _placed(rows: Sequence[Row], first: int, second: int) -> tuple[int, int, int] | None:
    for number, row in enumerate(rows):
        if first in row.marker and second in row.marker:
            return number, row.marker[first] + 1, row.marker[second] + 1
    return None


def units_of(
    text: Text,
    encoder: RowEncoder,
    packing: str,
    max_length: int = MAX_LENGTH,
    hidden: frozenset[int] = frozenset(),
) -> list[Unit]:
    """A text for training or inference. ``packing``: ``window`` as long as fits; ``sentence``, for
    targets whose head asks for one sentence, each such sentence alone."""
    if packing == "window" or any(BY_NAME[t.head].scope == "document" for t in text.targets):
        return [encoder.unit(text, encoder.windows(text, max_length), text.targets, hidden, max_length)]
    units = (
        encoder.unit(text, [span], text.targets, hidden, max_length)
        for span in sentences(text.text, text.mentions)
    )
    return [unit for unit in units if unit.targets]


def chosen_hidden(text: Text, share: float, rng: random.Random) -> frozenset[int]:
    """Mentions to mask while training: whole concepts where the corpus names them."""
    if share <= 0:
        return frozenset()
    drawn: dict[object, bool] = {}
    return frozenset(
        number
        for number, m in enumerate(text.mentions)
        if drawn.setdefault((m.type, m.concepts) if m.concepts else number, rng.random() < share)
    )


def batches(units: Sequence[Unit], tokens: int, rng: random.Random | None) -> list[list[Unit]]:
    """Batches of about ``tokens`` padded tokens, units of like length together, order random."""
    tie = rng or random.Random(0)
    ordered = sorted(units, key=lambda u: (u.size, tie.random()))
    found: list[list[Unit]] = []
    rows = 0
    for unit in ordered:
        rows += len(unit.rows)
        if not found or rows * unit.size > tokens:
            found.append([])
            rows = len(unit.rows)
        found[-1].append(unit)
    if rng:
        rng.shuffle(found)
    return found


def tensors(batch: Sequence[Unit], encoder: Encoder) -> dict[str, torch.Tensor]:
    """``input_ids``, ``attention_mask``, ``token_type_ids`` [rows, length], ``pairs`` [n, 3],
    ``target`` [n] (number of the target that a pair belongs to), and of each target ``head`` and
    ``label`` (0: none)."""
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
        for target, own in zip(unit.targets, unit.pairs, strict=True):
            pairs.extend((base + row, a, b) for row, a, b in own)
            owner.extend([len(head)] * len(own))
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
