"""Fine-tunes the tagger."""

import json
import logging
import math
import pickle
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from ..common.dedup import DRUGPROT, read_test_text
from ..common.encoder import Encoder
from ..common.folders import replace_file
from ..common.running import FineTuneOptions, FineTuning
from ..common.start import autocast
from .data.corpora import CORPORA, DEFAULT_CORPORA, MEASURED_CORPORA, heads_for
from .data.examples import Document, batches, epoch_examples, load_training, tensors
from .evaluate import evaluate, table
from .model import RUN_FILE, loss_of, new_tagger
from .predict import torch_runner

log = logging.getLogger(__name__)
#: The corpora of a run, encoded; in the run's folder until the run is done.
DOCUMENTS = "documents.pickle"


@dataclass
class TaggerOptions(FineTuneOptions):
    """Settings of one run. ``shares``: of the train part of a corpus, ``NAME=SHARE``, that an epoch
    reads in place of the corpus's own; for a second run that adds new corpora to what the first has
    learnt. ``replace``: the share of a copy with other names, ``NAME=SHARE`` (see replacement.py).
    ``max_length``: pieces of the longest row. ``eval_epochs``: between two dev measurements."""

    corpora: tuple[str, ...] = DEFAULT_CORPORA
    parts: tuple[str, ...] = ("train",)
    epochs: float = 8
    max_length: int = 190
    shares: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    token_types: str = "shape"
    eval_epochs: float = 2
    eval_part: str = "dev"


class TaggerTraining(FineTuning):
    """One run of the tagger."""

    def __init__(self, root: Path, start: Path, out: Path, options: TaggerOptions) -> None:
        torch.manual_seed(options.seed)
        self.root = root
        self.encoder = Encoder(start)
        self.heads = heads_for(options.corpora)
        super().__init__(
            new_tagger(start, self.heads, options.dropout), start, out, options, self.encoder.special
        )

    def state(self) -> dict:
        """What every fine-tuning keeps, and the heads, so that a run still going can be exported."""
        return {**super().state(), "heads": list(self.heads)}

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged tagger to ``out``."""
        write_shape(self)
        documents = self._documents()
        per_epoch = len(self._plan(documents, 0))
        total = math.ceil(per_epoch * self.options.epochs)
        log.info("%d steps an epoch, %d in all, heads %s", per_epoch, total, self.heads)
        epoch, plan, losses = -1, [], []
        before, first = self.spent, self.tokens
        for progress in self.schedule(total):
            if self.step // per_epoch != epoch:
                epoch = self.step // per_epoch
                plan = self._plan(documents, epoch)
            # Plans of later epochs may differ by a few batches: wrap around.
            batch = tensors(plan[self.step % per_epoch % len(plan)], self.encoder)
            losses.append(self.train_step(batch, progress))
            self.tokens += int(batch["attention_mask"].sum())
            if self.step % 100 == 0:
                log.info(
                    "step %d/%d epoch %.2f loss %.4f %.0f pieces/s",
                    self.step,
                    total,
                    self.step / per_epoch,
                    sum(losses[-100:]) / len(losses[-100:]),
                    (self.tokens - first) / max(self.spent - before, 1e-9),
                )
            if self.step % max(1, round(per_epoch * self.options.eval_epochs)) == 0:
                self.measure(self.step / per_epoch)
        self.measure(self.step / per_epoch)
        self.save()
        write_run(self)
        (self.out / DOCUMENTS).unlink(missing_ok=True)

    def _documents(self) -> list[Document]:
        """The encoded corpora; a run that is resumed finds them in its folder instead of minutes later."""
        options = (self.options.corpora, self.options.parts, self.options.shares, self.options.replace)
        kept = self.out / DOCUMENTS
        if kept.is_file():
            of, rows = pickle.loads(kept.read_bytes())
            if of == options:
                return [Document(CORPORA[name], *row) for name, *row in rows]
        documents = self.read_documents()
        rows = [(corpus.name, sentences, share) for corpus, sentences, share in documents]
        replace_file(kept, pickle.dumps((options, rows)))
        return documents

    def read_documents(self) -> list[Document]:
        """Reads and encodes the corpora, without the text of test sets."""
        return load_training(
            self.root,
            self.options.corpora,
            self.options.parts,
            self.encoder,
            read_test_text(self.root, skip=DRUGPROT),
            _shares(self.options.shares),
            _shares(self.options.replace),
        )

    def _plan(self, documents: Sequence[Document], epoch: int) -> list:
        rng = random.Random(1000 * self.options.seed + epoch)
        examples = epoch_examples(documents, self.heads, rng, self.options.max_length)
        return batches(examples, self.options.batch_tokens, rng)

    def train_step(self, batch: dict[str, torch.Tensor], progress: float) -> float:
        """One step; its loss."""
        batch = {name: value.to(self.device) for name, value in batch.items()}
        labels = batch.pop("labels")
        if self.options.token_types == "none":
            batch["token_type_ids"].zero_()
        self.mask(batch["input_ids"])
        self.module.train()
        with autocast(self.device, self.amp):
            logits = self.module(**batch)
        return self.update(loss_of(logits, labels), progress)

    def measure(self, epoch: float) -> None:
        """Dev figures of the averaged weights, logged and kept in the history."""
        names = [n for n in self.options.corpora if n in MEASURED_CORPORA]
        with self.averaged() as tagger:
            run = torch_runner(tagger, self.device, self.amp)
            if self.options.token_types == "none":
                shaped = run
                run = lambda ids, mask, types: shaped(ids, mask, types * 0)  # noqa: E731
            scores = evaluate(run, self.encoder, self.root, names, self.options.eval_part, self.heads)
        self.history.append(
            {"epoch": round(epoch, 2), "step": self.step, **{n: s.as_dict() for n, s in scores.items()}}
        )
        log.info("%s after epoch %.2f\n%s", self.options.eval_part, epoch, table(scores))


def _shares(given: Sequence[str]) -> dict[str, float]:
    """``("BC2GM=0.5",)`` → ``{"BC2GM": 0.5}``. Raises ``ValueError`` where a share is no number."""
    return {name: float(share) for name, _, share in (entry.partition("=") for entry in given)}


def write_shape(tuning: TaggerTraining) -> None:
    """Writes config and tokenizer, so that the checkpoint of a run still going can be exported."""
    tuning.write_tokenizer()
    tuning.module.bert.config.save_pretrained(tuning.out)


def write_run(tuning: TaggerTraining) -> None:
    """Writes encoder (Hugging Face layout), ``tagger.pt`` and ``run.json`` to the run's folder."""
    out = tuning.out
    tuning.module.load_state_dict(tuning.average.state)
    tuning.module.bert.save_pretrained(out)
    torch.save({"heads": list(tuning.heads), "state": tuning.module.state_dict()}, out / RUN_FILE)
    report = {
        "options": asdict(tuning.options),
        "start": tuning.start.name,
        "steps": tuning.step,
        "minutes": round(tuning.spent / 60, 1),
        "arithmetic": tuning.arithmetic._asdict(),
        "history": tuning.history,
    }
    (out / "run.json").write_text(json.dumps(report, indent=1))
