"""Cross-validation: one short fine-tuning for each fold, and the mean of the figures on the test parts."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from .data.mixture import load
from .data.readers import CORPORA
from .evaluate import Measured, score_texts
from .options import RelationOptions
from .predict import torch_runner
from .train import RelationTraining

log = logging.getLogger(__name__)
#: A fold has no dev part on which a threshold could be chosen, so a relation is predicted if it is more likely than
#: not.
THRESHOLD = 0.5


def run_folds(
    root: Path, start: Path, out: Path, name: str, options: RelationOptions, numbers: Sequence[int]
) -> dict:
    """Trains on the train part of each fold and tests on its test part, as Lee et al. (2020, Table 7) did.

    A fold with a ``foldN/score.json`` is not run again, so that folds can be distributed over machines and a stopped
    run can be continued. Writes ``folds.json``: precision, recall and F1 of each fold, mean and deviation of F1.
    Returns its content.
    """
    rows = [_run_fold(root, start, out / f"fold{number}", name, options, number) for number in numbers]
    f1 = [row["f1"] for row in rows]
    report = {
        "set": name,
        "folds": rows,
        "f1": round(float(np.mean(f1)), 2),
        "deviation": round(float(np.std(f1)), 2),
    }
    (out / "folds.json").write_text(json.dumps(report, indent=1) + "\n")
    print(f"{name}, {len(rows)} folds: F1 {report['f1']} ± {report['deviation']}")
    return report


def _run_fold(root: Path, start: Path, out: Path, name: str, options: RelationOptions, number: int) -> dict:
    score_file = out / "score.json"
    if score_file.is_file():
        return json.loads(score_file.read_text())
    chosen = replace(options, corpora=(name,), parts=(f"fold{number}-train",), mask_names=0.0)
    test = CORPORA[name](root, f"fold{number}-test")
    # The test part of the fold is the only test set of this model, so only its texts are excluded from training.
    test_texts = {t.text for t in test}
    texts = load(root, [(name, f"fold{number}-train")], None)
    run = RelationTraining(
        root, start, out, chosen, [t for t in texts if t.text not in test_texts], evaluate=False
    )
    run.run()
    run.module.eval()
    measured: Measured = score_texts(
        torch_runner(run.module, run.device, run.amp), run.encoder, test, "window"
    )
    row = measured.score(THRESHOLD).as_dict()
    log.info("fold %d: %s", number, row)
    score_file.write_text(json.dumps(row) + "\n")
    return row
