"""Pre-training on the GPU: a ``Pretraining`` run whose batches are made on the device and whose layers are compiled."""

import logging
import math
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import torch
from torch.nn import functional
from transformers import BertForMaskedLM

from ..common.start import autocast
from ..pretraining.data.packing import read_packed
from ..pretraining.options import HEAD, PretrainOptions
from ..pretraining.train import Pretraining
from .corpus import UNSCORED, DeviceText
from .options import RATE_TOKENS, Scale

log = logging.getLogger(__name__)
#: Steps of the probe that are not timed, and that are.
_WARM_UP, _TIMED = 3, 6
#: The smallest batch with at least this share of the highest speed is chosen, because small batches give more steps.
_FAST_ENOUGH = 0.92


def head_loss(model: BertForMaskedLM, states: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy (nats) of the masked-word head at ``states`` [positions, hidden].

    ``targets`` [positions]: token ids, :data:`UNSCORED` where there is no target.
    """
    return functional.cross_entropy(model.cls(states).float(), targets, ignore_index=UNSCORED)


class DevicePretraining(Pretraining):
    """A run whose corpus is in the memory of the device. ``compiled``: whether its layers and its loss are compiled.

    Each layer is compiled separately. All layers have the same code, so the compiler needs seconds for one of them
    instead of a minute for twelve copies.
    """

    def __init__(
        self, packed: Path, start: Path, out: Path, options: PretrainOptions, compiled: bool = False
    ) -> None:
        super().__init__(packed, start, out, options)
        self._text = DeviceText(read_packed(packed, "train"), self.device)
        self._rows = [self._text.rows_of(blocks) for blocks in self.phases]
        self._head_loss, self.compiled = head_loss, compiled
        if compiled:
            for layer in self.model.bert.encoder.layer:
                layer.compile(dynamic=False)
            self._head_loss = torch.compile(head_loss, dynamic=False)

    def allow(self, seconds: float) -> None:
        """Lets the run train for this many seconds from now."""
        self._minutes = (self.spent + seconds) / 60

    def batch_loss(self, phase: int, rows: int) -> torch.Tensor:
        """Mean loss of the next ``rows`` rows of a phase. The head runs on the masked positions only."""
        batch = self._text.batch(self._rows[phase], self.phases[phase], self.places[phase], rows)
        with autocast(self.device, self.amp):
            states = self.model.bert(
                input_ids=batch.input_ids, token_type_ids=batch.token_type_ids
            ).last_hidden_state
            return self._head_loss(self.model, states.flatten(0, 1)[batch.positions], batch.targets)

    def _perplexity(self) -> dict[str, float]:
        # The dev set has other shapes and is read only a few times: to compile for them would take longer.
        with torch.compiler.set_stance("force_eager") if self.compiled else nullcontext():
            return super()._perplexity()


class Choice(NamedTuple):
    """The result of the probe: ``tokens`` per step, whether it was ``compiled``, and its tokens per second."""

    tokens: int
    compiled: bool
    speed: float


def pretraining(
    packed: Path, start: Path, out: Path, scale: Scale, choice: Choice, seconds: float, seed: int = 1
) -> DevicePretraining:
    """The main run: short rows, then long rows, with as many tokens as can be read in ``seconds``."""
    options = PretrainOptions(
        tokens=max(choice.tokens, min(scale.most_tokens, int(1.1 * choice.speed * seconds))),
        minutes=seconds / 60,
        length=scale.length,
        long_length=scale.long_length,
        long_share=scale.long_share,
        batch_tokens=choice.tokens,
        learning_rate=rate_of(scale, choice.tokens),
        warmup=0.03,
        seed=seed,
        eval_rows=scale.eval_rows,
        eval_minutes=1e9,
        checkpoint_minutes=1.0,
    )
    return DevicePretraining(packed, start, out, options, choice.compiled)


def head_training(packed: Path, start: Path, out: Path, scale: Scale, seconds: float) -> DevicePretraining:
    """The run that trains only the masked-word head, on the frozen encoder."""
    options = replace(
        HEAD,
        tokens=scale.head_tokens,
        minutes=seconds / 60,
        length=scale.length,
        batch_tokens=scale.batches[0],
        learning_rate=scale.head_rate,
        eval_rows=scale.eval_rows,
        checkpoint_minutes=1e9,
    )
    return DevicePretraining(packed, start, out, options)


def rate_of(scale: Scale, tokens: int) -> float:
    """The learning rate for steps of ``tokens``. It grows with the square root of the batch size."""
    return scale.learning_rate * math.sqrt(tokens / RATE_TOKENS)


def probe(packed: Path, start: Path, out: Path, scale: Scale, seconds: float) -> Choice:
    """Times a few steps with every batch size, then with compiled layers, and chooses. The weights are discarded.

    A batch size that does not fit into memory is skipped. Raises ``RuntimeError`` if not even the smallest fits.
    """
    begun = time.monotonic()
    plain = {}
    for tokens in scale.batches:
        speed = _speed(packed, start, out, scale, tokens, compiled=False)
        if speed:
            plain[tokens] = speed
    if not plain:
        raise RuntimeError(f"not even {scale.batches[0]} tokens a step fit into the device's memory")
    best = next(t for t in plain if plain[t] >= _FAST_ENOUGH * max(plain.values()))
    choice = Choice(best, False, plain[best])
    if scale.compile and time.monotonic() - begun < seconds / 2:
        try:
            speed = _speed(packed, start, out, scale, best, compiled=True)
        except Exception:  # the compiler fails in many ways, but the job can always continue without it
            log.exception("torch.compile failed: the job continues without it")
            speed = 0.0
        if speed > choice.speed:
            choice = Choice(best, True, speed)
    log.info("chosen: %s", choice)
    return choice


def _speed(packed: Path, start: Path, out: Path, scale: Scale, tokens: int, compiled: bool) -> float:
    """Training speed with short rows in tokens per second; 0 if the batch does not fit into memory."""
    options = PretrainOptions(
        tokens=tokens * (_WARM_UP + _TIMED), length=scale.length, long_share=0.0, batch_tokens=tokens
    )
    try:
        run = DevicePretraining(packed, start, out, options, compiled)
        run.model.train()
        begun = time.monotonic()
        for step in range(_WARM_UP + _TIMED):
            if step == _WARM_UP:
                _wait(run.device)
                warm = time.monotonic()
            run.train_step(0.5)
        _wait(run.device)
    except torch.OutOfMemoryError:
        log.info("%d tokens a step do not fit into memory", tokens)
        return 0.0
    finally:
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
    speed = _TIMED * tokens / (time.monotonic() - warm)
    log.info(
        "%d tokens a step, %s: %.0f tokens/s after %.1f s of warm-up",
        tokens,
        "compiled" if compiled else "plain",
        speed,
        warm - begun,
    )
    return speed


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()
