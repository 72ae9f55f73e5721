"""Encodes questions and passages as rows ``[CLS] question [SEP] passage [SEP]``, in windows and batches.

The token types of both segments are case shapes; the first ``[SEP]`` separates the question from the passage.
"""

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from ...common.encoder import SpecialIds
from ...common.shapes import shape_of
from .examples import SpanExample, VerdictExample

MAX_TOKENS = 384
#: Number of tokens that adjacent windows of one passage share.
OVERLAP = 128
MAX_QUESTION = 64
MAX_ANSWER = 30
#: Maximum number of gold answers of one row.
MAX_GOLD = 12


class TextTokens(NamedTuple):
    """The tokens of a text; all arrays are [tokens]. ``starts``, ``ends``: offsets in code points. ``words``: index of
    the word that each token belongs to."""

    ids: np.ndarray
    shapes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: np.ndarray


class Row(NamedTuple):
    """Model input of one question and one window of a passage, including special tokens.

    ``passage``: range of the passage's tokens in the row. ``gold``: first and last token of each
    answer, or ((0, 0),) if the window has no answer. ``verdict``: index of the gold verdict, or -1.
    ``maybe``: whether the annotators could choose maybe.
    """

    ids: np.ndarray
    shapes: np.ndarray
    passage: tuple[int, int]
    gold: tuple[tuple[int, int], ...] = ()
    verdict: int = -1
    maybe: bool = True


class TokenEncoder:
    """WordPiece tokenizer that also returns the offsets of each token and the case shape of its word."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        ids = [self._tokenizer.token_to_id(t) for t in ("[PAD]", "[CLS]", "[SEP]", "[MASK]")]
        self.special = SpecialIds(*ids)
        self.encode = lru_cache(maxsize=50_000)(self._encode)

    def _encode(self, text: str) -> TextTokens:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        starts = np.asarray([a for a, _ in encoding.offsets], dtype=np.int32)
        ends = np.asarray([b for _, b in encoding.offsets], dtype=np.int32)
        words = np.asarray(encoding.word_ids, dtype=np.int32)
        shapes = np.zeros(len(words), dtype=np.int64)
        first = 0
        for index in range(1, len(words) + 1):
            if index == len(words) or words[index] != words[first]:
                shapes[first:index] = shape_of(text[starts[first] : ends[index - 1]])
                first = index
        return TextTokens(np.asarray(encoding.ids, dtype=np.int64), shapes, starts, ends, words)

    def row(self, question: str, passage: TextTokens, start: int, end: int) -> Row:
        """Returns the row of a question and the tokens ``[start, end)`` of a passage, without gold answers."""
        question_tokens = self.encode(question)
        ids, shapes = question_tokens.ids[:MAX_QUESTION], question_tokens.shapes[:MAX_QUESTION]
        special = self.special
        zero = np.zeros(1, dtype=np.int64)
        begin = len(ids) + 2
        return Row(
            np.concatenate([[special.cls], ids, [special.sep], passage.ids[start:end], [special.sep]]),
            np.concatenate([zero, shapes, zero, passage.shapes[start:end], zero]),
            (begin, begin + end - start),
        )

    def room(self, question: str, max_length: int = MAX_TOKENS) -> int:
        """Returns the number of passage tokens that fit into one row with the question."""
        return max_length - 3 - min(MAX_QUESTION, len(self.encode(question).ids))


def windows(length: int, room: int, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """Returns ranges of at most ``room`` tokens that cover ``length`` tokens. Adjacent ones share ``overlap``."""
    overlap = min(overlap, room // 2)
    ranges = [(0, min(room, length))]
    while ranges[-1][1] < length:
        start = ranges[-1][0] + room - overlap
        ranges.append((start, min(start + room, length)))
    return ranges


def gold_tokens(tokens: TextTokens, answers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the (first, last) token of each answer. ``answers``: ranges of code points; one without a token is left
    out."""
    ranges = []
    for start, end in answers:
        first = int(np.searchsorted(tokens.ends, start, side="right"))
        last = int(np.searchsorted(tokens.starts, end, side="left")) - 1
        if first <= last:
            ranges.append((first, last))
    return ranges


