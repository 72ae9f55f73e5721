"""The units of the GPU job: parts, arrays, stored batches, masking on the device, settings."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.common.encoder import SpecialIds
from training.gpu.arrays import in_half, load_half, read_arrays, write_arrays
from training.gpu.corpus import mask_words
from training.gpu.options import SCALES, scale_from_json, scale_to_json
from training.gpu.parts import split
from training.gpu.plans import Batch, Plan, write_plan
from training.gpu.unpack import DamagedPart, extract, missing_numbers, read_parts
from training.pretraining.data import masking


def test_names_damaged_and_missing_pieces(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    rng = np.random.default_rng(1)
    for name, size in (("a", 3000), ("b", 10), ("c", 3000)):
        (source / name).write_bytes(rng.bytes(size))
    pieces = split(source, ["a", "b", "c"], tmp_path / "pieces", 2000, "piece")
    assert all(piece.stat().st_size <= 2000 for piece in pieces)
    again = split(source, ["a", "b", "c"], tmp_path / "again", 2000, "piece")
    assert [p.read_bytes() for p in pieces] == [p.read_bytes() for p in again]
    extract(read_parts([tmp_path / "pieces"]), tmp_path / "all")
    assert all((tmp_path / "all" / n).read_bytes() == (source / n).read_bytes() for n in "abc")

    pieces[-1].unlink()
    parts = read_parts([tmp_path / "pieces"])
    assert missing_numbers(parts) == [len(pieces)]
    assert extract(parts, tmp_path / "some") == ["c"]
    pieces[0].write_bytes(pieces[0].read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedPart, match=r"piece-001\.part is damaged .* fetch this part again"):
        read_parts([tmp_path / "pieces"])
    pieces[0].write_bytes(b"")
    with pytest.raises(DamagedPart, match="piece-001"):
        read_parts([tmp_path / "pieces"])


def test_refuses_parts_of_different_jobs(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    split(tmp_path, ["a"], tmp_path / "one", 1000, "piece")
    (tmp_path / "a").write_bytes(b"two")
    split(tmp_path, ["a"], tmp_path / "two", 1000, "other")
    with pytest.raises(ValueError, match="different jobs"):
        read_parts([tmp_path / "one", tmp_path / "two"])


def test_the_device_masks_the_same_words_as_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = np.random.default_rng(0).integers(50, 2000, (6, 40))
    starts = (np.random.default_rng(1).random(ids.shape) < 0.7).astype(np.int64)
    draws = [np.random.default_rng(n).random((6, 41 if n == 2 else 40)) for n in (2, 3)]
    other = np.random.default_rng(4).integers(1000, 2000, ids.shape)

    class FixedNumbers:
        """Returns the numbers above instead of random ones."""

        def __init__(self) -> None:
            self.left = list(draws)

        def random(self, shape: tuple[int, int]) -> np.ndarray:
            return self.left.pop(0)[:, : shape[1]]

        def integers(self, low: int, high: int, shape: tuple[int, int]) -> np.ndarray:
            assert (low, high) == (1000, 2000)
            return other

    host = masking.mask_words(ids, starts, 4, 2000, FixedNumbers())
    left = [torch.from_numpy(d) for d in draws]
    monkeypatch.setattr(torch, "rand", lambda *_, **__: left.pop(0))
    monkeypatch.setattr(torch, "randint", lambda *_, **__: torch.from_numpy(other))
    device = mask_words(torch.from_numpy(ids), torch.from_numpy(starts), SpecialIds(0, 1, 2, 4), 2000, None)
    assert np.array_equal(host[0], device[0].numpy()) and np.array_equal(host[1], device[1].numpy())


def test_a_plan_returns_the_batches_that_were_written(tmp_path: Path) -> None:
    batches = [
        Batch("a", {"ids": torch.tensor([[40_000, 1], [2, 3]]), "labels": torch.tensor([-100, 2])}),
        Batch("b", {"ids": torch.tensor([[5]]), "flag": torch.tensor([True, False])}),
        Batch("a", {"ids": torch.tensor([[7, 8, 9]]), "labels": torch.tensor([1])}),
    ]
    assert write_plan(tmp_path / "plan", batches, {"heads": ["x"]}) == 3
    plan = Plan(tmp_path / "plan", torch.device("cpu"))
    assert plan.meta["heads"] == ["x"]
    for number, expected in enumerate(batches):
        found = plan.batch(number)
        assert found.kind == expected.kind and found.tensors.keys() == expected.tensors.keys()
        for name, tensor in expected.tensors.items():
            assert torch.equal(found.tensors[name], tensor) and found.tensors[name].dtype == tensor.dtype
    # A step may change what it reads; the next epoch must not see it.
    plan.batch(0).tensors["ids"].zero_()
    assert plan.batch(0).tensors["ids"][0, 0] == 40_000


def test_refuses_weights_that_half_precision_cannot_represent(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2, 2)
    half = in_half(layer.state_dict())
    for quickly in (False, True):
        write_arrays(tmp_path / "w", half, quickly=quickly)
        assert all(
            np.array_equal(array, half[name]) for name, array in read_arrays(tmp_path / "w")[0].items()
        )
    load_half(layer, half)
    with pytest.raises(ValueError, match="another model"):
        load_half(torch.nn.Linear(3, 2), read_arrays(tmp_path / "w")[0])
    layer.weight.data[0, 0] = 1e6
    with pytest.raises(ValueError, match="half precision"):
        in_half(layer.state_dict())


def test_settings_are_equal_after_a_conversion_to_json() -> None:
    for scale in SCALES.values():
        assert scale_from_json(json.loads(json.dumps(scale_to_json(scale)))) == scale
        assert scale.probe + scale.pretrain < 1 and sum(t.share for t in scale.tasks) == pytest.approx(1)
