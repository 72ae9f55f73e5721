"""The commands of question answering."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run, corpora_argument, precision_argument
from ..common.cli import TaskModel
from .data.bioasq import YEARS
from .options import RUN_FILE, QuestionOptions

if TYPE_CHECKING:
    from .train import QuestionTraining

SETS = ("dev", "dev-verdicts", "dev-retrieval", "xquad", "pubmedqa", "blurb", *YEARS)


def commands() -> tuple[Command, ...]:
    """The commands of question answering, in the order in which a recipe uses them."""
    return (
        Command("questions-train", "fine-tune the question model", _train),
        Command("questions-evaluate", "print figures of a question model", _evaluate),
        Command("questions-calibrate", "fit probabilities on the held-out questions", _calibrate),
        Command("questions-export", "write the model folder of a run", _export),
    )


def _import(folder: Path, output: Path) -> None:
    from .import_checkpoint import import_questions

    import_questions(folder, output)


MODEL = TaskModel("question-answering", RUN_FILE, _import)


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: QuestionOptions) -> "QuestionTraining":
        from .train import QuestionTraining

        return QuestionTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, QuestionOptions, make)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="run, model folder or .onnx file")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=("dev",), help="default: dev")
    parser.add_argument(
        "--leave-out",
        nargs="+",
        choices=YEARS,
        default=("7b",),
        help="BioASQ years that the run left out; they decide which questions are dev data; default: 7b",
    )
    parser.add_argument("--limit", type=int, help="largest number of questions of xquad; default: all")

    def action(args: argparse.Namespace) -> None:
        from .evaluate import evaluate
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        results = evaluate(run, encoder, args.corpora_dir, args.sets, args.leave_out, args.limit)
        for name, figures in results.items():
            print(
                f"{name}: "
                + ", ".join(
                    f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()
                )
            )

    parser.set_defaults(action=action)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="model folder or run")
    parser.add_argument(
        "--leave-out",
        nargs="+",
        choices=YEARS,
        default=("7b",),
        help="BioASQ years that the run left out; default: 7b",
    )
    parser.add_argument("--output", type=Path, required=True, help="file to write, such as calibration.json")

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibrate
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        report = calibrate(run, encoder, args.corpora_dir, args.leave_out)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        print(json.dumps(report))

    parser.set_defaults(action=action)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("--output", type=Path, required=True, help="model folder to write")
    precision_argument(parser)
    parser.add_argument(
        "--calibration", type=Path, help="file that questions-calibrate wrote; default: not calibrated"
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
        report = json.loads(args.calibration.read_text()) if args.calibration else None
        write_manifest(args.output, args.version, report, args.leave_out)

    parser.set_defaults(action=action)
