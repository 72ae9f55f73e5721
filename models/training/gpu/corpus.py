"""The corpus on its way to the machine, and on the device there: rows and masks without the host.

On the way the marks are left out that the vocabulary tells (a piece that begins with ``##`` goes on with
a token), and the case shape stands once a token. On the device all pieces fit into memory many times
over (3 bytes each here, 5 there), so that a batch is two gathers, and masking runs where the model does.
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
#: Target of a place that is not scored; PyTorch's cross-entropy leaves it out.
UNSCORED = -100
#: Places kept of a batch: on average 15 % are masked, and rows of whole words vary by a few in a hundred.
_KEPT_SHARE = 0.17


def pack_corpus(packed: Path, encoder: Encoder, out: Path) -> None:
    """Writes what ``pretraining.data.packing.pack`` has written as one file.

    Raises ``ValueError`` where the marks are not those of this vocabulary.
    """
    goes_on = np.zeros(encoder.vocabulary_size, bool)
    goes_on[[i for word, i in encoder.vocabulary().items() if word.startswith("##")]] = True
    arrays: dict[str, np.ndarray] = {"goes_on": goes_on}
    for part in PARTS:
        for name, tokens in read_packed(packed, part).items():
            shapes = tokens.shapes[tokens.starts > 0]
            restored = marks_of(tokens.ids, shapes, goes_on)
            if len(restored) != len(tokens.marks) or (restored != tokens.marks).any():
                raise ValueError(f"{name} was packed with another vocabulary: pack it again")
            arrays[f"{name}/{part}/ids"], arrays[f"{name}/{part}/shapes"] = tokens.ids, shapes
    write_arrays(out, arrays)


def marks_of(ids: np.ndarray, shapes: np.ndarray, goes_on: np.ndarray) -> np.ndarray:
    """Marks of pieces (see ``PackedTokens``) from the shape of each basic token; empty where they do not fit."""
    starts = ~goes_on[ids]
    if not len(ids) or starts.sum() != len(shapes):
        return np.zeros(0, np.uint8)
    return (shapes[np.cumsum(starts) - 1] + 4 * starts).astype(np.uint8)


def unpack_corpus(file: Path, out: Path) -> None:
    """Writes the folder that :func:`read_packed` reads from a file of :func:`pack_corpus`."""
    arrays, _ = read_arrays(file)
    out.mkdir(parents=True, exist_ok=True)
    goes_on = arrays.pop("goes_on")
    for name in dict.fromkeys(key.split("/")[0] for key in arrays):
        found = {}
        for part in PARTS:
            ids = arrays[f"{name}/{part}/ids"]
            found[f"{part}_ids"] = ids
            found[f"{part}_marks"] = marks_of(ids, arrays[f"{name}/{part}/shapes"], goes_on)
        np.savez(out / f"{name}.npz", **found)


class DeviceBatch(NamedTuple):
    """``input_ids``, ``token_type_ids`` [rows, length]; ``places`` [kept], numbers of the places to
    predict in the flattened rows; ``targets`` [kept], :data:`UNSCORED` where fewer are masked."""

    input_ids: torch.Tensor
    token_type_ids: torch.Tensor
    places: torch.Tensor
    targets: torch.Tensor


class DeviceText:
    """All pieces of the sources on the device, and rows of them in the order of ``Blocks``."""

    def __init__(self, packed: Mapping[str, PackedTokens], device: torch.device) -> None:
        self._device = device
        sizes = [len(tokens.ids) for tokens in packed.values()]
        self._first = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        ids = np.concatenate([tokens.ids for tokens in packed.values()])
        self._ids = torch.from_numpy(ids.astype(np.int32)).to(device)
        self._marks = torch.from_numpy(np.concatenate([p.marks for p in packed.values()])).to(device)
        self._random = torch.Generator(device)

    def rows_of(self, blocks: Blocks) -> torch.Tensor:
        """The first piece of each row of ``blocks``, in its order, on the device."""
        order = blocks.order
        return torch.from_numpy(self._first[order[:, 0]] + order[:, 1] * blocks.width).to(self._device)

    def batch(self, rows: torch.Tensor, blocks: Blocks, first: int, count: int) -> DeviceBatch:
        """``count`` rows from row ``first`` of the order (which repeats), masked anew.

        The masks are the same for the same seed and place, whatever was read before.
        """
        numbers = torch.arange(first, first + count, device=self._device) % len(rows)
        places = rows[numbers][:, None] + torch.arange(blocks.width, device=self._device)
        ids, marks = self._ids[places].long(), self._marks[places]
        self._random.manual_seed(blocks.seed * 1_000_003 + first)
        fed, chosen = mask_words(ids, marks >> 2, blocks.special, blocks.vocabulary, self._random)
        border = (1, 1)
        fed = torch.nn.functional.pad(fed, border, value=blocks.special.cls)
        fed[:, -1] = blocks.special.sep
        chosen = torch.nn.functional.pad(chosen, border).flatten()
        kept = int(_KEPT_SHARE * fed.numel()) + 16
        # A fixed number of places: no wait for the device, and one compiled graph.
        found = chosen.byte().argsort(descending=True, stable=True)[:kept]
        whole = torch.nn.functional.pad(ids, border).flatten()
        targets = torch.where(chosen[found], whole[found], UNSCORED)
        shapes = torch.nn.functional.pad((marks & 3).long(), border)
        return DeviceBatch(fed, shapes, found, targets)


def mask_words(
    ids: torch.Tensor, starts: torch.Tensor, special: SpecialIds, size: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Masks whole basic tokens of ``ids`` [rows, length] as ``pretraining.data.masking.mask_words`` does.

    ``starts`` [rows, length]: 1 at the first piece of each token. ``size``: of the vocabulary. [SEP]
    between documents is never chosen. Returns the pieces to feed and the places to predict, both [rows, length].
    """
    token = starts.long().cumsum(1)
    rows, length = ids.shape
    draws = torch.rand(rows, length + 1, generator=generator, device=ids.device)
    chosen = (draws.gather(1, token) < SHARE) & (ids != special.sep)
    how = torch.rand(rows, length, generator=generator, device=ids.device)
    fed = torch.where(chosen & (how < 0.8), special.mask, ids)
    other = torch.randint(
        min(FIRST_ORDINARY, size - 1), size, (rows, length), generator=generator, device=ids.device
    )
    return torch.where(chosen & (how >= 0.9), other, fed), chosen
