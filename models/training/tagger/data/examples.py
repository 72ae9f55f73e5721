"""Training examples: sentences and windows of sentences, batched by length with little padding."""

import itertools
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from ...common.dedup import TestText
from ...common.encoder import Encoded, Encoder
from ...common.iob import Sentence, spans_of
from .corpora import CORPORA, Corpus
from .labels import IGNORED, labels_of
from .replacement import read_lexicons, replaced

log = logging.getLogger(__name__)


class Document(NamedTuple):
    """Sentences of one corpus part in their order, encoded, and what the corpus annotates.

    ``share`` of its windows is read in each epoch, drawn anew.
    """

    corpus: Corpus
    sentences: list[Encoded]
    share: float = 1.0


class Example(NamedTuple):
    """One input row without [CLS] and [SEP]: ``ids``, ``shapes`` [tokens], ``labels`` [tokens, heads]."""

    ids: np.ndarray
    shapes: np.ndarray
    labels: np.ndarray


def load_training(
    root: Path,
    names: Sequence[str],
    parts: Sequence[str],
    encoder: Encoder,
    test: TestText,
    shares: Mapping[str, float] | None = None,
    replace: Mapping[str, float] | None = None,
) -> list[Document]:
    """Reads the parts of the corpora, drops what a test set holds, and logs how many went.

    A corpus without one of the parts gives those that it has. ``shares``: of the train part of a
    corpus, read in an epoch, where it is not the corpus's own. ``replace``: the share of a copy of the
    train part of a corpus in which other names stand (see replacement.py).
    """
    loaded = []
    copied: dict[str, list[Sentence]] = {}
    for name in names:
        corpus = CORPORA[name]
        for part in parts:
            if not corpus.has(part):
                continue
            sentences = corpus.read(root, part)
            kept = [s for s in sentences if not test.holds(" ".join(s.words))]
            log.info(
                "%s %s: %d sentences, %d dropped because a test set holds them",
                name,
                part,
                len(sentences),
                len(sentences) - len(kept),
            )
            share = (shares or {}).get(name, corpus.share) if part == "train" else 1.0
            loaded.append(Document(corpus, [encoder.sentence(s, corpus.derive) for s in kept], share))
            if part == "train" and name in (replace or {}):
                copied[name] = kept
    return loaded + _replaced(root, copied, replace or {}, encoder)


def _replaced(
    root: Path, sentences: Mapping[str, list[Sentence]], shares: Mapping[str, float], encoder: Encoder
) -> list[Document]:
    """Copies of the corpora's sentences with other names."""
    if not sentences:
        return []
    own: dict[str, list[tuple[str, ...]]] = {}
    for sentence in itertools.chain(*sentences.values()):
        for head, start, end in spans_of(sentence.tags):
            own.setdefault(head, []).append(tuple(sentence.words[start:end]))
    lexicons = read_lexicons(root, own)
    log.info("names to be put in: %s", {head: len(lexicon) for head, lexicon in lexicons.items()})
    rng = random.Random(7)
    copies = {
        name: [encoder.sentence(s, CORPORA[name].derive) for s in replaced(kept, lexicons, rng)]
        for name, kept in sentences.items()
    }
    log.info("sentences with other names: %s", {name: len(copy) for name, copy in copies.items()})
    return [Document(CORPORA[name], copy, shares[name]) for name, copy in copies.items()]


def epoch_examples(
    documents: Sequence[Document], heads: Sequence[str], rng: random.Random, max_length: int
) -> list[Example]:
    """One pass over the data: half of the sentences alone, half in windows of up to ``max_length``.

    Inference does both, so training does. Windows take neighbours, or strangers where the
    corpus has no order.
    """
    examples = []
    for corpus, sentences, share in documents:
        rows = [
            Example(s.ids, s.shapes, labels_of(s, heads, corpus.annotates)) for s in sentences if len(s.ids)
        ]
        if not corpus.in_order:
            rng.shuffle(rows)
        examples.extend(e for e in _group(rows, rng, max_length) if rng.random() < share)
    return examples


def _group(rows: Sequence[Example], rng: random.Random, max_length: int) -> Iterator[Example]:
    place = 0
    while place < len(rows):
        # One draw decides the next window: alone, or as many as fit a random budget.
        budget = 0 if rng.random() < 0.75 else rng.randint(min(48, max_length), max_length)
        end, size = place + 1, len(rows[place].ids)
        while end < len(rows) and size + len(rows[end].ids) <= budget:
            size += len(rows[end].ids)
            end += 1
        yield from _cut(_join(rows[place:end]), max_length)
        place = end


def _join(rows: Sequence[Example]) -> Example:
    if len(rows) == 1:
        return rows[0]
    return Example(*(np.concatenate(column) for column in zip(*rows)))


def _cut(row: Example, max_length: int) -> Iterator[Example]:
    """A sentence longer than the limit (a few in thousands) is cut, nothing of it lost."""
    for start in range(0, len(row.ids), max_length):
        yield Example(*(column[start : start + max_length] for column in row))


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about ``tokens`` padded tokens, rows of like length together, order random."""
    ordered = sorted(examples, key=lambda e: (len(e.ids), rng.random()))
    found: list[list[Example]] = []
    current: list[Example] = []
    for example in ordered:
        if current and (len(current) + 1) * (len(example.ids) + 2) > tokens:
            found.append(current)
            current = []
        current.append(example)
    if current:
        found.append(current)
    rng.shuffle(found)
    return found


def tensors(batch: Sequence[Example], encoder: Encoder) -> dict[str, torch.Tensor]:
    """Pads a batch: ``input_ids``, ``attention_mask``, ``token_type_ids`` [rows, length], and
    ``labels`` [rows, length, heads]."""
    length = max(len(e.ids) for e in batch) + 2
    heads = batch[0].labels.shape[1]
    ids = np.full((len(batch), length), encoder.special.pad, dtype=np.int64)
    shapes = np.zeros_like(ids)
    labels = np.full((len(batch), length, heads), IGNORED, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, example in enumerate(batch):
        end = len(example.ids) + 1
        ids[row, 0], ids[row, end] = encoder.special.cls, encoder.special.sep
        ids[row, 1:end], shapes[row, 1:end] = example.ids, example.shapes
        labels[row, 1:end] = example.labels
        mask[row, : end + 1] = 1
    arrays = {"input_ids": ids, "attention_mask": mask, "token_type_ids": shapes, "labels": labels}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}
