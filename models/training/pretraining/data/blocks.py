"""Makes masked batches from packed tokens: rows of one length, drawn by the weights of their sources."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch

from ...common.encoder import SpecialIds
from ...common.sources import SOURCES
from .masking import mask_words
from .packing import PackedTokens


class MaskedBatch(NamedTuple):
    """A batch. ``input_ids``, ``token_type_ids`` [rows, length]; ``is_target`` [rows, length]: whether a token is to be
    predicted; ``targets``: the original tokens at these positions."""

    input_ids: torch.Tensor
    token_type_ids: torch.Tensor
    is_target: torch.Tensor
    targets: torch.Tensor


class Blocks:
    """Rows of ``length`` tokens, [CLS] and [SEP] included, in a random order that depends only on ``seed``.

    ``total``: number of rows. The share of each source is proportional to its weight × size. Its blocks are in random
    order and are repeated if there are too few.
    """

    def __init__(
        self,
        packed: Mapping[str, PackedTokens],
        length: int,
        total: int,
        seed: int,
        special: SpecialIds,
        vocabulary: int,
    ) -> None:
        self.length, self.seed, self.special, self.vocabulary = length, seed, special, vocabulary
        self.width = length - 2
        self.tokens = [packed[s.name] for s in SOURCES]
        sizes = np.array([len(p.ids) // self.width for p in self.tokens])
        if not sizes.any():
            raise ValueError(f"no source fills one row of {length} tokens")
        shares = np.array([s.weight for s in SOURCES]) * sizes
        rng = np.random.default_rng(seed)
        rows = []
        for source, (size, share) in enumerate(zip(sizes, shares / shares.sum())):
            wanted = round(total * share)
            passes = [rng.permutation(size) for _ in range(-(-wanted // size))] if size else []
            if passes:
                blocks = np.concatenate(passes)[:wanted]
                rows.append(np.stack([np.full(len(blocks), source), blocks], axis=1))
        self.order = np.concatenate(rows)
        rng.shuffle(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def batch(self, first: int, count: int) -> MaskedBatch:
        """Returns ``count`` masked rows, beginning with row ``first`` of the order, which repeats.

        The masks depend only on the seed and on ``first``.
        """
        rows = self.order[np.arange(first, first + count) % len(self.order)]
        ids = np.stack([self._block(self.tokens[s].ids, b) for s, b in rows]).astype(np.int64)
        marks = np.stack([self._block(self.tokens[s].marks, b) for s, b in rows])
        tokens = PackedTokens(ids, marks)
        rng = np.random.default_rng((self.seed, first))
        masked, chosen = mask_words(
            ids, tokens.starts.astype(np.int64), self.special.mask, self.vocabulary, rng
        )
        chosen &= ids != self.special.sep
        masked = np.where(ids == self.special.sep, ids, masked)
        border = ((0, 0), (1, 1))
        masked = np.pad(masked, border, constant_values=self.special.cls)
        masked[:, -1] = self.special.sep
        shapes = np.pad(tokens.shapes, border).astype(np.int64)
        arrays = (masked, shapes, np.pad(chosen, border), ids[chosen])
        return MaskedBatch(*map(torch.from_numpy, arrays))

    def _block(self, array: np.ndarray, block: int) -> np.ndarray:
        return array[block * self.width : (block + 1) * self.width]
