"""Fine-tunes one network on answers and stances."""

import random
from pathlib import Path

import torch
from torch.nn import functional

from ..common.loop import EpochPlan, fit
from ..questions.data.mixture import Mixture
from ..questions.evaluate import factoids
from ..questions.predict import torch_runner as answer_runner
from ..questions.train import Job, SpanTraining, write_run
from ..stances.data.mixture import StanceMixture, epoch, sample, stance_mixture
from ..stances.data.rows import stance_row
from ..stances.evaluate import figures
from ..stances.predict import torch_runner as stance_runner
from .model import new_network
from .options import ReadingOptions


class ReadingTraining(SpanTraining):
    """A run of the network for answers and stances.

    >>> options = ReadingOptions(stances="runs/stances/third")
    >>> run = ReadingTraining(corpora, Path("runs/reading/general"), Path("runs/reading/joint"), options)
    >>> run.run()
    """

    options: ReadingOptions

    def __init__(
        self,
        root: Path,
        start: Path,
        out: Path,
        options: ReadingOptions,
        mixture: Mixture | None = None,
        stances: StanceMixture | None = None,
    ) -> None:
        torch.manual_seed(options.seed)
        other = Path(options.stances) if options.stances else None
        network = new_network(start, other, options.stances_share, options.dropout)
        self.stances = stances or stance_mixture(root, options.leave_out)
        rng = random.Random(1)
        self.dev = {name: sample(own, options.dev_examples, rng) for name, own in self.stances.dev.items()}
        super().__init__(root, start, out, options, mixture, network)

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
        write_run(self, history=self.history)

    def plan_epoch(self, number: int) -> list[Job]:
        """Draws the batches of an epoch, with spans and stances in random order.

        The result depends only on the seed and the epoch.
        """
        options = self.options
        rng = random.Random(1000 * options.seed + number)
        spans = self.span_rows(rng)
        examples = epoch(self.stances, rng, options)
        stances = [stance_row(self.encoder, e, options.stance_max_length, options.context) for e in examples]
        jobs = [*self.jobs("span", spans, rng), *self.jobs("stance", stances, rng)]
        rng.shuffle(jobs)
        return jobs

    def verdict_loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Returns the loss of the stance logits [rows, 3]."""
        loss = functional.cross_entropy(
            logits.float(), batch["verdict"], label_smoothing=self.options.smoothing
        )
        return self.options.stances_weight * loss

    def evaluate(self) -> None:
        """Adds the dev figures of the averaged weights to the history: answers on snippets, and stances."""
        with self.averaged() as module:
            found: dict = figures(stance_runner(module, self.device, self.amp), self.encoder, self.dev)
            # Only the biomedical stage has dev questions.
            if self.mixture.dev_questions:
                run = answer_runner(module, self.device, self.amp)
                found["answers"] = factoids(run, self.encoder, self.mixture.dev_questions, False)
            self.history.append({"step": self.step, **found})
