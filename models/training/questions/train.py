"""Fine-tunes the question network on a mixture of spans, verdicts and pairs."""

import json
import logging
import math
import random
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from ..common.running import FineTuneOptions, FineTuning
from ..common.start import autocast
from .data.examples import Pair, VerdictExample
from .data.mixture import Mixture, biomedical_mixture, general_mixture
from .data.rows import MAX_GOLD, Row, TokenEncoder, by_length, pad, training_row
from .model import FILE, contrastive_loss, new_network, pooled, span_loss, verdict_loss

log = logging.getLogger(__name__)
SHORTEST_CUT = 80
#: What the encoder takes, in its order.
ROW_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass
class QuestionOptions(FineTuneOptions):
    """Settings of one run. ``stage``: ``general`` or ``biomedical``. ``leave_out``: BioASQ years
    that the run must not see. ``max_length``, ``verdict_max_length``: pieces of the longest row; a longer
    context is cut at random. ``miss_answer``: share of cuts that may miss the answer. ``unanswerable``: questions with a
    foreign context for each answered one. ``pairs``: contrastive pairs an epoch."""

    stage: str = "general"
    leave_out: tuple[str, ...] = ("7b",)
    max_length: int = 176
    verdict_max_length: int = 256
    miss_answer: float = 0.15
    unanswerable: float = 0.12
    pairs: int = 3000
    pairs_per_batch: int = 40
    verdict_weight: float = 1.0
    pair_weight: float = 1.0


class Job(NamedTuple):
    """One step: rows of spans or verdicts, or pairs of texts."""

    kind: str
    items: list


