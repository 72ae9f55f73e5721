"""The commands of relation extraction."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import (
    Command,
    add_options,
    add_run,
    chosen_options,
    corpora_argument,
    precision_argument,
    start_argument,
)
from ..common.cli import TaskModel
from .options import RUN_FILE, RelationOptions

if TYPE_CHECKING:
    from .train import RelationTraining

PACKINGS = ("window", "sentence")


def commands() -> tuple[Command, ...]:
    """The commands of relation extraction, in the order in which a recipe uses them."""
    return (
        Command("relations-train", "fine-tune the relation model", _train),
        Command("relations-evaluate", "print precision, recall and F1 by corpus", _evaluate),
        Command("relations-calibrate", "fit probabilities and thresholds on dev data", _calibrate),
        Command("relations-folds", "cross-validate on GAD or EU-ADR, with one model for each fold", _folds),
        Command("relations-export", "write the model folder of a run", _export),
    )


def _import(folder: Path, output: Path) -> None:
    from .import_checkpoint import import_relations

    import_relations(folder, output)


MODEL = TaskModel("relation-extraction", RUN_FILE, _import)


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: RelationOptions) -> "RelationTraining":
        from .train import RelationTraining

        return RelationTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, RelationOptions, make)


def _model(path: Path, threads: int) -> tuple:
    """Returns runner and row encoder of a run or of a model folder."""
    import torch

    from ..common.encoder import Encoder
    from ..common.start import cpu_precision
    from .data.rows import RowEncoder
    from .model import load_run
    from .predict import onnx_runner, torch_runner

    encoder = RowEncoder(Encoder(path))
    if (path / "model.onnx").is_file():
        return onnx_runner(path / "model.onnx", threads), encoder
    return torch_runner(load_run(path), torch.device("cpu"), cpu_precision()), encoder


def _sets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpora",
        nargs="+",
        default=("ChemProt", "GAD", "BC5CDR", "BioRED"),
        help="corpora to read; default: ChemProt GAD BC5CDR BioRED",
    )
    parser.add_argument(
        "--part",
        choices=("dev", "dev-held", "test"),
        default="dev",
        help="part of the corpora; BioRED has only dev; default: dev",
    )
    parser.add_argument(
        "--packing", choices=PACKINGS, default="window", help="text of a row; default: window"
    )


def _chosen_sets(args: argparse.Namespace) -> list[tuple[str, str]]:
    return [(n, "dev" if n == "BioRED" else args.part) for n in args.corpora]


def _evaluate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="run or model folder")
    parser.add_argument(
        "--thresholds",
        type=Path,
        help="file that relations-calibrate wrote, with thresholds chosen on dev data; default: the best threshold "
        "of each set, which must be used on dev data only",
    )
    _sets(parser)

    def action(args: argparse.Namespace) -> None:
        from .evaluate import measure, table

        run, encoder = _model(args.model, args.threads)
        fit = json.loads(args.thresholds.read_text()) if args.thresholds else None
        measured = measure(run, encoder, args.corpora_dir, _chosen_sets(args), args.packing)
        thresholds = fit and {head: row["rawThreshold"] for head, row in fit.items()}
        print(f"{args.model.name} {args.part} {args.packing}\n{table(measured, thresholds)}")

    parser.set_defaults(action=action)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="run or model folder that was not trained on the part")
    parser.add_argument("--output", type=Path, required=True, help="file to write, such as calibration.json")
    _sets(parser)

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibration_report
        from .evaluate import measure

        run, encoder = _model(args.model, args.threads)
        measured = measure(run, encoder, args.corpora_dir, _chosen_sets(args), args.packing)
        report = calibration_report(measured)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        for head, row in report.items():
            print(
                f"{head}: scale {row['scale']} offset {row['offset']} threshold "
                f"{row['threshold']}, ECE {row['eceRaw']:.4f} raw, {row['ece']:.4f} calibrated "
                "(held-out half)"
            )

    parser.set_defaults(action=action)


def _folds(parser: argparse.ArgumentParser) -> None:
    from .data.readers import FOLDS

    corpora_argument(parser)
    start_argument(parser, "folder of an encoder, or of a relation run that was not trained on the corpus")
    parser.add_argument("--set", choices=("GAD", "EU-ADR"), required=True, help="corpus to cross-validate on")
    parser.add_argument("--output", type=Path, required=True, help="folder to write the runs to")
    parser.add_argument(
        "--folds",
        type=int,
        nargs="+",
        default=range(FOLDS),
        help="numbers of the folds to run, from 0; default: all",
    )
    add_options(parser, RelationOptions)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .folds import run_folds

        run_folds(
            args.corpora_dir,
            start_folder(args.start),
            args.output,
            args.set,
            chosen_options(args, RelationOptions),
            args.folds,
        )

    parser.set_defaults(action=action)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="folder of a run")
    parser.add_argument("--output", type=Path, required=True, help="model folder to write")
    precision_argument(parser)
    parser.add_argument(
        "--calibration", type=Path, help="file that relations-calibrate wrote; default: not calibrated"
    )
    parser.add_argument(
        "--thresholds",
        type=Path,
        help="lines of JSON that npm run accuracy -- thresholds printed, one for each head; default: only the "
        "threshold of the calibration",
    )
    parser.add_argument("--version", default="1.0.0", help="version in the manifest; default: 1.0.0")

    def action(args: argparse.Namespace) -> None:
        from .export import export

        fit = json.loads(args.calibration.read_text()) if args.calibration else {}
        lines = args.thresholds.read_text().splitlines() if args.thresholds else []
        thresholds = {head: row for line in lines for head, row in json.loads(line).items()}
        export(args.model, args.output, args.precision, fit, args.version, thresholds)

    parser.set_defaults(action=action)
