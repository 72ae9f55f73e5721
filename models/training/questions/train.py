"""Fine-tunes the question network on a mixture of spans, verdicts and pairs."""

import random
from pathlib import Path
from typing import NamedTuple

import torch

from ..common.fine_tuning import FineTuning
from ..common.loop import EpochPlan, StepResult, fit, write_report
from ..common.start import autocast
from .data.examples import Pair
from .data.mixture import Mixture, biomedical_mixture, general_mixture
from .data.rows import MAX_GOLD, Row, TokenEncoder, by_length, pad, text_row, training_row, verdict_row
from .model import QuestionNetwork, contrastive_loss, new_network, pooled, span_loss, verdict_loss
from .options import RUN_FILE, QuestionOptions, SpanOptions

#: The smallest random max_length of a row, in tokens.
MIN_LENGTH = 80
#: Inputs of the encoder, in their order.
ROW_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Job(NamedTuple):
    """The batch of a step. ``kind`` is ``span`` or ``verdict`` (``items`` are rows), or ``pair`` (pairs of texts)."""

    kind: str
    items: list


class SpanTraining(FineTuning):
    """A run that learns to find answers. Subclasses plan the batches, and use the verdict layer too."""

    options: SpanOptions

    def __init__(
        self,
        root: Path,
        start: Path,
        out: Path,
        options: SpanOptions,
        mixture: Mixture | None,
        network: QuestionNetwork,
    ) -> None:
        self.encoder = TokenEncoder(start)
        self.mixture = mixture or read_mixture(root, options)
        super().__init__(network, start, out, options, self.encoder.special)

    def plan_epoch(self, epoch: int) -> list[Job]:
        """Draws the batches of an epoch. The result depends only on the seed and the epoch."""
        raise NotImplementedError

    def span_rows(self, rng: random.Random) -> list[Row]:
        """Returns a row of random length for each span example."""
        options = self.options

        def random_length() -> int:
            return rng.randint(min(MIN_LENGTH, options.max_length), options.max_length)

        return [
            training_row(self.encoder, e, random_length(), options.miss_answer, rng)
            for e in self.mixture.spans
        ]

    def jobs(self, kind: str, rows: list[Row], rng: random.Random) -> list[Job]:
        """Groups the rows of one kind into batches."""
        lengths = [len(row.ids) for row in rows]
        return [
            Job(kind, [rows[i] for i in batch])
            for batch in by_length(lengths, self.options.batch_tokens, rng)
        ]

    def train_step(self, job: Job, progress: float) -> StepResult:
        """Makes one optimiser step on a batch."""
        return self.learn(job.kind, self.tensors_of(job), progress)

    def tensors_of(self, job: Job) -> dict[str, torch.Tensor]:
        """Returns the tensors of a batch of rows: the arrays of ``pad``, with ``gold`` [rows, places, 2] of spans, or
        ``verdict`` and ``maybe`` [rows]."""
        batch = {name: torch.from_numpy(array) for name, array in pad(job.items, self.encoder).items()}
        if job.kind == "span":
            batch["gold"] = torch.full((len(job.items), MAX_GOLD, 2), -1)
            for number, row in enumerate(job.items):
                batch["gold"][number, : len(row.gold)] = torch.tensor(row.gold)
        else:
            batch["verdict"] = torch.tensor([row.verdict for row in job.items])
            batch["maybe"] = torch.tensor([row.maybe for row in job.items])
        return batch

    def learn(self, kind: str, batch: dict[str, torch.Tensor], progress: float) -> StepResult:
        """Makes one optimiser step on the tensors of a batch."""
        tokens = sum(int(mask.sum()) for name, mask in batch.items() if name.endswith("attention_mask"))
        self.module.train()
        batch = {name: tensor.to(self.device) for name, tensor in batch.items()}
        return StepResult(self.update(self.loss(kind, batch), progress), tokens, kind)

    def loss(self, kind: str, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Returns the loss of a batch of rows."""
        self.mask(batch["input_ids"])
        with autocast(self.device, self.amp):
            states = self.module.dropout(self.module.states(*(batch[name] for name in ROW_INPUTS)))
            logits = self.module.span(states) if kind == "span" else self.module.verdict(states[:, 0])
        if kind == "span":
            return span_loss(logits, batch["readable"], batch["gold"])
        return self.verdict_loss(logits, batch)

    def verdict_loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Returns the loss of the logits [rows, 3] of the verdict layer."""
        raise NotImplementedError


class QuestionTraining(SpanTraining):
    """A run of the question model.

    >>> run = QuestionTraining(corpora, start_folder("minilm"), Path("runs/questions"), QuestionOptions())
    >>> run.run()
    """

    options: QuestionOptions

    def __init__(
        self, root: Path, start: Path, out: Path, options: QuestionOptions, mixture: Mixture | None = None
    ) -> None:
        torch.manual_seed(options.seed)
        super().__init__(root, start, out, options, mixture, new_network(start, options.dropout))

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged network to ``out``."""
        plan = EpochPlan(self.plan_epoch, self.options.epochs)
        fit(self, plan.total, lambda progress: self.train_step(plan.batch(self.step), progress), log_every=50)
        write_run(self)

    def plan_epoch(self, epoch: int) -> list[Job]:
        """Draws the batches of an epoch, with spans, verdicts and pairs in random order.

        The result depends only on the seed and the epoch.
        """
        rng = random.Random(1000 * self.options.seed + epoch)
        options = self.options
        spans = self.span_rows(rng)
        top = min(options.max_length, options.verdict_max_length)
        verdicts = [verdict_row(self.encoder, e, top, rng) for e in self.mixture.verdicts]
        jobs = [*self.jobs("span", spans, rng), *self.jobs("verdict", verdicts, rng)]
        count = min(options.pairs, len(self.mixture.pairs))
        pairs = rng.sample(self.mixture.pairs, count)
        jobs += [
            Job("pair", pairs[i : i + options.pairs_per_batch])
            for i in range(0, count - count % options.pairs_per_batch, options.pairs_per_batch)
        ]
        rng.shuffle(jobs)
        return jobs

    def tensors_of(self, job: Job) -> dict[str, torch.Tensor]:
        """Returns the tensors of a batch. Pairs have the inputs of both sides, as ``left_…`` and ``right_…``, and
        ``groups`` [pairs]."""
        return self._pair_tensors(job.items) if job.kind == "pair" else super().tensors_of(job)

    def _pair_tensors(self, pairs: list[Pair]) -> dict[str, torch.Tensor]:
        batch = {}
        for side, texts in (("left", [p.left for p in pairs]), ("right", [p.right for p in pairs])):
            rows = [text_row(self.encoder, text, self.options.max_length) for text in texts]
            batch |= {
                f"{side}_{name}": torch.from_numpy(array)
                for name, array in pad(rows, self.encoder).items()
                if name in ROW_INPUTS
            }
        names = {p.group: number for number, p in enumerate(pairs)}
        return {**batch, "groups": torch.tensor([names[p.group] for p in pairs])}

    def loss(self, kind: str, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Returns the loss of a batch."""
        return self._pair_loss(batch) if kind == "pair" else super().loss(kind, batch)

    def verdict_loss(self, logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Returns the loss of the logits [rows, 3] of the verdict layer."""
        return self.options.verdict_weight * verdict_loss(logits, batch["verdict"], batch["maybe"])

    def _pair_loss(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        vectors = []
        for side in ("left", "right"):
            rows = [batch[f"{side}_{name}"] for name in ROW_INPUTS]
            with autocast(self.device, self.amp):
                states = self.module.states(*rows)
            vectors.append(pooled(states.float(), rows[1]))
        return self.options.pair_weight * contrastive_loss(vectors[0], vectors[1], batch["groups"])


def write_run(run: SpanTraining, **more: object) -> None:
    """Writes the encoder (in the layout of Hugging Face), ``questions.pt`` and ``run.json`` to the folder of the
    run. ``more``: see ``write_report``."""
    run.write_tokenizer()
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save(run.module.state_dict(), run.out / RUN_FILE)
    write_report(run, run.options, **more)


def read_mixture(root: Path, options: SpanOptions) -> Mixture:
    """Reads the examples of the stage that the run trains."""
    if options.stage == "general":
        return general_mixture(root, options.seed, options.unanswerable)
    return biomedical_mixture(root, options.leave_out, options.seed, options.unanswerable)
