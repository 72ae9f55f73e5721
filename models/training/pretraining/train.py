"""The pre-training run: resumable, bounded by pieces or by the clock, its curve on disk."""

import json
import logging
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertForMaskedLM

from ..common.encoder import Encoder
from ..common.folders import TOKENIZER_FILES
from ..common.running import Run
from ..common.start import extend_token_types, training_attention
from .data.blocks import Blocks
from .data.packing import PackedTokens, read_packed
from .evaluate import held_out_blocks, masked_loss, perplexities

log = logging.getLogger(__name__)


@dataclass
class PretrainOptions:
    """Settings of one run.

    ``tokens``: pieces read in all; ``minutes``: the clock that ends it earlier, with the same
    decay. Rows of ``length`` pieces, in the last ``long_share`` of the run of ``long_length``.
    ``tokens``: of one batch; ``accumulate``: batches a step. The learning rate rises over the
    share ``warmup``, stays, and falls to zero over the share ``decay`` (Hägele et al. 2024), so
    that a run can be taken up again before its decay. ``freeze_encoder``: the head alone learns, which
    gives the perplexity of the starting point. ``from_scratch``: random weights in place of the start's.
    """

    tokens: int = 10_000_000
    minutes: float = 600.0
    length: int = 128
    long_length: int = 512
    long_share: float = 0.1
    batch_tokens: int = 2048
    accumulate: int = 1
    learning_rate: float = 1e-4
    warmup: float = 0.04
    decay: float = 0.35
    weight_decay: float = 0.01
    freeze_encoder: int = 0
    from_scratch: int = 0
    seed: int = 1
    eval_minutes: float = 8.0
    eval_rows: int = 96
    checkpoint_minutes: float = 4.0


#: The masked-word head is taught alone before the encoder learns with it: from nothing, its first
#: gradients would undo what the start has learnt. Its perplexity is that of the starting point.
HEAD = PretrainOptions(tokens=1_500_000, long_share=0.0, freeze_encoder=1, learning_rate=2e-3)


class Pretraining(Run):
    """One run over packed pieces."""

    def __init__(self, packed: Path, start: Path, out: Path, options: PretrainOptions) -> None:
        super().__init__(start, out, options.minutes, options.checkpoint_minutes)
        self.options = options
        torch.manual_seed(options.seed)
        encoder = Encoder(start)
        train = read_packed(packed, "train")
        self.model, new_head = masked_model(start, bool(options.from_scratch))
        if new_head:
            begin_with_frequencies(self.model, train)
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
        """Weights, optimiser, and how far each phase has been read."""
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "pieces": self.tokens,
            "places": self.places,
        }

    def load_state(self, state: dict) -> None:
        """The inverse of :meth:`state`."""
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.tokens, self.places = state["pieces"], state["places"]

    def progress(self, total: int) -> float:
        """Share of the pieces that has been read."""
        return self.tokens / total

    def run(self) -> None:
        """Trains to the end of the schedule and writes the encoder to ``out``."""
        self.out.mkdir(parents=True, exist_ok=True)
        if self.step == 0:
            self._record(perplexity=self._perplexity())
        self.model.train()
        losses: list[torch.Tensor] = []
        before, first, measured = self.spent, self.tokens, self.spent
        for progress in self.schedule(self.options.tokens):
            losses.append(self.train_step(progress))
            if self.step % 50 == 0:
                mean = float(sum(losses[-50:]) / len(losses[-50:]))
                self._record(loss=round(mean, 4), rate=self._rate(progress))
                log.info(
                    "%.1f %% step %d loss %.3f perplexity %.1f %.0f pieces/s",
                    100 * progress,
                    self.step,
                    mean,
                    math.exp(mean),
                    (self.tokens - first) / max(self.spent - before, 1e-9),
                )
            if self.spent - measured > 60 * self.options.eval_minutes:
                measured = self.spent
                self._record(perplexity=self._perplexity())
        self._record(perplexity=self._perplexity())
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
        (self.out / "pretrain.json").write_text(json.dumps(report, indent=1) + "\n")

    def _rate(self, progress: float) -> float:
        rise, fall = progress / max(self.options.warmup, 1e-9), (1 - progress) / max(self.options.decay, 1e-9)
        return self.options.learning_rate * max(0.005, min(1.0, rise, fall))

    def batch_loss(self, phase: int, rows: int) -> torch.Tensor:
        """Mean loss of the next ``rows`` rows of a phase."""
        batch = self.phases[phase].batch(self.places[phase], rows)
        return masked_loss(self.model, batch, self.device, self.amp)

    def train_step(self, progress: float) -> torch.Tensor:
        """One optimiser step over ``accumulate`` batches; their mean loss, which stays on the device."""
        phase = len(self.phases) - 1 if progress >= 1 - self.options.long_share else 0
        blocks = self.phases[phase]
        rows = max(1, self.options.batch_tokens // blocks.length)
        total = torch.zeros((), device=self.device)
        for _ in range(self.options.accumulate):
            loss = self.batch_loss(phase, rows)
            (loss / self.options.accumulate).backward()
            total += loss.detach() / self.options.accumulate
            self.places[phase] += rows
            self.tokens += rows * blocks.length
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate(progress)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.losses.append(total)
        return total

    def dev_figures(self) -> dict:
        """The last held-out perplexity by source."""
        return self.perplexity

    def _perplexity(self) -> dict[str, float]:
        found = perplexities(self.model, self.held, self.options.eval_rows, self.device, self.amp)
        self.perplexity = found
        log.info("held-out perplexity %s", " ".join(f"{k} {v:.2f}" for k, v in found.items()))
        return found

    def _record(self, **values: object) -> None:
        row = {"step": self.step, "pieces": self.tokens, "minutes": round(self.spent / 60, 2)}
        with (self.out / "curve.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({**row, **values}) + "\n")


def masked_model(start: Path, from_scratch: bool) -> tuple[BertForMaskedLM, bool]:
    """BERT with its masked-language head, no dropout, four case shapes as token types; and whether the
    head is new, because ``start`` has none."""
    config = BertConfig.from_pretrained(start)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = training_attention(start)
    if from_scratch:
        config.type_vocab_size = 4
        return BertForMaskedLM(config), True
    model, loaded = BertForMaskedLM.from_pretrained(start, config=config, output_loading_info=True)
    extend_token_types(model.bert)
    model.config.type_vocab_size = model.bert.config.type_vocab_size
    return model.float(), any("predictions" in name for name in loaded["missing_keys"])


@torch.no_grad()
def begin_with_frequencies(model: BertForMaskedLM, packed: Mapping[str, PackedTokens]) -> None:
    """Gives the head the logarithm of each piece's frequency as its bias. Left at zero, frequency
    would be learnt first, by the embeddings, which are the head's weights too."""
    bias = model.cls.predictions.decoder.bias
    counts = np.ones(len(bias))
    for tokens in packed.values():
        counts += np.bincount(tokens.ids, minlength=len(bias))
    bias.copy_(torch.from_numpy(np.log(counts / counts.sum())))


def write_encoder(model: BertForMaskedLM, start: Path, out: Path) -> None:
    """Encoder and head in Hugging Face layout, with the tokenizer of ``start``."""
    model.save_pretrained(out)
    for name in (*TOKENIZER_FILES, "adopted.json"):
        if (start / name).is_file() and (start / name).resolve() != (out / name).resolve():
            (out / name).write_bytes((start / name).read_bytes())


def curve(folder: Path) -> Iterator[dict]:
    """Rows of a run's ``curve.jsonl``: step, pieces, minutes, and loss or perplexity."""
    with (folder / "curve.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
