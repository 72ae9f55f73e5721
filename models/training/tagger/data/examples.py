"""Training examples: single sentences and windows of several sentences, in batches of similar length."""

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
    """The encoded sentences of one part of a corpus, in their order.

    ``share``: share of the windows that an epoch reads; each epoch draws others.
    """

    corpus: Corpus
    sentences: list[Encoded]
    share: float = 1.0


class Example(NamedTuple):
    """An input row without [CLS] and [SEP]: ``ids``, ``shapes`` [tokens], ``labels`` [tokens, heads]."""

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
    """Reads the parts of the corpora and drops sentences that are in a test set. Logs how many are dropped.

    If a corpus has only some of the parts, these are read. ``shares``: share of the train part of a corpus that an
    epoch reads; default: that of the corpus. ``replace``: for some corpora, adds a copy of the train part with replaced
    names (see ``replacement``), of which an epoch reads this share.
    """
    loaded = []
    to_copy: dict[str, list[Sentence]] = {}
    for name in names:
        corpus = CORPORA[name]
        for part in parts:
            if not corpus.has(part):
                continue
            sentences = corpus.read(root, part)
            kept = [s for s in sentences if not test.holds(" ".join(s.words))]
            log.info(
                "%s %s: %d sentences, %d dropped because a test set contains them",
                name,
                part,
                len(sentences),
                len(sentences) - len(kept),
            )
            share = (shares or {}).get(name, corpus.share) if part == "train" else 1.0
            loaded.append(Document(corpus, [encoder.sentence(s, corpus.derive) for s in kept], share))
            if part == "train" and name in (replace or {}):
                to_copy[name] = kept
    return loaded + _copies_with_replaced_names(root, to_copy, replace or {}, encoder)


def _copies_with_replaced_names(
    root: Path, sentences: Mapping[str, list[Sentence]], shares: Mapping[str, float], encoder: Encoder
) -> list[Document]:
    if not sentences:
        return []
    corpus_names: dict[str, list[tuple[str, ...]]] = {}
    for sentence in itertools.chain(*sentences.values()):
        for head, start, end in spans_of(sentence.tags):
            corpus_names.setdefault(head, []).append(tuple(sentence.words[start:end]))
    lexicons = read_lexicons(root, corpus_names)
    log.info("replacement names: %s", {head: len(lexicon) for head, lexicon in lexicons.items()})
    rng = random.Random(7)
    copies = {
        name: [encoder.sentence(s, CORPORA[name].derive) for s in replaced(kept, lexicons, rng)]
        for name, kept in sentences.items()
    }
    log.info("sentences with replaced names: %s", {name: len(copy) for name, copy in copies.items()})
    return [Document(CORPORA[name], copy, shares[name]) for name, copy in copies.items()]


def epoch_examples(
    documents: Sequence[Document], heads: Sequence[str], rng: random.Random, max_length: int
) -> list[Example]:
    """Makes the examples of an epoch: about half of the sentences alone, and half in windows of up to ``max_length``.

    Training has both because inference has both. A window contains neighbouring sentences or, if the sentences of the
    corpus have no order, random ones.
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
        # The next sentence becomes an example alone, or in a window with as many others as fit into a random length.
        budget = 0 if rng.random() < 0.75 else rng.randint(min(48, max_length), max_length)
        end, size = place + 1, len(rows[place].ids)
        while end < len(rows) and size + len(rows[end].ids) <= budget:
            size += len(rows[end].ids)
            end += 1
        yield from _split(_join(rows[place:end]), max_length)
        place = end


def _join(rows: Sequence[Example]) -> Example:
    if len(rows) == 1:
        return rows[0]
    return Example(*(np.concatenate(column) for column in zip(*rows)))


def _split(row: Example, max_length: int) -> Iterator[Example]:
    """Splits a sentence that is longer than ``max_length``. These are only a few in thousands."""
    for start in range(0, len(row.ids), max_length):
        yield Example(*(column[start : start + max_length] for column in row))


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Groups examples of similar length into batches of at most ``tokens`` tokens, padding included, in random order."""
    ordered = sorted(examples, key=lambda e: (len(e.ids), rng.random()))
    batched: list[list[Example]] = []
    current: list[Example] = []
    for example in ordered:
        if current and (len(current) + 1) * (len(example.ids) + 2) > tokens:
            batched.append(current)
            current = []
        current.append(example)
    if current:
        batched.append(current)
    rng.shuffle(batched)
    return batched


def tensors(batch: Sequence[Example], encoder: Encoder) -> dict[str, torch.Tensor]:
    """Returns the padded tensors of a batch: ``input_ids``, ``attention_mask``, ``token_type_ids`` [rows, length], and
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
