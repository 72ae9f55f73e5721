"""The plots of the model card. They are SVG files, which are small and have the same bytes on every machine."""

import json
from pathlib import Path

COLOURS = {"Gene": "#1b6ca8", "Disease": "#c0392b", "Chemical": "#1e8449", "Species": "#8a6d00"}


def reliability_diagram(calibration: Path, output: Path) -> None:
    """Plots the share of correct entities against their probability for each type, with calibration errors.

    ``calibration``: the file that ``tagger-calibrate`` wrote. ``output``: folder for ``reliability.svg``.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "biobert", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    report = {head: row for head, row in json.loads(calibration.read_text()).items() if head in COLOURS}
    figure, axes = pyplot.subplots(1, len(report), figsize=(12, 3.2), sharey=True)
    for axis, (head, row) in zip(axes, report.items(), strict=True):
        axis.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
        for key, label, style in (("rawRows", "raw", ":o"), ("rows", "calibrated", "-s")):
            points = [r for r in row[key] if r["count"] >= 10]
            axis.plot(
                [r["probability"] for r in points],
                [r["right"] for r in points],
                style,
                color=COLOURS[head],
                markersize=4,
                label=label,
                alpha=0.5 if key == "rawRows" else 1,
            )
        axis.set(
            title=f"{head}: ECE {row['eceRaw']:.3f} → {row['ece']:.3f}",
            xlim=(0, 1),
            ylim=(0, 1),
            xlabel="probability",
            aspect="equal",
        )
        axis.legend(loc="upper left", frameon=False)
    axes[0].set_ylabel("share that is right")
    figure.tight_layout()
    output.mkdir(parents=True, exist_ok=True)
    figure.savefig(output / "reliability.svg", metadata={"Date": None})
