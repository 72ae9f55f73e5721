"""Fine-tunes the tagger."""

import logging
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from ..common.dedup import DRUGPROT, read_test_text
from ..common.encoder import Encoder
from ..common.fine_tuning import FineTuning
from ..common.folders import replace_file
from ..common.loop import EpochPlan, StepResult, fit, write_report
from ..common.start import autocast
from .data.corpora import CORPORA, MEASURED_CORPORA, heads_for
from .data.examples import Document, Example, batches, epoch_examples, load_training, tensors
from .evaluate import evaluate, table
from .model import loss_of, new_tagger
from .options import RUN_FILE, TaggerOptions
from .predict import torch_runner

log = logging.getLogger(__name__)
#: File of the encoded corpora. It is in the folder of a run until the run is finished.
DOCUMENTS = "documents.pickle"


class TaggerTraining(FineTuning):
    """A run of the tagger.

    >>> run = TaggerTraining(corpora, start_folder("minilm"), Path("runs/tagger"), TaggerOptions(epochs=2))
    >>> run.run()
    """

    options: TaggerOptions

    def __init__(self, root: Path, start: Path, out: Path, options: TaggerOptions) -> None:
        torch.manual_seed(options.seed)
        self.root = root
        self.encoder = Encoder(start)
        self.heads = heads_for(options.corpora)
        tagger = new_tagger(start, self.heads, options.dropout)
        super().__init__(tagger, start, out, options, self.encoder.special)

    def state(self) -> dict:
        """Returns the state of every fine-tuning and the heads, so that an unfinished run can be exported."""
        return {**super().state(), "heads": list(self.heads)}

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged tagger to ``out``."""
        # Config and tokenizer are written first, so that the checkpoint of an unfinished run can be exported.
        self.write_tokenizer()
        self.module.bert.config.save_pretrained(self.out)

        documents = self._documents()
        plan = EpochPlan(lambda epoch: self.plan_epoch(documents, epoch), self.options.epochs)
        fit(
            self,
            plan.total,
            lambda progress: self.train_step(tensors(plan.batch(self.step), self.encoder), progress),
            log_every=100,
            evaluate=lambda: self.measure(self.step / plan.steps_per_epoch),
            evaluate_steps=max(1, round(plan.steps_per_epoch * self.options.eval_epochs)),
        )
        self.measure(self.step / plan.steps_per_epoch)
        self.save()
        write_run(self)
        (self.out / DOCUMENTS).unlink(missing_ok=True)

    def train_step(self, batch: dict[str, torch.Tensor], progress: float) -> StepResult:
        """Makes one optimiser step on the tensors of a batch."""
        tokens = int(batch["attention_mask"].sum())
        batch = {name: value.to(self.device) for name, value in batch.items()}
        labels = batch.pop("labels")
        if self.options.token_types == "none":
            batch["token_type_ids"].zero_()
        self.mask(batch["input_ids"])
        self.module.train()
        with autocast(self.device, self.amp):
            logits = self.module(**batch)
        return StepResult(self.update(loss_of(logits, labels), progress), tokens)

    def measure(self, epoch: float) -> None:
        """Evaluates the averaged weights on dev data, logs the figures and adds them to the history."""
        names = [name for name in self.options.corpora if name in MEASURED_CORPORA]
        with self.averaged() as tagger:
            run = torch_runner(tagger, self.device, self.amp)
            if self.options.token_types == "none":
                with_types = run
                run = lambda ids, mask, types: with_types(ids, mask, types * 0)  # noqa: E731
            scores = evaluate(run, self.encoder, self.root, names, self.options.eval_part, self.heads)
        figures = {name: score.as_dict() for name, score in scores.items()}
        self.history.append({"epoch": round(epoch, 2), "step": self.step, **figures})
        log.info("%s after epoch %.2f\n%s", self.options.eval_part, epoch, table(scores))

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

    def plan_epoch(self, documents: Sequence[Document], epoch: int) -> list[list[Example]]:
        """Draws the batches of an epoch. The result depends only on the seed and the epoch."""
        rng = random.Random(1000 * self.options.seed + epoch)
        examples = epoch_examples(documents, self.heads, rng, self.options.max_length)
        return batches(examples, self.options.batch_tokens, rng)

    def _documents(self) -> list[Document]:
        """Returns the encoded corpora. A resumed run reads them from its folder, which saves minutes."""
        options = (self.options.corpora, self.options.parts, self.options.shares, self.options.replace)
        path = self.out / DOCUMENTS
        if path.is_file():
            try:
                stored, rows = pickle.loads(path.read_bytes())
                if stored == options:
                    return [Document(CORPORA[name], *row) for name, *row in rows]
            except (AttributeError, ImportError):
                log.info("%s was written by another version: the corpora are read again", path.name)
        documents = self.read_documents()
        rows = [(corpus.name, sentences, share) for corpus, sentences, share in documents]
        replace_file(path, pickle.dumps((options, rows)))
        return documents


def _shares(given: Sequence[str]) -> dict[str, float]:
    """Converts ``("BC2GM=0.5",)`` to ``{"BC2GM": 0.5}``. Raises ``ValueError`` if a share is not a number."""
    return {name: float(share) for name, _, share in (entry.partition("=") for entry in given)}


def write_run(run: TaggerTraining) -> None:
    """Writes the encoder (in the layout of Hugging Face), ``tagger.pt`` and ``run.json`` to the folder of the run."""
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save({"heads": list(run.heads), "state": run.module.state_dict()}, run.out / RUN_FILE)
    write_report(run, run.options, history=run.history)
