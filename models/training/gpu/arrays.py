"""Stores named arrays in one compressed file, without pickles. Equal arrays give equal bytes."""

import json
import lzma
import math
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..common.folders import replace_file

#: Size of the LZMA dictionary in bytes. A whole corpus fits into it, so that repeated epochs compress well.
_DICTIONARY = 1 << 26
#: LZMA settings by kind of block: integers of two bytes, bytes, and floats whose bytes are grouped by position.
_SETTINGS = {
    "values": {"preset": 6, "lc": 2, "lp": 1, "pb": 1},
    "bytes": {"preset": 6},
    "planes": {"preset": 1},
}
#: Kind of a block of floats of which only the exponents are compressed, by Huffman coding. It is 14 times as fast as
#: LZMA. Trained weights have no other redundancy.
_HUFFMAN = "huffman"


def write_arrays(
    path: Path, arrays: Mapping[str, np.ndarray], meta: Mapping | None = None, quickly: bool = False
) -> None:
    """Replaces a file by ``arrays`` and the JSON ``meta``, atomically. Floats keep their precision; :func:`in_half`
    halves it.

    The bytes of floats are grouped by position, so that the bytes with the exponents are adjacent. With ``quickly``
    only these are compressed, which saves a third of their size and suits the GPU machine. Otherwise all bytes are
    compressed with LZMA, which also finds repetitions; dequantised weights have many.
    """
    rows, blocks = [], []
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        block, kind = _compress(array, quickly)
        rows.append([name, array.dtype.str, list(array.shape), len(block), kind])
        blocks.append(block)
    head = json.dumps({"arrays": rows, "meta": meta or {}}).encode()
    replace_file(path, len(head).to_bytes(8, "little") + head + b"".join(blocks))


def _compress(array: np.ndarray, quickly: bool) -> tuple[bytes, str]:
    data, kind = array.tobytes(), "values" if array.dtype.itemsize == 2 else "bytes"
    if array.dtype.kind == "f":
        planes = array.reshape(-1).view(np.uint8).reshape(-1, array.dtype.itemsize).T
        data, kind = np.ascontiguousarray(planes).tobytes(), "planes"
        if quickly:
            exponents = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
            low = len(data) - array.size
            return data[:low] + exponents.compress(data[low:]) + exponents.flush(), _HUFFMAN
    return lzma.compress(data, lzma.FORMAT_RAW, filters=_filters(kind, len(data))), kind


def _decompress(block: memoryview, kind: str, dtype: np.dtype, count: int) -> np.ndarray:
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
    """LZMA filters. The raw format does not store them, so both sides derive them from kind and size."""
    dictionary = min(_DICTIONARY, max(4096, 1 << (size - 1).bit_length())) if size else 4096
    return [{"id": lzma.FILTER_LZMA2, "dict_size": dictionary, **_SETTINGS[kind]}]


def read_arrays(path: Path) -> tuple[dict[str, np.ndarray], dict]:
    """Returns the arrays and the meta of a file that :func:`write_arrays` wrote."""
    data = memoryview(path.read_bytes())
    size = int.from_bytes(data[:8], "little")
    head = json.loads(bytes(data[8 : 8 + size]))
    arrays, place = {}, 8 + size
    for name, dtype, shape, length, kind in head["arrays"]:
        array = _decompress(data[place : place + length], kind, np.dtype(dtype), math.prod(shape))
        place += length
        arrays[name] = array.reshape(shape)
    return arrays, head["meta"]


def in_half(state: Mapping[str, torch.Tensor]) -> dict[str, np.ndarray]:
    """Converts a state to float16. Tied weights are stored once. Integers are left out: every model creates them.

    Raises ``ValueError`` if a weight is not finite in half precision.
    """
    arrays, seen = {}, set()
    for name, value in state.items():
        place = (value.data_ptr(), value.shape)
        if not value.is_floating_point() or place in seen:
            continue
        seen.add(place)
        half = value.detach().to("cpu", torch.float16)
        if not torch.isfinite(half).all():
            raise ValueError(f"{name} contains a weight that half precision cannot represent")
        arrays[name] = half.numpy()
    return arrays


def load_half(module: nn.Module, arrays: Mapping[str, np.ndarray]) -> None:
    """Fills ``module`` from arrays of :func:`in_half`. Raises ``ValueError`` if one does not fit."""
    expected = module.state_dict()
    given = {name: torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()}
    wrong = [n for n, v in given.items() if n not in expected or expected[n].shape != v.shape]
    filled = {expected[name].data_ptr() for name in given if name in expected}
    wrong += [n for n, v in expected.items() if v.is_floating_point() and v.data_ptr() not in filled]
    if wrong:
        raise ValueError(
            f"the weights belong to another model: {wrong[0]} does not fit ({len(wrong)} in all)"
        )
    module.load_state_dict(given, strict=False)
