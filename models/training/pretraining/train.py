"""Trains the encoder to predict masked words. The learning curve of the run is written to its folder."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertForMaskedLM

from ..common.encoder import Encoder
from ..common.folders import TOKENIZER_FILES, write_json
from ..common.loop import StepResult, fit
from ..common.run import Run
from ..common.start import extend_token_types, training_attention
from .data.blocks import Blocks
from .data.packing import PackedTokens, read_packed
from .evaluate import held_out_blocks, masked_loss, perplexities
from .options import PretrainOptions

log = logging.getLogger(__name__)


class Pretraining(Run):
    """A pre-training run over packed tokens.

    >>> run = Pretraining(Path("runs/packed"), start_folder("minilm"), Path("runs/encoder"), PretrainOptions())
    >>> run.run()
    """

    def __init__(self, packed: Path, start: Path, out: Path, options: PretrainOptions) -> None:
        super().__init__(start, out, options.minutes, options.checkpoint_minutes)
        self.options = options
        torch.manual_seed(options.seed)
        encoder = Encoder(start)
        train = read_packed(packed, "train")
        model, new_head = masked_model(start, options.from_scratch)
        self.model: Any = model
        if new_head:
            initialise_output_bias(self.model, train)
        self.model.to(self.device)
        if options.freeze_encoder:
            self.model.bert.requires_grad_(False)
        names = (encoder.special, encoder.vocabulary_size)
        self.phases = [
            Blocks(train, length, max(1, round(options.tokens * share / length)), options.seed, *names)
            for length, share in (
                (options.length, 1 - options.long_share),
                (options.long_length, options.long_share),
            )
            if share > 0
        ]
        self.held = held_out_blocks(read_packed(packed, "held"), options.length, *names)
        learning = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(learning, weight_decay=options.weight_decay, fused=True)
        self.tokens, self.places = 0, [0] * len(self.phases)
        self.perplexity: dict[str, float] = {}

    def state(self) -> dict:
        """Returns weights, optimiser, and the number of rows that were read in each phase."""
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "pieces": self.tokens,
            "places": self.places,
        }

    def load_state(self, state: dict) -> None:
        """Restores what :meth:`state` returned."""
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.tokens, self.places = state["pieces"], state["places"]

    def progress(self, total: int) -> float:
        """Returns the share of the tokens that have been read."""
        return self.tokens / total

    def run(self) -> None:
        """Trains to the end of the schedule and writes the encoder to ``out``."""
        self.out.mkdir(parents=True, exist_ok=True)
        if self.step == 0:
            self.measure()
        self.model.train()
        fit(
            self,
            self.options.tokens,
            self.train_step,
            log_every=50,
            evaluate=self.measure,
            evaluate_minutes=self.options.eval_minutes,
            record=lambda progress, loss: self._record(loss=round(loss, 4), rate=self._rate(progress)),
        )
        self.measure()
        self.write_progress()
        write_encoder(self.model, self.start, self.out)
        report = {
            "options": asdict(self.options),
            "steps": self.step,
            "pieces": self.tokens,
            "minutes": round(self.spent / 60, 1),
            "device": self.device.type,
            "arithmetic": self.arithmetic._asdict(),
        }
        write_json(self.out / "pretrain.json", report)

    def measure(self) -> None:
        """Evaluates the perplexity of held-out text and adds it to the curve."""
        self._record(perplexity=self._perplexity())

    def _rate(self, progress: float) -> float:
        rise, fall = progress / max(self.options.warmup, 1e-9), (1 - progress) / max(self.options.decay, 1e-9)
        return self.options.learning_rate * max(0.005, min(1.0, rise, fall))

    def batch_loss(self, phase: int, rows: int) -> torch.Tensor:
        """Mean loss of the next ``rows`` rows of a phase."""
        batch = self.phases[phase].batch(self.places[phase], rows)
        return masked_loss(self.model, batch, self.device, self.amp)

    def train_step(self, progress: float) -> StepResult:
        """Makes one optimiser step on ``accumulate`` batches. The loss is a tensor on the device, so that the host
        need not wait for it."""
        phase = len(self.phases) - 1 if progress >= 1 - self.options.long_share else 0
        blocks = self.phases[phase]
        rows = max(1, self.options.batch_tokens // blocks.length)
        total = torch.zeros((), device=self.device)
        for _ in range(self.options.accumulate):
            loss = self.batch_loss(phase, rows)
            (loss / self.options.accumulate).backward()
            total += loss.detach() / self.options.accumulate
            self.places[phase] += rows
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate(progress)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.losses.append(total)
        return StepResult(total, self.options.accumulate * rows * blocks.length)

    def dev_figures(self) -> dict:
        """Returns the last held-out perplexity of each source."""
        return self.perplexity

    def _perplexity(self) -> dict[str, float]:
        by_source = perplexities(self.model, self.held, self.options.eval_rows, self.device, self.amp)
        self.perplexity = by_source
        log.info("held-out perplexity %s", " ".join(f"{k} {v:.2f}" for k, v in by_source.items()))
        return by_source

    def _record(self, **values: object) -> None:
        row = {"step": self.step, "pieces": self.tokens, "minutes": round(self.spent / 60, 2)}
        with (self.out / "curve.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({**row, **values}) + "\n")


def masked_model(start: Path, from_scratch: bool) -> tuple[BertForMaskedLM, bool]:
    """Returns BERT with a masked-word head, and whether the head is new because ``start`` has none.

    The model has no dropout, and a token type for each case shape. ``from_scratch``: whether its weights are random.
    """
    config = BertConfig.from_pretrained(start)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = training_attention(start)
    if from_scratch:
        config.type_vocab_size = 4
        return BertForMaskedLM(config), True
    loaded: Any = BertForMaskedLM.from_pretrained(start, config=config, output_loading_info=True)
    model, loading_info = loaded
    extend_token_types(model.bert)
    model.config.type_vocab_size = model.bert.config.type_vocab_size
    return model.float(), any("predictions" in name for name in loading_info["missing_keys"])


@torch.no_grad()
def initialise_output_bias(model: BertForMaskedLM, packed: Mapping[str, PackedTokens]) -> None:
    """Initialises the bias of the head with the logarithm of the frequency of each token.

    With a bias of zero, the model would learn the frequencies first, and it would change the embeddings for that,
    because they are the weights of the head too.
    """
    bias = model.cls.predictions.decoder.bias
    counts = np.ones(len(bias))
    for tokens in packed.values():
        counts += np.bincount(tokens.ids, minlength=len(bias))
    bias.copy_(torch.from_numpy(np.log(counts / counts.sum())))


def write_encoder(model: BertForMaskedLM, start: Path, out: Path) -> None:
    """Writes encoder and head in the layout of Hugging Face, with the tokenizer of ``start``."""
    model.save_pretrained(out)
    for name in (*TOKENIZER_FILES, "adopted.json"):
        if (start / name).is_file() and (start / name).resolve() != (out / name).resolve():
            (out / name).write_bytes((start / name).read_bytes())


def curve(folder: Path) -> Iterator[dict]:
    """Yields the rows of ``curve.jsonl`` of a run: step, tokens, minutes, and loss or perplexity."""
    with (folder / "curve.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
