"""Figures of a tagger on dev and test data, by corpus and type."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ..common import calibration as calibrate
from ..common.encoder import Encoded, Encoder
from ..common.score import Score, score
from .data.corpora import CORPORA, SHIPPED_TYPES, SHOWN_TYPES
from .decode import Entity, entities_of, without_overlap
from .predict import Runner, predict


def read_set(root: Path, name: str, part: str, encoder: Encoder) -> list[Encoded]:
    """Returns all sentences of one part of a corpus, encoded."""
    return [encoder.sentence(s, CORPORA[name].derive) for s in CORPORA[name].read(root, part)]


def decode(
    logits: Sequence[np.ndarray],
    heads: Sequence[str],
    calibration: Mapping[str, Mapping[str, float]] | None,
    overlap: bool,
) -> list[list[Entity]]:
    """Returns the entities of the shipped types in each sentence.

    ``calibration``: scale and offset by type; default: raw probabilities. ``overlap``: whether entities of different
    types may overlap; if not, overlaps are resolved as in the product.
    """
    decoded = []
    for sentence in logits:
        entities = [e for e in entities_of(sentence, heads) if e.head in SHIPPED_TYPES]
        if calibration:
            entities = [
                e._replace(probability=float(calibrate.apply(e.probability, calibration[e.head])))
                for e in entities
            ]
        if not overlap:
            # Heads of other guidelines are not shown, so their entities remove no others.
            shown = without_overlap([e for e in entities if e.head in SHOWN_TYPES])
            entities = shown + [e for e in entities if e.head not in SHOWN_TYPES]
        decoded.append(entities)
    return decoded


def figures(
    sentences: Sequence[Encoded], entities: Sequence[Sequence[Entity]], types: Sequence[str]
) -> dict[str, Score]:
    """Returns the scores of ``types``. Gold entities of other types are ignored."""
    pairs = [
        ({(e.head, e.start, e.end) for e in predicted}, set(s.gold))
        for s, predicted in zip(sentences, entities, strict=True)
    ]
    return {head: score(pairs, head) for head in types if head in SHIPPED_TYPES}


def evaluate(
    run: Runner,
    encoder: Encoder,
    root: Path,
    names: Sequence[str],
    part: str,
    heads: Sequence[str] = SHIPPED_TYPES,
    packing: str = "sentence",
    calibration: Mapping | None = None,
) -> dict[str, Score]:
    """Returns the scores on one part of each corpus by corpus and type: ``{"BC5CDR Disease": Score, …}``."""
    scores = {}
    for name in names:
        sentences = read_set(root, name, part, encoder)
        logits = predict(run, encoder, sentences, packing)
        entities = decode(logits, heads, calibration, overlap=False)
        for head, value in figures(sentences, entities, CORPORA[name].annotates).items():
            scores[f"{name} {head}"] = value
    return scores


def table(scores: Mapping[str, Score]) -> str:
    """Formats scores as a table with a row for each corpus and type."""
    rows = [f"{'set':<24} {'precision':>9} {'recall':>9} {'F1':>9}"]
    for name, s in scores.items():
        rows.append(f"{name:<24} {s.precision:9.2f} {s.recall:9.2f} {s.f1:9.2f}")
    rows.append(f"{'mean F1':<24} {np.mean([s.f1 for s in scores.values()]):29.2f}")
    return "\n".join(rows)
