"""Fine-tunes the relation model: one mixture of all corpora, bounded by the clock, resumable."""

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

from ..checkpoint import load_state, save_state
from ..features import Encoder
from ..model import Average
from ..optimiser import parameter_groups, set_rate
from ..start import bare_encoder, device_and_amp, load_encoder
from ..tune import TOKENIZER_FILES
from .data import DEV_PARTS, epoch, load, read_tests
from .evaluate import measure, table, thresholds_of
from .model import RelationModel, loss_of
from .predict import torch_runner
from .rows import RowEncoder, Unit, batches, tensors
from .texts import Text

log = logging.getLogger(__name__)
DEFAULT_CORPORA = ("ChemProt", "DrugProt", "BC5CDR", "BioRED", "GAD")
RUN_FILE = "relations.pt"
#: Texts of each dev set that a measurement under way reads.
QUICK = 100


@dataclass
class RelationOptions:
    """Settings of one run. ``minutes``: the schedule ends by the clock if ``epochs`` is not over.
    ``pieces``: padded pieces a step. ``alone``: share of texts read sentence by sentence where
    their heads allow it. ``hide``: share of names masked. ``parts``: of the corpora; a corpus
    without such a part gives what it has. ``eval_minutes``: between two dev measurements."""

    corpora: tuple[str, ...] = DEFAULT_CORPORA
    parts: tuple[str, ...] = ("train",)
    minutes: float = 30.0
    epochs: float = 6.0
    learning_rate: float = 3e-4
    warm_up: float = 0.08
    weight_decay: float = 0.01
    layer_decay: float = 0.9
    dropout: float = 0.1
    pieces: int = 3072
    alone: float = 0.5
    hide: float = 0.15
    average: float = 0.99
    average_every: int = 5
    eval_minutes: float = 10.0
    checkpoint_minutes: float = 3.0
    seed: int = 1


