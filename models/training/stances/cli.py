"""The commands of the stance model."""

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run, corpora_argument, precision_argument
from .options import StanceOptions

if TYPE_CHECKING:
    from .train import StanceTraining


def commands() -> tuple[Command, ...]:
    """The commands of the stance model, in the order in which a recipe uses them."""
    return (
        Command("stances-train", "fine-tune the stance model", _train),
        Command("stances-evaluate", "print dev figures of a stance model", _evaluate),
        Command("stances-export", "write the graph of a run into the folder of a question model", _export),
        Command("stances-questions", "write the held-out questions on which verdicts are fitted", _questions),
        Command("stances-import", "import the stance model of a released question model as a run", _import),
        Command("stances-calibrate", "fit the probabilities of stances and of verdicts", _calibrate),
    )


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: StanceOptions) -> "StanceTraining":
        from .train import StanceTraining

        return StanceTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, StanceOptions, make)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="run, or folder of a question model with a stance model")

    def action(args: argparse.Namespace) -> None:
        from .data.mixture import stance_mixture
        from .evaluate import figures
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        for name, own in figures(run, encoder, stance_mixture(args.corpora_dir).dev).items():
            print(f"{name}: " + ", ".join(f"{key} {value:.2f}" for key, value in own.items()))

    parser.set_defaults(action=action)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument(
        "--questions", type=Path, help="folder of a question model, which is copied to the output first"
    )
    parser.add_argument("--output", type=Path, required=True, help="folder of the question model to write to")
    precision_argument(parser)
    parser.add_argument("--calibration", type=Path, help="file of stances-calibrate; default: not calibrated")

    def action(args: argparse.Namespace) -> None:
        from .export import export, write_calibration

        if args.questions:
            shutil.copytree(args.questions, args.output, dirs_exist_ok=True)
        export(args.run, args.output, args.precision)
        report = json.loads(args.calibration.read_text()) if args.calibration else None
        write_calibration(args.output, report)

    parser.set_defaults(action=action)


def _questions(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("--output", type=Path, required=True, help="JSONL file to write")

    def action(args: argparse.Namespace) -> None:
        from .data.questions import dev_questions

        lines = [json.dumps(each, ensure_ascii=False) for each in dev_questions(args.corpora_dir)]
        args.output.write_text("\n".join(lines) + "\n", encoding="utf-8")

    parser.set_defaults(action=action)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="folder of a released question model")
    parser.add_argument("--output", type=Path, required=True, help="folder to write the run to")

    def action(args: argparse.Namespace) -> None:
        from .import_checkpoint import import_stances

        import_stances(args.model, args.output)
        print(f"{args.model} → {args.output}")

    parser.set_defaults(action=action)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="folder of a question model with a stance model")
    parser.add_argument(
        "--evidence",
        type=Path,
        help="file of `npm run accuracy -- verdicts --evidence`; default: the weights of verdicts stay as they are",
    )
    parser.add_argument("--output", type=Path, required=True, help="file to write, such as calibration.json")

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibrate
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        report = calibrate(run, encoder, args.corpora_dir, args.evidence)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        print(json.dumps(report))

    parser.set_defaults(action=action)
