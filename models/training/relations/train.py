"""Fine-tunes the relation model on one mixture of all corpora."""

import json
import logging
import math
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from ..common.encoder import Encoder
from ..common.running import FineTuneOptions, FineTuning
from ..common.start import autocast, bare_encoder, load_encoder, training_attention
from .data.mixture import DEV_PARTS, epoch, load, read_tests
from .data.rows import Markers, RowEncoder, Unit, batches, tensors
from .data.statements import Statement, document_head, statements_of, stating_pairs
from .data.texts import Text
from .evaluate import measure, table, thresholds_of
from .model import RelationModel, loss_of
from .predict import torch_runner

log = logging.getLogger(__name__)
DEFAULT_CORPORA = ("ChemProt", "DrugProt", "BC5CDR", "BioRED", "GAD")
RUN_FILE = "relations.pt"
#: Corpora with a test part of their own: their dev part may be trained on in the end.
SPLIT = ("ChemProt", "BC5CDR", "GAD")
#: Texts of each dev set that a measurement under way reads.
QUICK = 100


@dataclass
class RelationOptions(FineTuneOptions):
    """Settings of one run. ``single_sentences``: share of texts read sentence by sentence where their heads
    allow it; with 1 the dev texts are read so too. ``mask_names``: share of names masked; with 1 the dev texts' names are masked too.
    ``mix_sentences``: share of the abstracts with relations across sentences of which single statements are read,
    strewn among those of others. ``share_encoder``: 1 trains markers and head alone, over an encoder that stays another model's
    (give it ``weight_decay`` 0). ``corpora``: one named twice is read twice an epoch.
    ``parts``: of the corpora; a corpus without such a part gives what it has. ``eval_minutes``: between two dev measurements."""

    corpora: tuple[str, ...] = DEFAULT_CORPORA
    parts: tuple[str, ...] = ("train",)
    minutes: float = 30.0
    epochs: float = 6.0
    tokens: int = 3072
    single_sentences: float = 0.5
    mask_names: float = 0.15
    mix_sentences: float = 0.0
    eval_minutes: float = 10.0
    share_encoder: int = 0


class RelationTraining(FineTuning):
    """One run of the relation model."""

    def __init__(self, root: Path, start: Path, out: Path, options: RelationOptions) -> None:
        torch.manual_seed(options.seed)
        self.root = root
        self.encoder = RowEncoder(Encoder(start))
        model = new_model(start, options.dropout, self.encoder)
        if options.share_encoder:
            train_markers_alone(model, self.encoder.markers)
        super().__init__(model, start, out, options, self.encoder.encoder.special)
        self._statements: dict[int, list[Statement]] = {}

    def texts(self) -> list[Text]:
        """The training texts of the run."""
        wanted = [
            (name, part) for name in self.options.corpora for part in parts_of(name, self.options.parts)
        ]
        return load(self.root, wanted, read_tests(self.root))

    def run(self, texts: Sequence[Text] | None = None) -> None:
        """Trains to the end of the schedule, then writes the averaged model to ``out``.

        ``texts``: other than the corpora's, already free of test text.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        texts = self.texts() if texts is None else texts
        self._statements = self._read_statements(texts)
        per_epoch = len(self._plan(texts, 0))
        total = math.ceil(per_epoch * self.options.epochs)
        log.info("%d texts, %d steps an epoch, %d in all", len(texts), per_epoch, total)
        number, plan, losses = -1, [], []
        before, first, measured = self.spent, self.tokens, self.spent
        for progress in self.schedule(total):
            if self.step // per_epoch != number:
                number = self.step // per_epoch
                plan = self._plan(texts, number)
            batch = tensors(plan[self.step % per_epoch % len(plan)], self.encoder.encoder)
            losses.append(self.train_step(batch, progress))
            self.tokens += int(batch["attention_mask"].sum())
            if self.step % 20 == 0:
                log.info(
                    "step %d/%d epoch %.2f loss %.4f %.0f pieces/s",
                    self.step,
                    total,
                    self.step / per_epoch,
                    sum(losses[-20:]) / len(losses[-20:]),
                    (self.tokens - first) / max(self.spent - before, 1e-9),
                )
            if self.spent - measured > 60 * self.options.eval_minutes:
                measured = self.spent
                self.measure(self.step / per_epoch, limit=QUICK)
        write_run(self)
        self.measure(self.step / max(1, per_epoch), limit=None)
        write_report(self)

    def _plan(self, texts: Sequence[Text], number: int) -> list[list[Unit]]:
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
        """By the number of each text that has relations across sentences, what its sentences state.

        Where the run goes on from a relation model, that one says which do; as it was at the start, so
        that a run taken up again reads the same.
        """
        if self.options.mix_sentences <= 0:
            return {}
        run = None
        if (self.start / RUN_FILE).is_file():
            run = torch_runner(load_run(self.start).to(self.device), self.device, self.amp)
        numbers = [number for number, text in enumerate(texts) if document_head(text)]
        # A corpus named twice gives its texts twice.
        own = list(dict.fromkeys(texts[number] for number in numbers))
        stating = dict(zip(own, stating_pairs(own, self.encoder, run), strict=True))
        found = {n: statements_of(texts[n], stating[texts[n]]) for n in numbers}
        log.info(
            "%d texts are read by statements, too: %d of them, %d with a relation",
            len(found),
            sum(map(len, found.values())),
            sum(bool(s.stated) for each in found.values() for s in each),
        )
        return found

    def train_step(self, batch: dict[str, torch.Tensor], progress: float) -> float:
        """One step; its loss."""
        batch = {name: value.to(self.device) for name, value in batch.items()}
        self.mask(batch["input_ids"])
        self.module.train()
        with autocast(self.device, self.amp):
            logits = self.module(
                batch["input_ids"], batch["attention_mask"], batch["token_type_ids"], batch["pairs"]
            )
        return self.update(loss_of(logits.float(), batch), progress)

    def measure(self, number: float, limit: int | None) -> None:
        """Dev figures of the averaged weights, each at its best threshold, logged and kept.

        ``limit``: texts of each set at most.
        """
        held = "dev-fit" in self.options.parts
        sets = [
            (n, "dev-held" if held and n in SPLIT else DEV_PARTS[n])
            for n in dict.fromkeys(self.options.corpora)
            if n in DEV_PARTS
        ]
        with self.averaged() as model:
            found = measure(
                torch_runner(model, self.device, self.amp),
                self.encoder,
                self.root,
                sets,
                "sentence" if self.options.single_sentences >= 1 else "window",
                limit,
                masked=self.options.mask_names >= 1,
            )
        thresholds = thresholds_of(found)
        self.history.append(
            {
                "epoch": round(number, 2),
                "step": self.step,
                "thresholds": thresholds,
                **{n: m.score(m.best_threshold()).as_dict() for n, m in found.items()},
            }
        )
        log.info("dev after epoch %.2f\n%s", number, table(found))


def parts_of(name: str, parts: Sequence[str]) -> list[str]:
    """The parts that a corpus has of those wanted: DrugProt's one part counts as train."""
    if name == "DrugProt":
        return ["train"] if "train" in parts else []
    if name in SPLIT:
        return list(parts)
    return [part for part in parts if part == "train" or part.startswith("fold")]


