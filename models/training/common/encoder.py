"""Encodes words: ids of WordPiece tokens and case shapes, with gold entities moved to basic tokens."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from .iob import Derivation, Sentence, spans_of
from .shapes import shape_of


class Encoded(NamedTuple):
    """One sentence in tokens, without [CLS] and [SEP].

    ``ids``, ``shapes``: [tokens]. ``first``: [basic tokens], index of each token's first
    token. ``words``: [basic tokens], index of the word it comes from. ``gold``: entities as
    (head, first token, last token + 1) in basic tokens.
    """

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    words: np.ndarray
    gold: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class SpecialIds:
    """Ids of BERT's special tokens in the vocabulary in use."""

    pad: int
    cls: int
    sep: int
    mask: int


class Encoder:
    """WordPiece over words joined by one space (each word can be encoded by itself)."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # Some published tokenizer.json files truncate; training must see whole sentences.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        ids = [self._tokenizer.token_to_id(t) for t in ("[PAD]", "[CLS]", "[SEP]", "[MASK]")]
        self.special = SpecialIds(*ids)
        self.vocabulary_size = self._tokenizer.get_vocab_size()
        self.word = lru_cache(maxsize=500_000)(self._word)

    def _word(self, word: str) -> tuple[tuple[tuple[int, ...], int], ...]:
        """Basic tokens of a word: (ids of its tokens, its shape) each."""
        encoding = self._tokenizer.encode(word, add_special_tokens=False)
        tokens: list[tuple[list[int], int, int]] = []
        last = None
        for token, place, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets):
            if place != last:
                tokens.append(([], start, end))
            tokens[-1] = ([*tokens[-1][0], token], tokens[-1][1], end)
            last = place
        return tuple((tuple(ids), shape_of(word[start:end])) for ids, start, end in tokens)

    def vocabulary(self) -> dict[str, int]:
        """Entries of the vocabulary and their ids."""
        return self._tokenizer.get_vocab()

    def basic_tokens(self, word: str) -> list[tuple[str, tuple[int, ...]]]:
        """Normalised basic tokens of a word, each with the ids that spell it."""
        tokenizer = self._tokenizer
        text = tokenizer.normalizer.normalize_str(word)
        parts = [part for part, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)]
        return list(zip(parts, (ids for ids, _ in self.word(word))))

    def sentence(self, sentence: Sentence, derive: Derivation | None = None) -> Encoded:
        """Encodes a sentence with its gold entities moved from words to basic tokens.

        ``derive`` gives further entities (:class:`training.tagger.data.corpora.Corpus`).
        """
        ids: list[int] = []
        shapes: list[int] = []
        first: list[int] = []
        words: list[int] = []
        starts = [0]
        for index, word in enumerate(sentence.words):
            for tokens, shape in self.word(word):
                first.append(len(ids))
                words.append(index)
                ids.extend(tokens)
                shapes.extend([shape] * len(tokens))
            starts.append(len(first))
        spans = spans_of(sentence.tags)
        gold = tuple(
            (name, starts[a], starts[b])
            for name, a, b in (*spans, *(derive(sentence.words, spans) if derive else ()))
            if starts[b] > starts[a]
        )
        arrays = [np.asarray(x, dtype=np.int64) for x in (ids, shapes, first, words)]
        return Encoded(arrays[0], arrays[1], arrays[2], arrays[3], gold)
