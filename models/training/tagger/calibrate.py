"""Fits the calibration on dev data and measures its error by two-fold cross-validation."""

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

#: A type with fewer entities gets the common fit of the other types, because so few entities allow no fit.
FEWEST = 15


def collect(
    run: Runner, encoder: Encoder, root: Path, packing: str, part: str
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Returns, for each type, the raw probability of every predicted entity and whether it is correct.

    A type is evaluated only on corpora that annotate it. Entities that overlap a name whose status is open under the
    guideline of their type (:data:`training.tagger.data.labels.SILENCES`) are left out.
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
    """Returns, for each type, the scale and offset of its calibration, and calibration errors with their diagrams.

    Scale and offset are fitted on the whole part. For the errors, each half of the part is calibrated by the fit of the
    other half, so that no error is measured on data of its fit. Each fit is drawn towards the common fit of the other
    types, which matters for types with few entities.
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
