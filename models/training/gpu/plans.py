"""Plans: the batches of a fine-tuning, made in advance and stored in a few long arrays.

A plan is made on the machine that has the corpora, by the same code that would train there. On the GPU machine the
whole plan is in the memory of the device and each step reads slices of it, so that no Python code handles rows.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from .arrays import read_arrays, write_arrays


class Batch(NamedTuple):
    """The input of one training step: tensors by name. ``kind`` chooses the loss."""

    kind: str
    tensors: dict[str, torch.Tensor]


def write_plan(path: Path, batches: Iterable[Batch], meta: Mapping) -> int:
    """Writes the batches in their order, integers in as few bytes as possible. Returns the number of batches."""
    columns: dict[str, list[np.ndarray]] = {}
    shapes: dict[str, list[tuple[int, ...]]] = {}
    kinds: list[str] = []
    order = []
    for kind, tensors in batches:
        if kind not in kinds:
            kinds.append(kind)
        order.append(kinds.index(kind))
        for name, tensor in tensors.items():
            array = tensor.cpu().numpy()
            columns.setdefault(f"{kind}/{name}", []).append(_narrow(array))
            shapes.setdefault(f"{kind}/{name}", []).append(array.shape)
    arrays: dict[str, np.ndarray] = {"order": np.asarray(order, np.uint8)}
    for name, parts in columns.items():
        widest = np.result_type(*parts)
        arrays[name] = np.concatenate([part.reshape(-1) for part in parts]).astype(widest)
        arrays[f"{name}/shapes"] = np.asarray(shapes[name], np.int32)
    write_arrays(path, arrays, {**meta, "kinds": kinds})
    return len(order)


def _narrow(array: np.ndarray) -> np.ndarray:
    """Converts integers to the narrowest type that can represent them all. Booleans stay as they are."""
    if array.dtype.kind not in "iu" or not array.size:
        return array if array.dtype.kind == "b" else array.astype(np.uint8)
    low, high = array.min(), array.max()
    return array.astype(np.result_type(np.min_scalar_type(low), np.min_scalar_type(high)))


class Plan:
    """The batches of a file that :func:`write_plan` wrote, on ``device``. ``meta``: the meta data of that file."""

    def __init__(self, path: Path, device: torch.device) -> None:
        arrays, self.meta = read_arrays(path)
        self._order = arrays.pop("order")
        self._kinds: list[str] = self.meta["kinds"]
        self._shapes = {n.removesuffix("/shapes"): a for n, a in arrays.items() if n.endswith("/shapes")}
        self._ends = {n: np.concatenate([[0], a.prod(1).cumsum()]) for n, a in self._shapes.items()}
        # PyTorch supports few operations on uint16, so these arrays become int32.
        self._data = {
            n: torch.from_numpy(arrays[n].astype(np.int32) if arrays[n].dtype == np.uint16 else arrays[n]).to(
                device
            )
            for n in self._shapes
        }
        # For each batch, the number of earlier batches of the same kind.
        self._nth = np.zeros(len(self._order), np.int64)
        for kind in range(len(self._kinds)):
            is_kind = self._order == kind
            self._nth[is_kind] = np.arange(is_kind.sum())

    def __len__(self) -> int:
        return len(self._order)

    def batch(self, number: int) -> Batch:
        """The batch of step ``number``, with integers as int64. ``number`` counts from 0."""
        kind, nth = self._kinds[self._order[number]], int(self._nth[number])
        tensors = {}
        for name, data in self._data.items():
            if name.partition("/")[0] == kind:
                low, high = self._ends[name][nth : nth + 2]
                view = data[int(low) : int(high)].view(tuple(map(int, self._shapes[name][nth])))
                tensors[name.partition("/")[2]] = (
                    view if view.dtype == torch.bool else view.to(torch.int64, copy=True)
                )
        return Batch(kind, tensors)
