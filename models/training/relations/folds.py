"""Cross-validation: one short fine-tuning a fold, figures pooled over all test folds."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import numpy as np

from .data import load
from .evaluate import Measured, score_texts
from .predict import torch_runner
from .readers import CORPORA
from .train import Relating, RelationOptions

log = logging.getLogger(__name__)
#: A fold has no dev part to choose on: told is what is more likely than not.
THRESHOLD = 0.5


def run_folds(root: Path, start: Path, out: Path, name: str, options: RelationOptions,
              count: int) -> dict:
    """Trains on each fold's train part and tests on its test part, as Lee et al. 2020 (Table 7).

    Writes ``folds.json``: precision, recall and F1 of each fold, their mean and deviation.
    """
    rows = []
    for number in range(count):
        chosen = replace(options, corpora=(name,), parts=(f"fold{number}-train",), hide=0.0)
        run = Relating(root, start, out / f"fold{number}", chosen)
        run.measure = lambda number, limit: None  # type: ignore[method-assign]
        test = CORPORA[name](root, f"fold{number}-test")
        # The fold itself is the only test: other sets are none of this model's figures.
        held = {t.text for t in test}
        texts = load(root, [(name, f"fold{number}-train")], None)
        run.run([t for t in texts if t.text not in held])
        run.module.eval()
        found: Measured = score_texts(torch_runner(run.module, run.device, run.amp), run.encoder,
                                      test, "window")
        rows.append(found.score(THRESHOLD).as_dict())
        log.info("fold %d: %s", number, rows[-1])
    f1 = [row["f1"] for row in rows]
    report = {"set": name, "folds": rows, "f1": round(float(np.mean(f1)), 2),
              "deviation": round(float(np.std(f1)), 2)}
    (out / "folds.json").write_text(json.dumps(report, indent=1) + "\n")
    print(f"{name}, {count} folds: F1 {report['f1']} ± {report['deviation']}")
    return report