def training_row(
    encoder: TokenEncoder, example: SpanExample, max_length: int, miss: float, rng: random.Random
) -> Row:
    """Returns a row of at most ``max_length`` tokens, a random window of a longer context.

    If the context contains an answer, the window is chosen to contain one. In a fraction ``miss`` of the rows it is
    chosen anywhere instead; windows without the answer are examples of "no answer".
    """
    tokens = encoder.encode(example.context)
    gold = gold_tokens(tokens, example.answers)
    room = min(encoder.room(example.question, max_length), len(tokens.ids))
    start, end = 0, len(tokens.ids)
    if end > room:
        if gold and rng.random() >= miss:
            first, last = rng.choice(gold)
            low, high = max(0, last + 1 - room), min(first, end - room)
            start = rng.randint(min(low, high), max(low, high))
        else:
            start = rng.randint(0, end - room)
        end = start + room
    row = encoder.row(example.question, tokens, start, end)
    shift = row.passage[0] - start
    inside = [(a + shift, b + shift) for a, b in gold if a >= start and b < end]
    return row._replace(gold=tuple(inside[:MAX_GOLD]) or ((0, 0),))


def pad(rows: Sequence[Row], encoder: TokenEncoder) -> dict[str, np.ndarray]:
    """Returns arrays [rows, length] of ids, mask and shapes. ``readable`` is true where an answer may be."""
    length = max(len(row.ids) for row in rows)
    ids = np.full((len(rows), length), encoder.special.pad, dtype=np.int64)
    mask, shapes = np.zeros_like(ids), np.zeros_like(ids)
    readable = np.zeros_like(ids, dtype=bool)
    readable[:, 0] = True
    for number, row in enumerate(rows):
        size = len(row.ids)
        ids[number, :size], shapes[number, :size], mask[number, :size] = row.ids, row.shapes, 1
        readable[number, row.passage[0] : row.passage[1]] = True
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": shapes, "readable": readable}


def by_length(lengths: Sequence[int], budget: int, rng: random.Random | None = None) -> list[list[int]]:
    """Groups rows of similar length into batches of at most ``budget`` tokens, padding included. Returns row numbers.

    ``rng``: makes batches vary between epochs, by up to 8 tokens of noise on the lengths and a random order.
    """

    def key(number: int) -> float:
        return lengths[number] + (rng.random() * 8 if rng else 0)

    batches: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=key, reverse=True):
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > budget:
            batches.append([])
        batches[-1].append(number)
    if rng:
        rng.shuffle(batches)
    return batches


def verdict_row(encoder: TokenEncoder, example: VerdictExample, max_length: int, rng: random.Random) -> Row:
    """Returns the row of a yes-no question. Of a context that does not fit into ``max_length``, it has a random
    window."""
    tokens = encoder.encode(example.context)
    room = min(encoder.room(example.question, max_length), len(tokens.ids))
    start = rng.randint(0, len(tokens.ids) - room)
    row = encoder.row(example.question, tokens, start, start + room)
    return row._replace(verdict=example.verdict, maybe=example.maybe)


def text_row(encoder: TokenEncoder, text: str, max_length: int) -> Row:
    """Returns the row ``[CLS] text [SEP]`` for an embedding. A long text is truncated to ``max_length`` tokens."""
    tokens = encoder.encode(text)
    size = min(len(tokens.ids), max_length - 2)
    zero = np.zeros(1, dtype=np.int64)
    return Row(
        np.concatenate([[encoder.special.cls], tokens.ids[:size], [encoder.special.sep]]),
        np.concatenate([zero, tokens.shapes[:size], zero]),
        (1, size + 1),
    )
