"""Plots and tables of the encoder's card: learning curves, comparisons of encoders, and adopted words."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, stdev

from ..common.encoder import Encoder
from .train import curve


def plot_curve(runs: Sequence[Path], output: Path) -> None:
    """Plots training loss and held-out perplexity against the number of tokens read, with a line for each run."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for run in runs:
        rows = list(curve(run))
        losses = [(r["pieces"] / 1e6, r["loss"]) for r in rows if "loss" in r]
        left.plot(*zip(*losses), label=run.name)
        held = [r for r in rows if "perplexity" in r and r["step"] > 0]
        for source in held[-1]["perplexity"]:
            points = [(r["pieces"] / 1e6, r["perplexity"][source]) for r in held]
            right.plot(*zip(*points), marker="o", label=source.replace("_", " "))
    left.set(xlabel="million tokens read", ylabel="training loss (nats per masked token)")
    right.set(xlabel="million tokens read", ylabel="held-out perplexity", yscale="log")
    left.legend()
    right.legend(fontsize="x-small")
    figure.tight_layout()
    output.mkdir(parents=True, exist_ok=True)
    figure.savefig(output / "pretraining.svg", metadata={"Date": None})


def plot_probes(folders: Sequence[Path], output: Path) -> None:
    """Plots the dev figures of the probes, with a group of bars for each dev set and a bar for each encoder.

    Lines show one standard deviation over the seeds.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    reports = [json.loads((folder / "probes.json").read_text()) for folder in folders]
    sets = [
        (task, name)
        for task, seeds in reports[0].items()
        for name in next(iter(seeds.values()))
        if all(task in report for report in reports)
    ]
    figure, axes = pyplot.subplots(figsize=(10, 4))
    width = 0.8 / len(reports)
    for place, (folder, report) in enumerate(zip(folders, reports)):
        values = [[row[name] for row in report[task].values()] for task, name in sets]
        axes.bar(
            [x + width * place for x in range(len(sets))],
            [mean(v) for v in values],
            width,
            label=folder.name,
            yerr=[stdev(v) if len(v) > 1 else 0 for v in values],
            capsize=3,
        )
    axes.set(ylabel="dev figure, percent")
    axes.set_xticks(
        [x + width * (len(reports) - 1) / 2 for x in range(len(sets))],
        [name.replace(", ", "\n").replace(" ", "\n") for _, name in sets],
        fontsize="small",
    )
    axes.legend()
    figure.tight_layout()
    figure.savefig(output, metadata={"Date": None})


def adopted_words_table(old: Path, new: Path, report: Path, rows: int) -> str:
    """Returns a Markdown table of the ``rows`` most frequent adopted words, with their tokens before and after."""
    before, after = Encoder(old), Encoder(new)
    names = {index: token for token, index in before.vocabulary().items()}
    adopted = sorted(json.loads(report.read_text()), key=lambda row: -row["count"])
    lines = ["| word | times (weighted) | before | tokens now |", "|---|---|---|---|"]
    for row in adopted[:rows]:
        previous = " ".join(names[i] for ids, _ in before.word(row["word"]) for i in ids)
        now = sum(len(ids) for ids, _ in after.word(row["word"]))
        lines.append(f"| {row['word']} | {row['count']:,} | {previous} | {now} |")
    return "\n".join(lines)
