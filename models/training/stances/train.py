"""Fine-tunes the stance network."""

import random
from pathlib import Path

import torch
from torch.nn import functional

from ..common.fine_tuning import FineTuning
from ..common.loop import EpochPlan, StepResult, fit, write_report
from ..common.start import autocast
from ..questions.data.rows import Row, TokenEncoder, by_length, pad
from .data.mixture import StanceMixture, epoch, stance_mixture
from .data.rows import stance_row
from .evaluate import figures
from .model import new_network
from .options import RUN_FILE, StanceOptions
from .predict import torch_runner

#: Inputs of the network, in their order.
ROW_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class StanceTraining(FineTuning):
    """A run of the stance model.

    >>> run = StanceTraining(corpora, Path("runs/questions/interpolated"), Path("runs/stances"), StanceOptions())
    >>> run.run()
    """

    options: StanceOptions

    def __init__(
        self, root: Path, start: Path, out: Path, options: StanceOptions, mixture: StanceMixture | None = None
    ) -> None:
        torch.manual_seed(options.seed)
        self.encoder = TokenEncoder(start)
        self.mixture = mixture or stance_mixture(root)
        super().__init__(new_network(start, options.dropout), start, out, options, self.encoder.special)

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged network to ``out``."""
        plan = EpochPlan(self.plan_epoch, self.options.epochs)
        fit(
            self,
            plan.total,
            lambda progress: self.train_step(plan.batch(self.step), progress),
            log_every=50,
            evaluate=self.evaluate,
            evaluate_minutes=15,
        )
        write_run(self)

    def plan_epoch(self, number: int) -> list[list[Row]]:
        """Draws the batches of an epoch. The result depends only on the seed and the epoch."""
        options = self.options
        rng = random.Random(1000 * options.seed + number)
        examples = epoch(self.mixture, rng, options)
        rows = [stance_row(self.encoder, e, options.max_length, options.context) for e in examples]
        batches = by_length([len(row.ids) for row in rows], options.batch_tokens, rng)
        return [[rows[i] for i in batch] for batch in batches]

    def train_step(self, rows: list[Row], progress: float) -> StepResult:
        """Makes one optimiser step on a batch."""
        batch = {
            name: torch.from_numpy(array).to(self.device) for name, array in pad(rows, self.encoder).items()
        }
        stances = torch.tensor([row.verdict for row in rows], device=self.device)
        self.module.train()
        self.mask(batch["input_ids"])
        with autocast(self.device, self.amp):
            logits = self.module(*(batch[name] for name in ROW_INPUTS))
        loss = functional.cross_entropy(logits.float(), stances, label_smoothing=self.options.smoothing)
        return StepResult(self.update(loss, progress), int(batch["attention_mask"].sum()))

    def evaluate(self) -> None:
        """Adds the dev figures of the averaged weights to the history."""
        with self.averaged() as module:
            run = torch_runner(module, self.device, self.amp)
            self.history.append({"step": self.step, **figures(run, self.encoder, self.mixture.dev)})


def write_run(run: StanceTraining) -> None:
    """Writes the encoder (in the layout of Hugging Face), ``stances.pt`` and ``run.json`` to the folder of the run."""
    run.write_tokenizer()
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save(run.module.state_dict(), run.out / RUN_FILE)
    write_report(run, run.options, history=run.history)
