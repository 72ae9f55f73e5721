"""Teaches a small encoder the vectors of a larger one, by single vectors and by the similarities in a batch.

The student keeps a space of its own: the similarities of its vectors are to rank texts as those of the teacher do
(Hinton et al. 2015). A linear map into the teacher's space, which is not exported, gives each text a gradient of its
own too.
"""

import logging
import random
from pathlib import Path
from typing import Any

import torch

from ..common.fine_tuning import FineTuning
from ..common.loop import EpochPlan, StepResult, fit, write_report
from ..common.start import autocast, load_encoder
from ..questions.data.rows import TokenEncoder, by_length
from .data import Document, Pair, draw_pairs, read_documents
from .evaluate import retrieval
from .model import fitted_map, new_network, similarity_loss, vector_loss
from .options import RUN_FILE, EmbeddingOptions
from .predict import padded, runner

log = logging.getLogger(__name__)
#: Number of questions whose snippets are searched during the run.
DEV_QUESTIONS = 300
#: Number of pairs on which the map is fitted before the first step.
FITTED = 600


class EmbeddingTraining(FineTuning):
    """A run of the embedding model.

    >>> options = EmbeddingOptions(teacher="runs/starts/bge-small")
    >>> run = EmbeddingTraining(corpora, start_folder("minilm"), Path("runs/embeddings"), options)
    >>> run.run()
    """

    options: EmbeddingOptions

    def __init__(
        self,
        root: Path,
        start: Path,
        out: Path,
        options: EmbeddingOptions,
        documents: list[Document] | None = None,
    ) -> None:
        torch.manual_seed(options.seed)
        self.root, self.encoder = root, TokenEncoder(start)
        self.documents = documents or read_documents(root)
        teacher = Path(options.teacher)
        self.teacher_encoder = TokenEncoder(teacher)
        self.teacher: Any = load_encoder(teacher, 0.0).eval()
        network = new_network(start, options.dropout, self.teacher.config.hidden_size)
        super().__init__(network, start, out, options, self.encoder.special)
        self.teacher.to(self.device)

    def run(self) -> None:
        """Trains to the end of the schedule, then writes the averaged network to ``out``."""
        plan = EpochPlan(self.plan_epoch, self.options.epochs)
        if self.step == 0 and not (self.start / RUN_FILE).is_file():
            self.fit_map([pair for batch in self.plan_epoch(0) for pair in batch][:FITTED])
        fit(
            self,
            plan.total,
            lambda progress: self.train_step(plan.batch(self.step), progress),
            log_every=20,
            evaluate=self.evaluate,
            evaluate_minutes=30,
        )
        write_run(self)

    def plan_epoch(self, number: int) -> list[list[Pair]]:
        """Draws the batches of an epoch. The result depends only on the seed and the epoch."""
        options = self.options
        rng = random.Random(1000 * options.seed + number)
        pairs = list(draw_pairs(self.documents, rng, options.passages, options.passage_words))
        lengths = [len(self.encoder.encode(pair.passage).ids) + 2 for pair in pairs]
        return [[pairs[i] for i in batch] for batch in by_length(lengths, options.batch_tokens, rng)]

    def teacher_vectors(self, pairs: list[Pair]) -> tuple[torch.Tensor, torch.Tensor]:
        """Returns the teacher's vectors of the questions and of the passages, each [pairs, hidden]."""
        prefix = self.options.teacher_prefix
        return (
            self._teach([prefix + pair.question for pair in pairs]),
            self._teach([pair.passage for pair in pairs]),
        )

    def _teach(self, texts: list[str]) -> torch.Tensor:
        ids, mask = (part.to(self.device) for part in padded(self.teacher_encoder, texts))
        with torch.no_grad(), autocast(self.device, self.amp):
            states = self.teacher(input_ids=ids, attention_mask=mask).last_hidden_state
        return torch.nn.functional.normalize(states[:, 0].float())

    def _vectors(self, texts: list[str]) -> tuple[torch.Tensor, int]:
        ids, mask = (part.to(self.device) for part in padded(self.encoder, texts))
        self.mask(ids)
        with autocast(self.device, self.amp):
            return self.module(ids, mask), int(mask.sum())

    def fit_map(self, pairs: list[Pair]) -> None:
        """Sets the map to the one that fits best before the first step."""
        vectors, wanted = [], []
        self.module.eval()
        for first in range(0, len(pairs), 16):
            some = pairs[first : first + 16]
            wanted += self.teacher_vectors(some)
            with torch.no_grad():
                for texts in ([p.question for p in some], [p.passage for p in some]):
                    vectors.append(self._vectors(texts)[0])
        weight = fitted_map(torch.cat(vectors), torch.cat(wanted))
        self.module.map.weight.data.copy_(weight)
        self.average.state["map.weight"].copy_(weight)

    def train_step(self, pairs: list[Pair], progress: float) -> StepResult:
        """Makes one optimiser step on a batch."""
        options = self.options
        wanted_questions, wanted_passages = self.teacher_vectors(pairs)
        self.module.train()
        questions, question_tokens = self._vectors([pair.question for pair in pairs])
        passages, passage_tokens = self._vectors([pair.passage for pair in pairs])
        single = vector_loss(
            self.module, torch.cat([questions, passages]), torch.cat([wanted_questions, wanted_passages])
        )
        among = similarity_loss(questions, passages, wanted_questions, wanted_passages)
        loss = options.vector_weight * single + options.similarity_weight * among
        return StepResult(self.update(loss, progress), question_tokens + passage_tokens)

    def evaluate(self) -> None:
        """Adds the dev figures of the averaged weights to the history."""
        with self.averaged() as module:
            run = runner(module, self.encoder, self.device, self.amp)
            self.history.append({"step": self.step, **retrieval(run, self.root, DEV_QUESTIONS)})


def write_run(run: EmbeddingTraining) -> None:
    """Writes the encoder (in the layout of Hugging Face), ``embeddings.pt`` and ``run.json`` to the folder of the
    run."""
    run.write_tokenizer()
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save(run.module.state_dict(), run.out / RUN_FILE)
    write_report(run, run.options, history=run.history)
