"""Fine-tunings whose batches are made in advance. The same classes make the batches on the local machine and train on
them on the GPU machine."""

import logging
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from ..common.fine_tuning import FineTuning
from ..common.loop import StepResult, fit
from ..questions.data.mixture import Mixture
from ..questions.options import QuestionOptions
from ..questions.train import QuestionTraining
from ..questions.train import write_run as write_questions
from ..relations.data.rows import tensors as relation_tensors
from ..relations.options import RelationOptions
from ..relations.train import RelationTraining
from ..relations.train import write_run as write_relations
from ..tagger.data.examples import tensors
from ..tagger.options import TaggerOptions
from ..tagger.train import TaggerTraining
from ..tagger.train import write_run as write_tagger
from .options import Task
from .plans import Batch, Plan

log = logging.getLogger(__name__)
_OPTIONS = {"tagger": TaggerOptions, "relations": RelationOptions, "questions": QuestionOptions}


class StoredBatches(FineTuning):
    """A fine-tuning on stored batches. Each subclass has the training class of its task as its second base class."""

    def batches(self, epochs: int) -> Iterator[Batch]:
        """Makes the batches of this many epochs from the corpora."""
        raise NotImplementedError

    def train_on(self, batch: Batch, progress: float) -> StepResult:
        """Makes one optimiser step on a stored batch."""
        raise NotImplementedError

    def finish(self) -> None:
        """Writes the folder of the run, from which another run can start."""
        raise NotImplementedError

    def allow(self, seconds: float) -> None:
        """Lets the run train for this many seconds from now."""
        self._minutes = (self.spent + seconds) / 60

    def follow(self, plan: Plan) -> None:
        """Trains once on each batch of ``plan``, in their order, or until the time is over."""
        self.out.mkdir(parents=True, exist_ok=True)
        fit(
            self,
            len(plan),
            lambda progress: self.train_on(plan.batch(self.step % len(plan)), progress),
            log_every=50,
        )
        log.info("%d of %d steps in %.1f s", self.step, len(plan), self.spent)


class StoredTagger(StoredBatches, TaggerTraining):
    """The tagger."""

    def batches(self, epochs: int) -> Iterator[Batch]:
        """Makes the batches of this many epochs from the corpora."""
        documents = self.read_documents()
        for epoch in range(epochs):
            for batch in self.plan_epoch(documents, epoch):
                yield Batch("row", tensors(batch, self.encoder))

    def train_on(self, batch: Batch, progress: float) -> StepResult:
        """Makes one optimiser step on a stored batch."""
        return self.train_step(batch.tensors, progress)

    def finish(self) -> None:
        """Writes the folder of the run, from which another run can start."""
        write_tagger(self)


class StoredRelations(StoredBatches, RelationTraining):
    """The relation model."""

    def batches(self, epochs: int) -> Iterator[Batch]:
        """Makes the batches of this many epochs from the corpora."""
        texts = self.texts()
        for epoch in range(epochs):
            for batch in self.plan_epoch(texts, epoch):
                yield Batch("text", relation_tensors(batch, self.encoder.encoder))

    def train_on(self, batch: Batch, progress: float) -> StepResult:
        """Makes one optimiser step on a stored batch."""
        return self.train_step(batch.tensors, progress)

    def finish(self) -> None:
        """Writes the folder of the run, from which another run can start."""
        write_relations(self)


class StoredQuestions(StoredBatches, QuestionTraining):
    """The question network."""

    def batches(self, epochs: int) -> Iterator[Batch]:
        """Makes the batches of this many epochs from the corpora."""
        for epoch in range(epochs):
            for job in self.plan_epoch(epoch):
                yield Batch(job.kind, self.tensors_of(job))

    def train_on(self, batch: Batch, progress: float) -> StepResult:
        """Makes one optimiser step on a stored batch."""
        return self.learn(batch.kind, batch.tensors, progress)

    def finish(self) -> None:
        """Writes the folder of the run, from which another run can start."""
        write_questions(self)


def options_of(task: Task) -> Any:
    """Returns the options of a task's run."""
    return _OPTIONS[task.kind](**{**task.settings, "epochs": float(task.epochs), "checkpoint_minutes": 1.0})


def stored_run(task: Task, start: Path, out: Path, corpora: Path | None = None) -> StoredBatches:
    """Returns the run of a task that starts from the encoder or run ``start``.

    ``corpora``: folder of the corpora; needed only to make batches. Python's random numbers are seeded because some
    readers of corpora use them.
    """
    random.seed(1)
    root, options = corpora or Path("no corpora here"), options_of(task)
    if task.kind == "tagger":
        return StoredTagger(root, start, out, options)
    if task.kind == "relations":
        return StoredRelations(root, start, out, options)
    mixture = None if corpora else Mixture()
    return StoredQuestions(root, start, out, options, mixture)


def heads_of(run: StoredBatches) -> list[str]:
    """Returns the names of the tagger's heads; empty for the other kinds."""
    return list(getattr(run, "heads", ()))


def averaged_state(run: StoredBatches) -> dict[str, torch.Tensor]:
    """Returns the averaged weights, which are the result of a run."""
    return run.average.state
