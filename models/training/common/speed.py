"""Finds the precision and the attention that train fastest on this machine. Measures once and stores the result.

No choice is best everywhere. With AVX512 but without bfloat16 instructions, both kinds of attention are equally fast,
and bfloat16 is emulated, which is many times slower. On one machine with AVX512-BF16, 12 layers read 383 tokens per
second in bfloat16 with eager attention, but 609 in fp32 with fused attention. Therefore all combinations that the
hardware supports are measured. They take their steps alternately, so that other work on the machine affects all of
them equally. On a CPU, the CPU time of this process is counted, because other work would extend the elapsed time.
"""

import logging
import os
import platform
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from transformers import BertConfig, BertModel

from .folders import read_json, runs_folder, write_json

log = logging.getLogger(__name__)
CACHE = "speed.json"
ROWS, LENGTH, ROUNDS = 16, 64, 3
#: A combination is chosen over an earlier one only if it is faster by this factor; smaller differences are noise.
MARGIN = 1.05
_VOCABULARY = 1000


class Arithmetic(NamedTuple):
    """The arithmetic of a run. ``attention``: ``sdpa`` (fused) or ``eager``; ``precision``: that of the matrix
    products, ``float32`` or ``bfloat16``; ``tokens_per_second``: of each combination, empty if nothing was measured."""

    attention: str
    precision: str
    tokens_per_second: dict[str, float]

    @property
    def amp(self) -> torch.dtype:
        """The precision as a type of PyTorch."""
        return getattr(torch, self.precision)


def has_bfloat16() -> bool:
    """Whether the CPU has instructions for products in bfloat16 (AVX512-BF16 or AMX)."""
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def default_arithmetic(device: torch.device) -> Arithmetic:
    """Returns the choice without measurement: fused attention; bfloat16 on a GPU, fp32 on a CPU."""
    return Arithmetic("sdpa", "bfloat16" if device.type == "cuda" else "float32", {})


@lru_cache
def fastest(folder: Path, device: torch.device) -> Arithmetic:
    """Returns the fastest combination for an encoder with the shape in ``folder/config.json``.

    It is measured with a few steps of 16 rows of 64 tokens, unless ``speed.json`` in the folder of the runs has a
    result for this machine, number of threads and shape. BIOBERT_PROBE=0 switches the measurement off.
    """
    if os.environ.get("BIOBERT_PROBE") == "0":
        return default_arithmetic(device)
    config = BertConfig.from_pretrained(folder)
    shape = (
        f"{config.num_hidden_layers} layers, {config.hidden_size} wide, "
        f"{config.intermediate_size} inside, {config.num_attention_heads} heads"
    )
    path, name = runs_folder() / CACHE, machine(device)
    cache = read_json(path) or {}
    row = cache.get(name, {}).get(shape)
    if row is None:
        row = choose(measure(config, device))._asdict()
        cache.setdefault(name, {})[shape] = row
        try:
            write_json(path, cache)
        except OSError as error:
            log.warning("cannot store the measured speed, it will be measured again next time: %s", error)
    arithmetic = Arithmetic(**row)
    log.info(
        "%s, %s: %s",
        arithmetic.precision,
        arithmetic.attention,
        ", ".join(f"{key} {value:.0f} tokens/s" for key, value in arithmetic.tokens_per_second.items()),
    )
    return arithmetic


def choose(speeds: dict[str, float]) -> Arithmetic:
    """Chooses the fastest combination; a later one must be faster by :data:`MARGIN`.

    ``speeds``: tokens per second by ``"precision attention"``, in the order of preference.
    """
    best, *others = speeds
    for name in others:
        if speeds[name] > MARGIN * speeds[best]:
            best = name
    precision, attention = best.split()
    return Arithmetic(attention, precision, speeds)


def measure(config: BertConfig, device: torch.device) -> dict[str, float]:
    """Returns the tokens per second, forward and backward, of each combination that the hardware supports.

    Each is the best of three rounds. The random state is not changed.
    """
    precisions = ["float32", "bfloat16"] if device.type == "cuda" or has_bfloat16() else ["float32"]
    best: dict[str, float] = {}
    with torch.random.fork_rng(enabled=True):
        steps = {
            f"{precision} {attention}": _step(config, device, precision, attention)
            for precision in precisions
            for attention in ("sdpa", "eager")
        }
        for _ in range(ROUNDS):
            for name, step in steps.items():
                begun = _seconds(device)
                step()
                best[name] = max(best.get(name, 0.0), ROWS * LENGTH / max(_seconds(device) - begun, 1e-9))
    return {name: round(value, 1) for name, value in best.items()}


def _seconds(device: torch.device) -> float:
    """Returns the seconds of a clock that other processes do not affect."""
    if device.type == "cuda":
        return time.perf_counter()
    return time.process_time() / torch.get_num_threads()


def _step(config: BertConfig, device: torch.device, precision: str, attention: str) -> Callable[[], None]:
    """Returns a training step of a random encoder of this shape. It has no optimiser, whose time is always the same."""
    shape = BertConfig(**{**config.to_dict(), "vocab_size": _VOCABULARY, "attention_probs_dropout_prob": 0.0})
    shape._attn_implementation = attention
    model: Any = BertModel(shape, add_pooling_layer=False)
    model = model.to(device).train()
    ids = torch.randint(5, _VOCABULARY, (ROWS, min(LENGTH, shape.max_position_embeddings)), device=device)
    mask = torch.ones_like(ids)
    amp = getattr(torch, precision)

    def step() -> None:
        model.zero_grad(set_to_none=True)
        with torch.autocast(device.type, dtype=amp, enabled=amp != torch.float32):
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        states.float().pow(2).mean().backward()
        if device.type == "cuda":
            torch.cuda.synchronize()

    return step


def machine(device: torch.device) -> str:
    """Returns a name for the hardware and the number of threads that training uses."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    bfloat16 = ", bfloat16" if has_bfloat16() else ""
    return f"{_processor()}{bfloat16}, {torch.get_num_threads()} threads"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    rows = info.read_text().splitlines() if info.is_file() else []
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
