"""Named arrays in one xz-compressed file, without pickles and the same bytes for the same arrays."""

import json
import lzma
import math
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

#: The dictionary holds a corpus whole, so that an epoch finds the one before.
_DICTIONARY = 1 << 26
#: Settings of LZMA by kind: two-byte values; bytes; numbers with a fraction, their bytes apart.
_SETTINGS = {
    "values": {"preset": 6, "lc": 2, "lp": 1, "pb": 1},
    "bytes": {"preset": 6},
    "planes": {"preset": 1},
}
#: Weights for which no method finds more than the frequencies of the exponents; 14 times as fast.
_HUFFMAN = "huffman"


def write_arrays(
    path: Path, arrays: Mapping[str, np.ndarray], meta: Mapping | None = None, quickly: bool = False
) -> None:
    """Writes ``arrays`` and the JSON ``meta``. Floats are kept as they are: halve them before.

    Of weights, the bytes with the exponents stand apart. ``quickly``: these alone are compressed, by a third, as
    is right on the machine; without it also repetitions are looked for, which weights from 8 bits have many of.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rows, blocks = [], []
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        block, kind = _packed(array, quickly)
        rows.append([name, array.dtype.str, list(array.shape), len(block), kind])
        blocks.append(block)
    head = json.dumps({"arrays": rows, "meta": meta or {}}).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(blocks))


def _packed(array: np.ndarray, quickly: bool) -> tuple[bytes, str]:
    data, kind = array.tobytes(), "values" if array.dtype.itemsize == 2 else "bytes"
    if array.dtype.kind == "f":
        planes = array.reshape(-1).view(np.uint8).reshape(-1, array.dtype.itemsize).T
        data, kind = np.ascontiguousarray(planes).tobytes(), "planes"
        if quickly:
            exponents = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
            low = len(data) - array.size
            return data[:low] + exponents.compress(data[low:]) + exponents.flush(), _HUFFMAN
    return lzma.compress(data, lzma.FORMAT_RAW, filters=_filters(kind, len(data))), kind


def _unpacked(block: memoryview, kind: str, dtype: np.dtype, count: int) -> np.ndarray:
    size = count * dtype.itemsize
    if kind == _HUFFMAN:
        raw = bytes(block[: size - count]) + zlib.decompress(block[size - count :], -15)
    else:
        raw = lzma.decompress(block, lzma.FORMAT_RAW, filters=_filters(kind, size))
    if dtype.kind != "f":
        return np.frombuffer(raw, dtype).copy()
    planes = np.frombuffer(raw, np.uint8).reshape(dtype.itemsize, -1)
    return np.ascontiguousarray(planes.T).reshape(-1).view(dtype)


def _filters(kind: str, size: int) -> list[dict]:
    """The raw format names no settings: both sides derive them from the array's bytes."""
    dictionary = min(_DICTIONARY, max(4096, 1 << (size - 1).bit_length())) if size else 4096
    return [{"id": lzma.FILTER_LZMA2, "dict_size": dictionary, **_SETTINGS[kind]}]


def read_arrays(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    """Arrays and meta of a file of :func:`write_arrays`."""
    data = memoryview(path.read_bytes())
    size = int.from_bytes(data[:8], "little")
    head = json.loads(bytes(data[8 : 8 + size]))
    found, place = {}, 8 + size
    for name, dtype, shape, length, kind in head["arrays"]:
        array = _unpacked(data[place : place + length], kind, np.dtype(dtype), math.prod(shape))
        place += length
        found[name] = array.reshape(shape)
    return found, head["meta"]


def in_half(state: Mapping[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """A state in float16, a tied weight once, without whole numbers (every model makes its own).

    Raises ``ValueError`` where a weight is no finite number in half precision.
    """
    found, seen = {}, set()
    for name, value in state.items():
        place = (value.data_ptr(), value.shape)
        if not value.is_floating_point() or place in seen:
            continue
        seen.add(place)
        half = value.detach().to("cpu", torch.float16)
        if not torch.isfinite(half).all():
            raise ValueError(f"{name} holds a weight that half precision cannot express")
        found[name] = half.numpy()
    return found


def load_half(module: nn.Module, arrays: Mapping[str, np.ndarray]) -> None:
    """Fills ``module`` from arrays of :func:`in_half`. Raises ``ValueError`` where one does not fit."""
    own = module.state_dict()
    given = {name: torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()}
    wrong = [n for n, v in given.items() if n not in own or own[n].shape != v.shape]
    filled = {own[name].data_ptr() for name in given if name in own}
    wrong += [n for n, v in own.items() if v.is_floating_point() and v.data_ptr() not in filled]
    if wrong:
        raise ValueError(f"the weights are of another model: {wrong[0]} ({len(wrong)} in all)")
    module.load_state_dict(given, strict=False)
