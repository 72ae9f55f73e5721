"""Fits the calibration on dev and says how well it holds on the half that it did not see."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..common import calibration as calibrate
from ..common.encoder import Encoder
from .data.corpora import CORPORA, MEASURED_CORPORA, SHIPPED_TYPES
from .data.labels import SILENCES
from .decode import Entity, entities_of
from .evaluate import read_set
from .predict import Runner, predict

#: A type with fewer entities takes the common fit of the others: a handful of names says nothing.
FEWEST = 15


def collect(
    run: Runner, encoder: Encoder, root: Path, packing: str, part: str
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Raw probability and rightness of every predicted entity, per type, over one part of the corpora.

    A type is read only from corpora that annotate it. What overlaps a name that may or may not be one by the
    type's guideline (:data:`training.common.encoder.SILENCES`) is neither right nor wrong and is left out.
    """
    raw: dict[str, list[float]] = {t: [] for t in SHIPPED_TYPES}
    right: dict[str, list[bool]] = {t: [] for t in SHIPPED_TYPES}
    for name in MEASURED_CORPORA:
        sentences = read_set(root, name, part, encoder)
        for sentence, logits in zip(sentences, predict(run, encoder, sentences, packing)):
            gold = set(sentence.gold)
            for entity in entities_of(logits, SHIPPED_TYPES):
                if entity.head in CORPORA[name].annotates and not _is_open(entity, sentence.gold):
                    raw[entity.head].append(entity.probability)
                    right[entity.head].append(entity[:3] in gold)
    return {t: (np.asarray(raw[t]), np.asarray(right[t])) for t in SHIPPED_TYPES}


def _is_open(entity: Entity, gold: Iterable[tuple[str, int, int]]) -> bool:
    return any(
        entity.head in SILENCES.get(name, ()) and entity.start < end and start < entity.end
        for name, start, end in gold
    )


def calibration_report(run: Runner, encoder: Encoder, root: Path, packing: str, part: str) -> dict[str, dict]:
    """Per type: scale and offset fitted on all of the part; errors and diagram from two-fold fits.

    Each half of it is judged by the fit of the other half, so that the error is not of
    data that the fit has seen. A type with few names leans on what holds for the others.
    """
    report = {}
    collected = collect(run, encoder, root, packing, part)
    for head, (raw, right) in collected.items():
        others = [each for other, each in collected.items() if other != head]
        raws, rights = (np.concatenate(column) for column in zip(*others))
        common = calibrate.fit(raws, rights)
        fold = np.random.default_rng(7).permutation(len(raw)) % 2
        held_out = np.empty(len(raw))
        for half in (0, 1):
            held_out[fold == half] = calibrate.apply(
                raw[fold == half], calibrate.fit(raw[fold != half], right[fold != half], common)
            )
        before, after = calibrate.reliability(raw, right), calibrate.reliability(held_out, right)
        enough = len(raw) >= FEWEST
        report[head] = {
            **(calibrate.fit(raw, right, common) if enough else common),
            "entities": len(raw),
            "eceRaw": calibrate.expected_calibration_error(before),
            "ece": calibrate.expected_calibration_error(after),
            "rawRows": before,
            "rows": after,
        }
    return report
