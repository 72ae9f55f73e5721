"""Named arrays in one xz-compressed file, without pickles and the same bytes for the same arrays."""

import json
import lzma
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

#: The dictionary holds a corpus whole, so that an epoch finds the one before.
_DICTIONARY = 1 << 26
#: Settings of LZMA by kind of number: two-byte values; bytes; numbers with a fraction.
_SETTINGS = {"values": {"preset": 6, "lc": 2, "lp": 1, "pb": 1}, "bytes": {"preset": 6}, "fast": {"preset": 0}}


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray], meta: Mapping | None = None) -> None:
    """Writes ``arrays`` and the JSON ``meta``. Floats are kept as they are: halve them before.

    The high bytes of half-precision numbers stand apart from the low ones, which no method can
    compress; the high ones shrink by a third.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rows, blocks = [], []
    for name, array in arrays.items():
        array = np.ascontiguousarray(array)
        block, kind = _packed(array)
        rows.append([name, array.dtype.str, list(array.shape), len(block), kind])
        blocks.append(block)
    head = json.dumps({"arrays": rows, "meta": meta or {}}).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(blocks))


def _packed(array: np.ndarray) -> tuple[bytes, str]:
    if array.dtype.kind == "f":
        planes = array.reshape(-1).view(np.uint8).reshape(-1, array.dtype.itemsize).T
        data, kind = np.ascontiguousarray(planes).tobytes(), "fast"
    else:
        data, kind = array.tobytes(), "values" if array.dtype.itemsize == 2 else "bytes"
    return lzma.compress(data, lzma.FORMAT_RAW, filters=_filters(kind, len(data))), kind


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
        type_ = np.dtype(dtype)
        filters = _filters(kind, math.prod(shape) * type_.itemsize)
        raw = lzma.decompress(data[place : place + length], lzma.FORMAT_RAW, filters=filters)
        place += length
        if type_.kind == "f":
            planes = np.frombuffer(raw, np.uint8).reshape(type_.itemsize, -1)
            array = np.ascontiguousarray(planes.T).reshape(-1).view(type_)
        else:
            array = np.frombuffer(raw, type_).copy()
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
