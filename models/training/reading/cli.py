"""The commands of the network for answers and stances."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run, precision_argument
from ..questions.data.bioasq import YEARS
from .options import ReadingOptions

if TYPE_CHECKING:
    from .train import ReadingTraining


def commands() -> tuple[Command, ...]:
    """The commands of the network for answers and stances, in the order in which a recipe uses them. Its figures and
    calibrations come from the commands of the two tasks."""
    return (
        Command("reading-train", "fine-tune one network on answers and stances", _train),
        Command("reading-export", "write the model folder of such a run", _export),
    )


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: ReadingOptions) -> "ReadingTraining":
        from .train import ReadingTraining

        return ReadingTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, ReadingOptions, make)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("--output", type=Path, required=True, help="model folder to write")
    precision_argument(parser)
    parser.add_argument(
        "--calibration", type=Path, help="file of questions-calibrate; default: answers are not calibrated"
    )
    parser.add_argument(
        "--stances-calibration",
        type=Path,
        help="file of stances-calibrate; default: stances are not calibrated",
    )
    parser.add_argument(
        "--leave-out",
        nargs="+",
        choices=YEARS,
        default=("7b",),
        help="BioASQ years that the run left out; default: 7b",
    )
    parser.add_argument("--version", default="1.0.0", help="version in the manifest; default: 1.0.0")

    def action(args: argparse.Namespace) -> None:
        from .export import export, write_manifest

        export(args.run, args.output, args.precision)
        answers, stances = (
            json.loads(path.read_text()) if path else None
            for path in (args.calibration, args.stances_calibration)
        )
        write_manifest(args.output, args.version, answers, stances, args.leave_out)

    parser.set_defaults(action=action)
