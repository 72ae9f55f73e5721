"""Whole-word masking (Devlin et al. 2019; whole words as in BERT's second release)."""

import numpy as np

SHARE = 0.15
#: Ids below it are special, unused or single characters: no random replacement is drawn from them.
FIRST_ORDINARY = 1000


def mask_words(
    ids: np.ndarray, starts: np.ndarray, mask: int, size: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Masks whole basic tokens of ``ids`` [rows, length].

    Each basic token is chosen with 15 %; of the chosen tokens 80 % become [MASK], 10 % another
    token, 10 % stay. ``starts`` [rows, length]: 1 at the first token of each token. Returns the
    tokens to feed and the places to predict (boolean), both [rows, length].
    """
    token = np.cumsum(starts, axis=1)
    draws = rng.random((ids.shape[0], int(token.max()) + 1))
    chosen = np.take_along_axis(draws, token, axis=1) < SHARE
    how = rng.random(ids.shape)
    fed = np.where(chosen & (how < 0.8), mask, ids)
    other = rng.integers(min(FIRST_ORDINARY, size - 1), size, ids.shape)
    return np.where(chosen & (how >= 0.9), other, fed), chosen
