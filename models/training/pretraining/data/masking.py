"""Whole-word masking (Devlin et al. 2019; whole words as in the second release of BERT)."""

import numpy as np

#: Share of the words that are chosen.
SHARE = 0.15
#: Ids below this are special tokens, unused entries or single characters. No random replacement is drawn from them.
FIRST_ORDINARY = 1000


def mask_words(
    ids: np.ndarray, starts: np.ndarray, mask: int, size: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Masks whole words of ``ids`` [rows, length].

    Each word is chosen with a probability of 15 %. Of the tokens of chosen words, 80 % become [MASK], 10 % become a
    random token and 10 % stay. ``starts`` [rows, length]: 1 at the first token of each word; ``mask``: id of [MASK];
    ``size``: size of the vocabulary. Returns the masked input and whether each token is to be predicted, both
    [rows, length].
    """
    word = np.cumsum(starts, axis=1)
    draws = rng.random((ids.shape[0], int(word.max()) + 1))
    chosen = np.take_along_axis(draws, word, axis=1) < SHARE
    how = rng.random(ids.shape)
    masked = np.where(chosen & (how < 0.8), mask, ids)
    other = rng.integers(min(FIRST_ORDINARY, size - 1), size, ids.shape)
    return np.where(chosen & (how >= 0.9), other, masked), chosen
