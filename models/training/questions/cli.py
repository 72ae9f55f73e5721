"""``questions``, ``questions-evaluate``, ``questions-calibrate``, ``questions-export``."""

import argparse
import json
from pathlib import Path

from ..common.arguments import Step, add_run, corpora_argument
from .data.bioasq import YEARS

SETS = ("dev", "xquad", "pubmedqa", "blurb", *YEARS)


def steps() -> tuple[Step, ...]:
    """The steps of question answering."""
    return (
        Step("questions", "fine-tune the question network", _train),
        Step("questions-evaluate", "figures of a question network", _evaluate),
        Step("questions-calibrate", "fit probabilities on the held-out questions", _calibrate),
        Step("questions-export", "model folder of a run, with manifest", _export),
    )


def _train(step: argparse.ArgumentParser) -> None:
    from .train import QuestionOptions, QuestionTraining

    add_run(
        step,
        QuestionOptions,
        lambda args, start, options: QuestionTraining(args.corpora_dir, start, args.output, options),
    )


def _evaluate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="run, model folder or .onnx file")
    step.add_argument("--sets", nargs="+", choices=SETS, default=("dev",))
    step.add_argument(
        "--leave-out",
        nargs="+",
        choices=YEARS,
        default=("7b",),
        help="as in training: says which questions are dev",
    )
    step.add_argument("--limit", type=int, default=None, help="first questions of xquad")

    def action(args: argparse.Namespace) -> None:
        from .evaluate import evaluate
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        found = evaluate(run, encoder, args.corpora_dir, args.sets, args.leave_out, args.limit)
        for name, figures in found.items():
            print(
                f"{name}: "
                + ", ".join(
                    f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()
                )
            )

    step.set_defaults(action=action)


def _calibrate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="model folder or run")
    step.add_argument("--leave-out", nargs="+", choices=YEARS, default=("7b",))
    step.add_argument("--output", type=Path, required=True, help="calibration.json")

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibrate
        from .predict import load_runner

        run, encoder = load_runner(args.model, args.threads)
        report = calibrate(run, encoder, args.corpora_dir, args.leave_out)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        print(json.dumps(report))

    step.set_defaults(action=action)


def _export(step: argparse.ArgumentParser) -> None:
    from ..common.quantise import CANDIDATES

    step.add_argument("run", type=Path)
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--precision", choices=("fp32", "fused", *CANDIDATES), default="int8-reduced-ffn")
    step.add_argument("--calibration", type=Path, default=None)
    step.add_argument("--leave-out", nargs="+", choices=YEARS, default=("7b",))
    step.add_argument("--version", default="1.0.0")

    def action(args: argparse.Namespace) -> None:
        from .export import export, write_manifest

        export(args.run, args.output, args.precision)
        report = json.loads(args.calibration.read_text()) if args.calibration else None
        write_manifest(args.output, args.version, report, args.leave_out)

    step.set_defaults(action=action)
