"""Compares the precisions of the graph by dev F1, speed and size."""

import logging
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..common.encoder import Encoder
from ..common.precisions import CANDIDATES
from .data.corpora import MEASURED_CORPORA
from .evaluate import evaluate
from .export import export
from .predict import Runner, onnx_runner

log = logging.getLogger(__name__)


def compare(
    run_folder: Path, output: Path, root: Path, threads: int, only: Sequence[str] | None, part: str = "dev"
) -> list[dict]:
    """Returns a row for each precision: name, MB, tokens per second at 8×128, F1 per set and their mean."""
    output.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(run_folder)
    rows = []
    for name in only or ("fp32", "fused", *CANDIDATES):
        graph = export(run_folder, output / f"{name}.onnx", name)
        runner = onnx_runner(graph, threads)
        scores = evaluate(runner, encoder, root, MEASURED_CORPORA, part)
        f1 = {key: round(s.f1, 2) for key, s in scores.items()}
        rows.append(
            {
                "name": name,
                "megabytes": round(graph.stat().st_size / 1e6, 1),
                "tokensPerSecond": round(speed(runner)),
                "meanF1": round(statistics.mean(f1.values()), 2),
                **f1,
            }
        )
        log.info("%s", rows[-1])
    return rows


def speed(run: Runner, rows: int = 8, length: int = 128, times: int = 7) -> float:
    """Returns tokens per second: the median of ``times`` runs after one warm-up run."""
    rng = np.random.default_rng(0)
    ids = rng.integers(1000, 20000, (rows, length))
    inputs = (ids, np.ones_like(ids), np.zeros_like(ids))
    run(*inputs)
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        run(*inputs)
        spent.append(time.perf_counter() - begun)
    return rows * length / statistics.median(spent)
