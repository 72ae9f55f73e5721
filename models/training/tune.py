"""Fine-tunes the tagger: AdamW, warm-up, decay to zero, weight averaging, resumable."""

import json
import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn

from .checkpoint import load_state, save_state
from .corpora import DEFAULT_CORPORA, heads_for
from .dedup import read_test_text
from .evaluate import evaluate, table
from .examples import Document, batches, epoch_examples, load_training, tensors
from .features import Encoder
from .model import Average, Tagger, loss_of, new_tagger
from .optimiser import parameter_groups, set_rate
from .predict import torch_runner
from .start import device_and_amp

log = logging.getLogger(__name__)
TOKENIZER_FILES = ("vocab.txt", "tokenizer.json", "tokenizer_config.json",
                   "special_tokens_map.json")


@dataclass
class TuneOptions:
    """Settings of one run. ``pieces``: padded pieces a step. ``layer_decay``: factor on the
    learning rate a layer down (1 = none). ``word_mask``: share of input pieces replaced by
    [MASK] while training, so that context must serve where a name is unknown. ``train_share``: share of the train parts that
    an epoch reads, for a second run that adds new parts to what the first has learnt."""

    corpora: tuple[str, ...] = DEFAULT_CORPORA
    parts: tuple[str, ...] = ("train",)
    epochs: float = 8
    learning_rate: float = 3e-4
    warm_up: float = 0.08
    weight_decay: float = 0.01
    layer_decay: float = 0.9
    dropout: float = 0.1
    word_mask: float = 0.0
    pieces: int = 2048
    longest: int = 190
    average: float = 0.99
    average_every: int = 5
    train_share: float = 1.0
    token_types: str = "shape"
    seed: int = 1
    eval_epochs: float = 2
    eval_part: str = "dev"
    minutes: float = 600.0
    checkpoint_minutes: float = 3.0