class QuestionTraining(FineTuning):
    """One run of the question network."""

    def __init__(
        self, root: Path, start: Path, out: Path, options: QuestionOptions, mixture: Mixture | None = None
    ) -> None:
        torch.manual_seed(options.seed)
        self.encoder = TokenEncoder(start)
        self.mixture = mixture or read_mixture(root, options)
        super().__init__(new_network(start, options.dropout), start, out, options, self.encoder.special)

    def run(self) -> None:
        """Trains to the end of the schedule or of the clock, then writes the averaged network."""
        per_epoch = len(self.plan(0))
        total = math.ceil(per_epoch * self.options.epochs)
        log.info("%d steps an epoch, %d in all", per_epoch, total)
        epoch, plan = -1, []
        before, first = self.spent, self.tokens
        losses: dict[str, list[float]] = defaultdict(list)
        for progress in self.schedule(total):
            if self.step // per_epoch != epoch:
                epoch = self.step // per_epoch
                plan = self.plan(epoch)
            job = plan[self.step % per_epoch % len(plan)]
            loss, size = self.train_step(job, progress)
            losses[job.kind].append(loss)
            self.tokens += size
            if self.step % 50 == 0:
                means = " ".join(f"{k} {np.mean(v[-50:]):.3f}" for k, v in losses.items())
                log.info(
                    "step %d/%d done %.2f %s %.0f pieces/s",
                    self.step,
                    total,
                    progress,
                    means,
                    (self.tokens - first) / max(self.spent - before, 1e-9),
                )
        self.write()

    def plan(self, epoch: int) -> list[Job]:
        """The steps of one epoch, kinds mixed; the same for the same seed and epoch."""
        rng = random.Random(1000 * self.options.seed + epoch)
        options = self.options

        def cut() -> int:
            return rng.randint(min(SHORTEST_CUT, options.max_length), options.max_length)

        spans = [training_row(self.encoder, e, cut(), options.miss_answer, rng) for e in self.mixture.spans]
        top = min(options.max_length, options.verdict_max_length)
        verdicts = [verdict_row(self.encoder, e, top, rng) for e in self.mixture.verdicts]
        jobs = [*self._jobs("span", spans, rng), *self._jobs("verdict", verdicts, rng)]
        count = min(options.pairs, len(self.mixture.pairs))
        pairs = rng.sample(self.mixture.pairs, count)
        jobs += [
            Job("pair", pairs[i : i + options.pairs_per_batch])
            for i in range(0, count - count % options.pairs_per_batch, options.pairs_per_batch)
        ]
        rng.shuffle(jobs)
        return jobs

    def _jobs(self, kind: str, rows: list[Row], rng: random.Random) -> list[Job]:
        lengths = [len(row.ids) for row in rows]
        return [
            Job(kind, [rows[i] for i in batch])
            for batch in by_length(lengths, self.options.batch_tokens, rng)
        ]

    def train_step(self, job: Job, progress: float) -> tuple[float, int]:
        """One step; its loss and the pieces that it read."""
        batch = self.tensors_of(job)
        size = sum(int(mask.sum()) for name, mask in batch.items() if name.endswith("attention_mask"))
        return self.learn(job.kind, batch, progress), size

    def tensors_of(self, job: Job) -> dict[str, torch.Tensor]:
        """What one step reads. Spans and verdicts: rows with ``readable`` [rows, length], and ``gold``
        [rows, places, 2] or ``verdict`` and ``maybe`` [rows]; pairs: rows of both sides, and ``groups``."""
        if job.kind == "pair":
            return self._pair_tensors(job.items)
        batch = {name: torch.from_numpy(array) for name, array in pad(job.items, self.encoder).items()}
        if job.kind == "span":
            batch["gold"] = torch.full((len(job.items), MAX_GOLD, 2), -1)
            for number, row in enumerate(job.items):
                batch["gold"][number, : len(row.gold)] = torch.tensor(row.gold)
        else:
            batch["verdict"] = torch.tensor([row.verdict for row in job.items])
            batch["maybe"] = torch.tensor([row.maybe for row in job.items])
        return batch

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

    def learn(self, kind: str, batch: dict[str, torch.Tensor], progress: float) -> float:
        """One step on the tensors of a job; its loss."""
        self.module.train()
        batch = {name: tensor.to(self.device) for name, tensor in batch.items()}
        loss = self._pair_loss(batch) if kind == "pair" else self._row_loss(kind, batch)
        return self.update(loss, progress)

    def _row_loss(self, kind: str, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        self.mask(batch["input_ids"])
        with autocast(self.device, self.amp):
            states = self.module.dropout(self.module.states(*(batch[name] for name in ROW_INPUTS)))
            logits = self.module.span(states) if kind == "span" else self.module.verdict(states[:, 0])
        if kind == "span":
            return span_loss(logits, batch["readable"], batch["gold"])
        return self.options.verdict_weight * verdict_loss(logits, batch["verdict"], batch["maybe"])

    def _pair_loss(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        vectors = []
        for side in ("left", "right"):
            rows = [batch[f"{side}_{name}"] for name in ROW_INPUTS]
            with autocast(self.device, self.amp):
                states = self.module.states(*rows)
            vectors.append(pooled(states.float(), rows[1]))
        return self.options.pair_weight * contrastive_loss(*vectors, batch["groups"])

    def write(self) -> None:
        """Writes encoder, tokenizer, network and ``run.json`` to the run's folder."""
        self.write_tokenizer()
        self.module.load_state_dict(self.average.state)
        self.module.bert.save_pretrained(self.out)
        torch.save(self.module.state_dict(), self.out / FILE)
        report = {
            "options": asdict(self.options),
            "start": self.start.name,
            "steps": self.step,
            "minutes": round(self.spent / 60, 1),
            "arithmetic": self.arithmetic._asdict(),
        }
        (self.out / "run.json").write_text(json.dumps(report, indent=1))


def read_mixture(root: Path, options: QuestionOptions) -> Mixture:
    """The examples of the run's stage."""
    if options.stage == "general":
        return general_mixture(root, options.seed, options.unanswerable)
    return biomedical_mixture(root, options.leave_out, options.seed, options.unanswerable)


def verdict_row(encoder: TokenEncoder, example: VerdictExample, max_length: int, rng: random.Random) -> Row:
    """A question with its context, cut at random to ``max_length`` pieces where that is longer."""
    tokens = encoder.encode(example.context)
    room = min(encoder.room(example.question, max_length), len(tokens.ids))
    start = rng.randint(0, len(tokens.ids) - room)
    row = encoder.row(example.question, tokens, start, start + room)
    return row._replace(verdict=example.verdict, maybe=example.maybe)


def text_row(encoder: TokenEncoder, text: str, max_length: int) -> Row:
    """``[CLS] text [SEP]``, what an embedding is made of; the text's opening where it is longer."""
    tokens = encoder.encode(text)
    size = min(len(tokens.ids), max_length - 2)
    zero = np.zeros(1, dtype=np.int64)
    return Row(
        np.concatenate([[encoder.special.cls], tokens.ids[:size], [encoder.special.sep]]),
        np.concatenate([zero, tokens.shapes[:size], zero]),
        (1, size + 1),
    )
