"""Encodes sentences: ids of WordPiece tokens, case shapes, and gold entities.

A corpus splits its sentences into tokens of its own, here ``sentence.words``. Pre-tokenisation may split these further;
its units are called basic tokens, or words in other modules.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from .iob import Derivation, Sentence, spans_of
from .shapes import shape_of


class Encoded(NamedTuple):
    """The tokens of one sentence, without [CLS] and [SEP].

    ``ids``, ``shapes`` [tokens]. ``first`` [basic tokens]: index of the first token of each basic token. ``words``
    [basic tokens]: index in the words of the corpus. ``gold``: entities as (head, first basic token, last basic
    token + 1).
    """

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    words: np.ndarray
    gold: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class SpecialIds:
    """Ids of the special tokens [PAD], [CLS], [SEP] and [MASK]."""

    pad: int
    cls: int
    sep: int
    mask: int


class Encoder:
    """WordPiece tokenizer for sentences that are split into words. Each word is encoded separately, so that the results
    can be cached. ``folder``: folder with a ``tokenizer.json``."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        # Some published tokenizers truncate, but training needs whole sentences.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        ids = [self._tokenizer.token_to_id(t) for t in ("[PAD]", "[CLS]", "[SEP]", "[MASK]")]
        self.special = SpecialIds(*ids)
        self.vocabulary_size = self._tokenizer.get_vocab_size()
        self.word = lru_cache(maxsize=500_000)(self._word)

    def _word(self, word: str) -> tuple[tuple[tuple[int, ...], int], ...]:
        """Returns (ids of its tokens, case shape) for each basic token of a word."""
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
        """Returns the entries of the vocabulary and their ids."""
        return self._tokenizer.get_vocab()

    def basic_tokens(self, word: str) -> list[tuple[str, tuple[int, ...]]]:
        """Returns the normalised basic tokens of a word, each with the ids of its tokens."""
        tokenizer = self._tokenizer
        text = tokenizer.normalizer.normalize_str(word)
        parts = [part for part, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)]
        return list(zip(parts, (ids for ids, _ in self.word(word))))

    def sentence(self, sentence: Sentence, derive: Derivation | None = None) -> Encoded:
        """Encodes a sentence. Its gold entities are converted from words to basic tokens.

        ``derive``: adds entities (see :class:`training.tagger.data.corpora.Corpus`).
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
