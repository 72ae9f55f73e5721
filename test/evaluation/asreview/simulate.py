"""Simulates screening with ASReview's default model (ELAS u4), for `npm run accuracy -- screening --asreview FILE`.

    python -m venv VENV && VENV/bin/pip install -r test/evaluation/asreview/requirements.txt
    VENV/bin/python test/evaluation/asreview/simulate.py RESULTS.jsonl FOLDER/*.csv --seeds 0 1 2 3 4

Each CSV file has the columns title, abstract and label (1: relevant). A run starts from one relevant and one irrelevant
record, which the seed chooses, retrains after each record and ends when all relevant records are found. One JSON line
a run is appended to RESULTS.jsonl: the set, the seed, the indices of both first records, the number of the others, the
ranks at which relevant records were found (counted from 1, without the first two), and the figures of
asreview-insights. Runs that the file has already are left out.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate
from asreviewcontrib.insights.algorithms import _loss_value
from asreviewcontrib.insights.metrics import _recall, _wss


def first_records(labels: np.ndarray, seed: int) -> list[int]:
    """Indices of one relevant and one irrelevant record."""
    random = np.random.default_rng(seed)
    return [int(random.choice(np.flatnonzero(labels == label))) for label in (1, 0)]


def simulate(file: Path, seed: int) -> dict:
    data = pd.read_csv(file, keep_default_na=False)
    labels = data["label"].to_numpy()
    priors = first_records(labels, seed)
    np.random.seed(seed)  # LinearSVC shuffles with the global generator.
    cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
    started = time.perf_counter()
    run = Simulate(data[["title", "abstract"]], labels, cycle, print_progress=False)
    run.label(priors)
    run.review()
    seconds = time.perf_counter() - started
    found = [int(label) for label in run._results["label"].iloc[2:]]
    padded = found + [0] * (len(labels) - 2 - len(found))
    ranks = [rank for rank, label in enumerate(found, 1) if label == 1]
    return {
        "set": file.stem,
        "seed": seed,
        "priors": priors,
        "records": len(padded),
        "found": ranks,
        "seconds": round(seconds, 1),
        "insights": {
            "loss": _loss_value(padded),
            "atd": float(np.mean(ranks)),
            "wss95": float(_wss(padded, 0.95)),
            "recall10": float(_recall(padded, 0.1)),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    args = parser.parse_args()
    lines = args.results.read_text().splitlines() if args.results.exists() else []
    done = {(run["set"], run["seed"]) for run in map(json.loads, lines)}
    for seed in args.seeds:
        for file in args.sets:
            if (file.stem, seed) in done:
                continue
            run = simulate(file, seed)
            with args.results.open("a") as results:
                results.write(json.dumps(run) + "\n")
            print(run["set"], seed, run["insights"], run["seconds"], flush=True)


if __name__ == "__main__":
    main()
