"""Probes: short fine-tunings that compare encoders. Data, seeds and steps are the same for each encoder.

A probe trains on a fixed share of the training part of a task and is evaluated on its dev part, so that no test set
influences the choice. The tasks are named entities (NCBI-disease, BC5CDR, BC2GM), relations (ChemProt with gold
entities) and questions (a part of the general sets, then BioASQ).
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean, stdev

from ..common.folders import read_json, write_json

log = logging.getLogger(__name__)


def entities(root: Path, start: Path, out: Path, seed: int) -> dict[str, float]:
    """Returns the strict entity-level F1 on the dev parts after a quarter of an epoch."""
    from ..tagger.data.corpora import PROBE_CORPORA
    from ..tagger.options import TaggerOptions
    from ..tagger.train import TaggerTraining

    options = TaggerOptions(
        corpora=PROBE_CORPORA,
        epochs=0.25,
        batch_tokens=1024,
        learning_rate=5e-4,
        eval_epochs=99,
        seed=seed,
        average=0.98,
    )
    run = TaggerTraining(root, start, out, options)
    run.run()
    return {name: row["f1"] for name, row in run.history[-1].items() if isinstance(row, dict)}


def relations(root: Path, start: Path, out: Path, seed: int, **settings: float) -> dict[str, float]:
    """Returns the micro-averaged F1 of the five classes of ChemProt on its dev part after one epoch."""
    from ..relations.options import RelationOptions
    from ..relations.train import RelationTraining

    options = RelationOptions(
        corpora=("ChemProt",),
        epochs=1.0,
        batch_tokens=2048,
        single_sentences=1.0,
        learning_rate=5e-4,
        minutes=600,
        eval_minutes=600,
        seed=seed,
        average=0.98,
    )
    run = RelationTraining(root, start, out, replace(options, **settings))
    run.run()
    row = run.history[-1]["ChemProt"]
    return {"ChemProt": row["f1"]}


def questions(root: Path, start: Path, out: Path, seed: int) -> dict[str, float]:
    """Returns the mean reciprocal rank on the dev questions of BioASQ, and the accuracy on the dev set of PubMedQA."""
    import torch

    from ..questions.evaluate import evaluate
    from ..questions.options import QuestionOptions
    from ..questions.predict import load_runner
    from ..questions.train import QuestionTraining

    general, biomedical = out / "general", out / "biomedical"
    QuestionTraining(
        root,
        start,
        general,
        QuestionOptions(stage="general", epochs=0.06, pairs=0, max_length=160, seed=seed),
    ).run()
    QuestionTraining(
        root,
        general,
        biomedical,
        QuestionOptions(stage="biomedical", epochs=0.4, pairs=0, max_length=160, seed=seed),
    ).run()
    run, encoder = load_runner(biomedical, torch.get_num_threads())
    figures = evaluate(run, encoder, root, ("dev", "dev-verdicts"), ("7b",), None)
    return {
        "BioASQ, snippets": figures["dev factoid, snippets"]["mrr"],
        "BioASQ, abstracts": figures["dev factoid, abstracts"]["mrr"],
        "PubMedQA": figures["dev PubMedQA"]["accuracy"],
    }


#: Probes by name. There are two variants of relations: with masked names as in the BioBERT paper (``@GENE$``), and with
#: a frozen encoder, on which only the head and the markers are trained.
PROBES: dict[str, Callable[[Path, Path, Path, int], dict[str, float]]] = {
    "entities": entities,
    "relations": relations,
    "questions": questions,
    "relations-masked": partial(relations, mask_names=1.0),
    "relations-shared": partial(relations, share_encoder=True, weight_decay=0.0),
}


def probe(root: Path, start: Path, out: Path, tasks: Sequence[str], seeds: Sequence[int]) -> None:
    """Runs the probes that are not yet in ``out/probes.json``, a table {task: {seed: {dev set: figure}}}."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "probes.json"
    results = read_json(path) or {}
    for seed in seeds:
        for task in tasks:
            if str(seed) in results.get(task, {}):
                continue
            figures = PROBES[task](root, start, out / f"{task}-{seed}", seed)
            results.setdefault(task, {})[str(seed)] = figures
            write_json(path, results)
            log.info("%s seed %d: %s", task, seed, figures)


def comparison(folders: Sequence[Path]) -> str:
    """Returns a Markdown table with a row for each dev set and a column for each encoder: mean ± standard deviation."""
    reports = [json.loads((folder / "probes.json").read_text()) for folder in folders]
    lines = [
        "| dev set | " + " | ".join(folder.name for folder in folders) + " |",
        "|---" * (len(folders) + 1) + "|",
    ]
    for task, seeds in reports[0].items():
        for name in next(iter(seeds.values())):
            cells = (_cell([row[name] for row in report.get(task, {}).values()]) for report in reports)
            lines.append(f"| {task}: {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(values: Sequence[float]) -> str:
    if not values:
        return "–"
    return f"{mean(values):.2f}" + (f" ± {stdev(values):.2f}" if len(values) > 1 else "")
