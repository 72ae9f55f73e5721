"""Fine-tunes the relation model on a mixture of all corpora."""

import logging
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from ..common.encoder import Encoder
from ..common.fine_tuning import FineTuning
from ..common.loop import EpochPlan, StepResult, fit, write_report
from ..common.start import autocast
from .data.mixture import DEV_PARTS, SPLIT, epoch, load, parts_of, read_tests
from .data.rows import RowEncoder, Unit, batches, tensors
from .data.sentence_mixing import Statement, document_head, statements_of
from .data.texts import Text
from .evaluate import measure, table, thresholds_of
from .model import load_run, loss_of, new_model, train_markers_alone
from .options import RUN_FILE, RelationOptions
from .predict import stating_pairs, torch_runner

log = logging.getLogger(__name__)
#: Number of texts of each dev set that an evaluation during the run reads. The last evaluation reads all.
QUICK_TEXTS = 100


class RelationTraining(FineTuning):
    """A run of the relation model.

    ``texts``: training texts without test text; default: those of the corpora. ``evaluate``: whether the run is
    evaluated on dev data; the folds of a cross-validation have none.

    >>> run = RelationTraining(corpora, start_folder("minilm"), Path("runs/relations"), RelationOptions(minutes=30))
    >>> run.run()
    """

    options: RelationOptions

    def __init__(
        self,
        root: Path,
        start: Path,
        out: Path,
        options: RelationOptions,
        texts: Sequence[Text] | None = None,
        evaluate: bool = True,
    ) -> None:
        torch.manual_seed(options.seed)
        self.root = root
        self.encoder = RowEncoder(Encoder(start))
        model = new_model(start, options.dropout, self.encoder)
        if options.share_encoder:
            train_markers_alone(model, self.encoder.markers)
        super().__init__(model, start, out, options, self.encoder.encoder.special)
        self._texts, self._evaluate = texts, evaluate
        self._statements: dict[int, list[Statement]] = {}

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged model to ``out``."""
        self.out.mkdir(parents=True, exist_ok=True)
        texts = self.texts()
        log.info("%d texts", len(texts))
        plan = EpochPlan(lambda number: self.plan_epoch(texts, number), self.options.epochs)
        fit(
            self,
            plan.total,
            lambda progress: self.train_step(tensors(plan.batch(self.step), self.encoder.encoder), progress),
            log_every=20,
            evaluate=lambda: self.measure(self.step / plan.steps_per_epoch, limit=QUICK_TEXTS),
            evaluate_minutes=self.options.eval_minutes,
        )
        # The last evaluation takes minutes, so the model is written before it and its figures after it.
        write_run(self)
        self.measure(self.step / max(1, plan.steps_per_epoch), limit=None)
        write_report(self, self.options, history=self.history)
        self.write_progress()

    def train_step(self, batch: dict[str, torch.Tensor], progress: float) -> StepResult:
        """Makes one optimiser step on the tensors of a batch."""
        tokens = int(batch["attention_mask"].sum())
        batch = {name: value.to(self.device) for name, value in batch.items()}
        self.mask(batch["input_ids"])
        self.module.train()
        with autocast(self.device, self.amp):
            logits = self.module(
                batch["input_ids"], batch["attention_mask"], batch["token_type_ids"], batch["pairs"]
            )
        return StepResult(self.update(loss_of(logits.float(), batch), progress), tokens)

    def measure(self, number: float, limit: int | None) -> None:
        """Evaluates the averaged weights on dev data, each set at its best threshold, and logs the figures.

        ``limit`` is the largest number of texts of each set. ``number`` counts epochs.
        """
        if not self._evaluate:
            return
        trains_on_dev = "dev-fit" in self.options.parts
        sets = [
            (name, "dev-held" if trains_on_dev and name in SPLIT else DEV_PARTS[name])
            for name in dict.fromkeys(self.options.corpora)
            if name in DEV_PARTS
        ]
        with self.averaged() as model:
            measured = measure(
                torch_runner(model, self.device, self.amp),
                self.encoder,
                self.root,
                sets,
                "sentence" if self.options.single_sentences >= 1 else "window",
                limit,
                masked=self.options.mask_names >= 1,
            )
        figures = {name: m.score(m.best_threshold()).as_dict() for name, m in measured.items()}
        entry = {
            "epoch": round(number, 2),
            "step": self.step,
            "thresholds": thresholds_of(measured),
            **figures,
        }
        self.history.append(entry)
        log.info("dev after epoch %.2f\n%s", number, table(measured))

    def texts(self) -> list[Text]:
        """Returns the training texts of the run. If sentences are mixed, also finds their statements."""
        texts = self._texts
        if texts is None:
            names, parts = self.options.corpora, self.options.parts
            wanted = [(name, part) for name in names for part in parts_of(name, parts)]
            texts = load(self.root, wanted, read_tests(self.root))
        self._statements = self._read_statements(texts)
        return list(texts)

    def plan_epoch(self, texts: Sequence[Text], number: int) -> list[list[Unit]]:
        """Draws the batches of an epoch. The result depends only on the seed and the epoch."""
        rng = random.Random(1000 * self.options.seed + number)
        units = epoch(
            texts,
            self.encoder,
            rng,
            single_sentences=self.options.single_sentences,
            mask_names=self.options.mask_names,
            statements=self._statements,
            mix_sentences=self.options.mix_sentences,
        )
        return batches(units, self.options.batch_tokens, rng)

    def _read_statements(self, texts: Sequence[Text]) -> dict[int, list[Statement]]:
        """Returns the statements of the texts that have relations across sentences, by the number of the text.

        If the start is a relation model, it decides which sentences state a relation. This is always the model of the
        start, so that a resumed run gets the same statements.
        """
        if self.options.mix_sentences <= 0:
            return {}
        run = None
        if (self.start / RUN_FILE).is_file():
            run = torch_runner(load_run(self.start).to(self.device), self.device, self.amp)
        numbers = [number for number, text in enumerate(texts) if document_head(text)]
        # The texts of a corpus that is named twice occur twice.
        unique = list(dict.fromkeys(texts[number] for number in numbers))
        stating = dict(zip(unique, stating_pairs(unique, self.encoder, run), strict=True))
        statements = {n: statements_of(texts[n], stating[texts[n]]) for n in numbers}
        log.info(
            "%d texts are also read sentence by sentence: %d sentences, %d of them state a relation",
            len(statements),
            sum(map(len, statements.values())),
            sum(bool(s.stated) for each in statements.values() for s in each),
        )
        return statements


def write_run(run: RelationTraining) -> None:
    """Writes the encoder (in the layout of Hugging Face), ``relations.pt`` and ``run.json`` to the folder of the
    run."""
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save(run.module.state_dict(), run.out / RUN_FILE)
    run.write_tokenizer()
    write_report(run, run.options, history=run.history)
    run.write_progress()