class Relating:
    """State of one run: everything that a checkpoint must hold to go on as if never stopped."""

    def __init__(self, root: Path, start: Path, out: Path, options: RelationOptions) -> None:
        self.root, self.start, self.out, self.o = root, start, out, options
        self.device, self.amp = device_and_amp()
        torch.manual_seed(options.seed)
        self.encoder = RowEncoder(Encoder(start))
        self.model = new_model(start, options.dropout).to(self.device)
        self.average = Average(self.model, options.average, options.average_every)
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.model, options.learning_rate, options.layer_decay,
                             options.weight_decay), fused=True)
        self.step, self.spent, self.history = 0, 0.0, []

    def restore(self) -> bool:
        """Takes up the run's checkpoint; False where there is none."""
        state = load_state(self.out)
        if state is None:
            return False
        self.model.load_state_dict(state["model"])
        self.average.state, self.average.count = state["average"], state["count"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent, self.history = state["step"], state["spent"], state["history"]
        torch.set_rng_state(state["rng"])
        log.info("resumed at step %d", self.step)
        return True

    def save(self, spent: float) -> None:
        """Writes the checkpoint."""
        save_state(self.out, {
            "model": self.model.state_dict(), "average": self.average.state,
            "count": self.average.count, "optimizer": self.optimizer.state_dict(),
            "step": self.step, "spent": spent, "history": self.history,
            "rng": torch.get_rng_state(),
        })

    def texts(self) -> list[Text]:
        """The training texts of the run."""
        wanted = [(name, part) for name in self.o.corpora for part in parts_of(name, self.o.parts)]
        return load(self.root, wanted, read_tests(self.root))

    def run(self, texts: Sequence[Text] | None = None) -> None:
        """Trains to the end of the schedule, then writes the averaged model to ``out``.

        ``texts``: other than the corpora's, already free of test text.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        texts = self.texts() if texts is None else texts
        per_epoch = len(self._plan(texts, 0))
        total = math.ceil(per_epoch * self.o.epochs)
        log.info("%d texts, %d steps an epoch, %d in all", len(texts), per_epoch, total)
        begun = saved = measured = time.monotonic()
        number, plan, losses, pieces = -1, [], [], 0
        while self.step < total:
            now = time.monotonic()
            # A shared machine may be slow: the decay follows the clock too.
            done = max(self.step / total, (self.spent + now - begun) / (60 * self.o.minutes))
            if done >= 1:
                break
            if self.step // per_epoch != number:
                number = self.step // per_epoch
                plan = self._plan(texts, number)
            batch = tensors(plan[self.step % per_epoch % len(plan)], self.encoder.encoder)
            losses.append(self._train_step(batch, done))
            pieces += int(batch["attention_mask"].sum())
            if self.step % 20 == 0:
                log.info("step %d/%d epoch %.2f loss %.4f %.0f pieces/s", self.step, total,
                         self.step / per_epoch, sum(losses[-20:]) / len(losses[-20:]),
                         pieces / (now - begun))
            if now - measured > 60 * self.o.eval_minutes:
                measured = now
                self.measure(self.step / per_epoch, limit=QUICK)
            if now - saved > 60 * self.o.checkpoint_minutes:
                saved = now
                self.save(self.spent + now - begun)
        self.spent += time.monotonic() - begun
        self.save(self.spent)
        write_run(self)
        self.measure(self.step / max(1, per_epoch), limit=None)
        write_report(self)

    def _plan(self, texts: Sequence[Text], number: int) -> list[list[Unit]]:
        rng = random.Random(1000 * self.o.seed + number)
        units = epoch(texts, self.encoder, rng, alone=self.o.alone, hide=self.o.hide)
        return batches(units, self.o.pieces, rng)

    def _train_step(self, batch: dict[str, torch.Tensor], done: float) -> float:
        set_rate(self.optimizer.param_groups, done, self.o.warm_up)
        batch = {name: value.to(self.device) for name, value in batch.items()}
        self.model.train()
        with torch.autocast(self.device.type, dtype=self.amp):
            logits = self.model(batch["input_ids"], batch["attention_mask"],
                                batch["token_type_ids"], batch["pairs"])
        loss = loss_of(logits.float(), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.average.update(self.model)
        return loss.item()

    def measure(self, number: float, limit: int | None) -> None:
        """Dev figures of the averaged weights, each at its best threshold, logged and kept.

        ``limit``: texts of each set at most.
        """
        live = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.average.state)
        self.model.eval()
        sets = [(n, DEV_PARTS[n]) for n in self.o.corpora if n in DEV_PARTS]
        found = measure(torch_runner(self.model, self.device, self.amp), self.encoder, self.root,
                        sets, limit=limit)
        self.model.load_state_dict(live)
        thresholds = thresholds_of(found)
        self.history.append({"epoch": round(number, 2), "step": self.step,
                             "thresholds": thresholds,
                             **{n: m.score(m.best_threshold()).as_dict() for n, m in found.items()}})
        log.info("dev after epoch %.2f\n%s", number, table(found))


def parts_of(name: str, parts: Sequence[str]) -> list[str]:
    """The parts that a corpus has of those wanted: DrugProt's one part counts as train."""
    if name == "DrugProt":
        return ["train"] if "train" in parts else []
    if name in ("ChemProt", "BC5CDR", "GAD"):
        return list(parts)
    return [part for part in parts if part == "train" or part.startswith("fold")]


def new_model(start: Path, dropout: float) -> RelationModel:
    """A model on the encoder of ``start``; where that is itself a run of ours, its whole model."""
    saved = start / RUN_FILE
    if not saved.is_file():
        return RelationModel(load_encoder(start, dropout), dropout)
    model = RelationModel(bare_encoder(start), dropout)
    model.load_state_dict(torch.load(saved, map_location="cpu", weights_only=True))
    log.info("continuing the relation model of %s", start.name)
    return model


def load_run(folder: Path) -> RelationModel:
    """The averaged model of a finished run. Raises ``FileNotFoundError`` where there is none."""
    model = RelationModel(bare_encoder(folder), 0.0)
    model.load_state_dict(torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True))
    return model.eval()


def write_run(run: Relating) -> None:
    """Writes encoder (Hugging Face layout), the averaged model and ``run.json`` to the run's folder."""
    run.model.load_state_dict(run.average.state)
    run.model.bert.save_pretrained(run.out)
    torch.save(run.model.state_dict(), run.out / RUN_FILE)
    for name in TOKENIZER_FILES:
        (run.out / name).write_bytes((run.start / name).read_bytes())
    write_report(run)


def write_report(run: Relating) -> None:
    """Writes ``run.json``: settings, dev figures along the way."""
    report = {"options": asdict(run.o), "start": run.start.name, "steps": run.step,
              "minutes": round(run.spent / 60, 1), "history": run.history}
    (run.out / "run.json").write_text(json.dumps(report, indent=1))