def new_model(start: Path, dropout: float, encoder: RowEncoder) -> RelationModel:
    """A model on the encoder of ``start``; where that is itself a run of ours, its whole model."""
    saved = start / RUN_FILE
    if not saved.is_file():
        model = RelationModel(load_encoder(start, dropout), dropout)
        name_markers(model, encoder)
        return model
    model = RelationModel(bare_encoder(start, dropout, training_attention(start)), dropout)
    model.load_state_dict(torch.load(saved, map_location="cpu", weights_only=True))
    log.info("continuing the relation model of %s", start.name)
    return model


@torch.no_grad()
def name_markers(model: RelationModel, encoder: RowEncoder) -> None:
    """Lets each marker begin as the name of its type with a bracket.

    Spare entries are never read in pre-training, which pushes them all the same way (cosine 0.98
    after ours): markers that begin there cannot be told apart.
    """
    words = model.bert.embeddings.word_embeddings.weight
    for markers, bracket in ((encoder.markers.open, "["), (encoder.markers.close, "]")):
        for name, marker in markers.items():
            tokens = encoder.tokens(f"{bracket} {name.lower()}").ids
            words[marker] = words[tokens].mean(0)


def train_markers_alone(model: RelationModel, markers: Markers) -> None:
    """Leaves of the encoder only the embeddings of the markers to training."""
    model.bert.requires_grad_(False)
    words = model.bert.embeddings.word_embeddings.weight
    trained = torch.zeros(len(words), 1)
    trained[[*markers.open.values(), *markers.close.values()]] = 1
    words.requires_grad_(True)
    words.register_hook(lambda gradient: gradient * trained.to(gradient.device))


def load_run(folder: Path) -> RelationModel:
    """The averaged model of a finished run. Raises ``FileNotFoundError`` where there is none."""
    model = RelationModel(bare_encoder(folder), 0.0)
    model.load_state_dict(torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True))
    return model.eval()


def write_run(run: RelationTraining) -> None:
    """Writes encoder (Hugging Face layout), the averaged model and ``run.json`` to the run's folder."""
    run.module.load_state_dict(run.average.state)
    run.module.bert.save_pretrained(run.out)
    torch.save(run.module.state_dict(), run.out / RUN_FILE)
    run.write_tokenizer()
    write_report(run)


def write_report(run: RelationTraining) -> None:
    """Writes ``run.json``: settings, dev figures along the way."""
    report = {
        "options": asdict(run.options),
        "start": run.start.name,
        "steps": run.step,
        "minutes": round(run.spent / 60, 1),
        "arithmetic": run.arithmetic._asdict(),
        "history": run.history,
    }
    (run.out / "run.json").write_text(json.dumps(report, indent=1))
    run.write_progress()
