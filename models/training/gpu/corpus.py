"""The packed corpus for the GPU machine: a compact file for the upload, and batches that are made on the device.

The file leaves out what follows from the vocabulary: a word that begins with ``##`` continues a word. It stores the
case shape once for each word. On the device, the whole corpus is in memory (3 bytes a token in the packed files, 5 on
the device), so that a batch needs only two gathers, and tokens are masked without the host.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from ..common.encoder import Encoder, SpecialIds
from ..pretraining.data.blocks import Blocks
from ..pretraining.data.masking import FIRST_ORDINARY, SHARE
from ..pretraining.data.packing import PackedTokens, read_packed
from .arrays import read_arrays, write_arrays

PARTS = ("train", "held")
#: Target of a position that is not scored. PyTorch's cross-entropy is called with it as ``ignore_index``.
UNSCORED = -100
#: Share of the positions of a batch that the head reads. On average 15 % are masked. The share varies a little,
#: because whole words are masked.
_KEPT_SHARE = 0.17


def pack_corpus(packed: Path, encoder: Encoder, out: Path) -> None:
    """Writes one file with all that ``pretraining.data.packing.pack`` wrote to the folder ``packed``.

    Raises ``ValueError`` if ``packed`` was written with another vocabulary than that of ``encoder``.
    """
    continues_word = np.zeros(encoder.vocabulary_size, bool)
    continues_word[[i for word, i in encoder.vocabulary().items() if word.startswith("##")]] = True
    arrays: dict[str, np.ndarray] = {"goes_on": continues_word}
    for part in PARTS:
        for name, tokens in read_packed(packed, part).items():
            shapes = tokens.shapes[tokens.starts > 0]
            restored = marks_of(tokens.ids, shapes, continues_word)
            if len(restored) != len(tokens.marks) or (restored != tokens.marks).any():
                raise ValueError(f"{name} was packed with another vocabulary: pack it again")
            arrays[f"{name}/{part}/ids"], arrays[f"{name}/{part}/shapes"] = tokens.ids, shapes
    write_arrays(out, arrays)


def marks_of(ids: np.ndarray, shapes: np.ndarray, continues_word: np.ndarray) -> np.ndarray:
    """Restores the marks of tokens (see ``PackedTokens``) from the case shape of each word.

    ``ids`` [tokens]; ``shapes`` [words]; ``continues_word`` [vocabulary]: whether an entry begins with ``##``. Returns
    [tokens], or an empty array if the number of words differs from that of the shapes.
    """
    starts = ~continues_word[ids]
    if not len(ids) or starts.sum() != len(shapes):
        return np.zeros(0, np.uint8)
    return (shapes[np.cumsum(starts) - 1] + 4 * starts).astype(np.uint8)


def unpack_corpus(file: Path, out: Path) -> None:
    """Extracts a file of :func:`pack_corpus` into a folder that :func:`read_packed` can read."""
    arrays, _ = read_arrays(file)
    out.mkdir(parents=True, exist_ok=True)
    continues_word = arrays.pop("goes_on")
    for name in dict.fromkeys(key.split("/")[0] for key in arrays):
        members = {}
        for part in PARTS:
            ids = arrays[f"{name}/{part}/ids"]
            members[f"{part}_ids"] = ids
            members[f"{part}_marks"] = marks_of(ids, arrays[f"{name}/{part}/shapes"], continues_word)
        np.savez(out / f"{name}.npz", **members)


class DeviceBatch(NamedTuple):
    """One batch. ``input_ids``, ``token_type_ids`` [rows, length]; ``positions`` [kept]: indices of the tokens to
    predict in the flattened rows; ``targets`` [kept]: the original tokens, :data:`UNSCORED` for surplus positions."""

    input_ids: torch.Tensor
    token_type_ids: torch.Tensor
    positions: torch.Tensor
    targets: torch.Tensor


class DeviceText:
    """All tokens of the sources on the device. Makes batches of rows in the order of ``Blocks``."""

    def __init__(self, packed: Mapping[str, PackedTokens], device: torch.device) -> None:
        self._device = device
        sizes = [len(tokens.ids) for tokens in packed.values()]
        self._first = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        ids = np.concatenate([tokens.ids for tokens in packed.values()])
        self._ids = torch.from_numpy(ids.astype(np.int32)).to(device)
        self._marks = torch.from_numpy(np.concatenate([p.marks for p in packed.values()])).to(device)
        self._random = torch.Generator(device)

    def rows_of(self, blocks: Blocks) -> torch.Tensor:
        """Returns the index of the first token of each row of ``blocks``, in their order, on the device."""
        order = blocks.order
        return torch.from_numpy(self._first[order[:, 0]] + order[:, 1] * blocks.width).to(self._device)

    def batch(self, rows: torch.Tensor, blocks: Blocks, first: int, count: int) -> DeviceBatch:
        """Returns ``count`` masked rows, beginning with row ``first`` of the order, which repeats.

        The masks depend only on the seed of ``blocks`` and on ``first``, so that a resumed run gets the same masks.
        """
        numbers = torch.arange(first, first + count, device=self._device) % len(rows)
        indices = rows[numbers][:, None] + torch.arange(blocks.width, device=self._device)
        ids, marks = self._ids[indices].long(), self._marks[indices]
        self._random.manual_seed(blocks.seed * 1_000_003 + first)
        masked, chosen = mask_words(ids, marks >> 2, blocks.special, blocks.vocabulary, self._random)
        border = (1, 1)
        masked = torch.nn.functional.pad(masked, border, value=blocks.special.cls)
        masked[:, -1] = blocks.special.sep
        chosen = torch.nn.functional.pad(chosen, border).flatten()
        kept = int(_KEPT_SHARE * masked.numel()) + 16
        # The number of positions is constant, so that the host need not wait for a count and one compiled graph fits.
        positions = chosen.byte().argsort(descending=True, stable=True)[:kept]
        originals = torch.nn.functional.pad(ids, border).flatten()
        targets = torch.where(chosen[positions], originals[positions], UNSCORED)
        shapes = torch.nn.functional.pad((marks & 3).long(), border)
        return DeviceBatch(masked, shapes, positions, targets)


def mask_words(
    ids: torch.Tensor, starts: torch.Tensor, special: SpecialIds, size: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Masks whole words of ``ids`` [rows, length] as ``pretraining.data.masking.mask_words`` does.

    ``starts`` [rows, length]: 1 at the first token of each word. ``size``: size of the vocabulary. [SEP] between
    documents is never masked. Returns the masked input and whether each token is to be predicted, both [rows, length].
    """
    word = starts.long().cumsum(1)
    rows, length = ids.shape
    draws = torch.rand(rows, length + 1, generator=generator, device=ids.device)
    chosen = (draws.gather(1, word) < SHARE) & (ids != special.sep)
    how = torch.rand(rows, length, generator=generator, device=ids.device)
    masked = torch.where(chosen & (how < 0.8), special.mask, ids)
    other = torch.randint(
        min(FIRST_ORDINARY, size - 1), size, (rows, length), generator=generator, device=ids.device
    )
    return torch.where(chosen & (how >= 0.9), other, masked), chosen