class Tuning:
    """State of one run: everything that a checkpoint must hold to go on as if never stopped."""

    def __init__(self, root: Path, start: Path, out: Path, options: TuneOptions) -> None:
        self.root, self.start, self.out, self.o = root, start, out, options
        self.device, self.amp = device_and_amp()
        torch.manual_seed(options.seed)
        self.encoder = Encoder(start)
        self.heads = heads_for(options.corpora)
        self.tagger = new_tagger(start, self.heads, options.dropout).to(self.device)
        _continue_from(self.tagger, start)
        self.average = Average(self.tagger, options.average, options.average_every)
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.tagger, options.learning_rate, options.layer_decay,
                             options.weight_decay), fused=True)
        self.step, self.spent, self.history = 0, 0.0, []

    def restore(self) -> bool:
        """Takes up the run's checkpoint; False where there is none."""
        state = load_state(self.out)
        if state is None:
            return False
        self.tagger.load_state_dict(state["tagger"])
        self.average.state, self.average.count = state["average"], state["count"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent, self.history = state["step"], state["spent"], state["history"]
        torch.set_rng_state(state["rng"])
        log.info("resumed at step %d", self.step)
        return True

    def save(self, spent: float) -> None:
        """Writes the checkpoint."""
        save_state(self.out, {
            "tagger": self.tagger.state_dict(), "average": self.average.state,
            "count": self.average.count, "optimizer": self.optimizer.state_dict(),
            "step": self.step, "spent": spent, "history": self.history,
            "rng": torch.get_rng_state(),
        })

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged tagger to ``out``."""
        write_shape(self)
        documents = load_training(self.root, self.o.corpora, self.o.parts, self.encoder,
                                  read_test_text(self.root), self.o.train_share)
        per_epoch = len(self._plan(documents, 0))
        total = math.ceil(per_epoch * self.o.epochs)
        log.info("%d steps an epoch, %d in all, heads %s", per_epoch, total, self.heads)
        begun = saved = time.monotonic()
        epoch, plan, losses, pieces = -1, [], [], 0
        while self.step < total:
            spent = self.spent + time.monotonic() - begun
            # A shared machine may be slow: the decay follows the clock too.
            done = max(self.step / total, spent / (60 * self.o.minutes))
            if done >= 1:
                break
            if self.step // per_epoch != epoch:
                epoch = self.step // per_epoch
                plan = self._plan(documents, epoch)
            # Plans of later epochs may differ by a few batches: wrap around.
            batch = tensors(plan[self.step % per_epoch % len(plan)], self.encoder)
            losses.append(self._train_step(batch, done))
            pieces += int(batch["attention_mask"].sum())
            if self.step % 100 == 0:
                log.info("step %d/%d epoch %.2f loss %.4f %.0f pieces/s", self.step, total,
                         self.step / per_epoch, sum(losses[-100:]) / len(losses[-100:]),
                         pieces / (time.monotonic() - begun))
            if self.step % max(1, round(per_epoch * self.o.eval_epochs)) == 0:
                self.measure(self.step / per_epoch)
            if time.monotonic() - saved > 60 * self.o.checkpoint_minutes:
                saved = time.monotonic()
                self.save(self.spent + saved - begun)
        self.spent += time.monotonic() - begun
        self.measure(self.step / per_epoch)
        self.save(self.spent)
        write_run(self)

    def _plan(self, documents: Sequence[Document], epoch: int) -> list:
        rng = random.Random(1000 * self.o.seed + epoch)
        examples = epoch_examples(documents, self.heads, rng, self.o.longest)
        return batches(examples, self.o.pieces, rng)

    def _train_step(self, batch: dict[str, torch.Tensor], done: float) -> float:
        set_rate(self.optimizer.param_groups, done, self.o.warm_up)
        batch = {name: value.to(self.device) for name, value in batch.items()}
        labels = batch.pop("labels")
        if self.o.token_types == "none":
            batch["token_type_ids"].zero_()
        self._hide(batch)
        self.tagger.train()
        with torch.autocast(self.device.type, dtype=self.amp):
            logits = self.tagger(**batch)
        loss = loss_of(logits, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.average.update(self.tagger)
        return loss.item()

    def _hide(self, batch: dict[str, torch.Tensor]) -> None:
        if self.o.word_mask > 0:
            special = self.encoder.special
            ids = batch["input_ids"]
            hidden = torch.rand(ids.shape, device=ids.device) < self.o.word_mask
            hidden &= (ids != special.pad) & (ids != special.cls) & (ids != special.sep)
            ids[hidden] = special.mask

    def measure(self, epoch: float) -> None:
        """Dev figures of the averaged weights, logged and kept in the history."""
        live = {k: v.clone() for k, v in self.tagger.state_dict().items()}
        self.tagger.load_state_dict(self.average.state)
        self.tagger.eval()
        names = [n for n in self.o.corpora if n in DEFAULT_CORPORA]
        run = torch_runner(self.tagger, self.device, self.amp)
        if self.o.token_types == "none":
            shaped = run
            run = lambda ids, mask, types: shaped(ids, mask, types * 0)  # noqa: E731
        scores = evaluate(run, self.encoder, self.root, names, self.o.eval_part,
                          self.heads)
        self.tagger.load_state_dict(live)
        self.history.append({"epoch": round(epoch, 2), "step": self.step,
                             **{n: s.as_dict() for n, s in scores.items()}})
        log.info("%s after epoch %.2f\n%s", self.o.eval_part, epoch, table(scores))


def _continue_from(tagger: Tagger, start: Path) -> None:
    """Where the starting folder is itself one of our runs, its heads go on too."""
    path = start / "tagger.pt"
    if not path.is_file():
        return
    saved = torch.load(path, map_location="cpu", weights_only=True)
    if saved["heads"] == list(tagger.heads):
        tagger.load_state_dict(saved["state"])
        log.info("continuing the tagger of %s", start.name)


def write_shape(tuning: Tuning) -> None:
    """Writes config and tokenizer, so that the checkpoint of a run still going can be exported."""
    tuning.out.mkdir(parents=True, exist_ok=True)
    tuning.tagger.bert.config.save_pretrained(tuning.out)
    for name in TOKENIZER_FILES:
        (tuning.out / name).write_bytes((tuning.start / name).read_bytes())


def write_run(tuning: Tuning) -> None:
    """Writes encoder (Hugging Face layout), ``tagger.pt`` and ``run.json`` to the run's folder."""
    out = tuning.out
    tuning.tagger.load_state_dict(tuning.average.state)
    tuning.tagger.bert.save_pretrained(out)
    torch.save({"heads": list(tuning.heads), "state": tuning.tagger.state_dict()}, out / "tagger.pt")
    report = {"options": asdict(tuning.o), "start": tuning.start.name, "steps": tuning.step,
              "minutes": round(tuning.spent / 60, 1), "history": tuning.history}
    (out / "run.json").write_text(json.dumps(report, indent=1))
