"""The commands for the models of every task. Each task provides a :class:`TaskModel`."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from .arguments import Command


class TaskModel(NamedTuple):
    """The parts of these commands that differ by task.

    ``task``: its name in ``biobert.json``; ``run_file``: name of the file with the weights of a run; ``mix``:
    interpolates two of these files; default: weight by weight.
    """

    task: str
    run_file: str
    import_checkpoint: Callable[[Path, Path], None]
    mix: Callable[[dict, dict, float], dict] | None = None


def commands(models: Sequence[TaskModel]) -> tuple[Command, ...]:
    """The commands for the models of these tasks."""
    return (
        Command(
            "import-checkpoint",
            "import a released model as a run that training can continue",
            lambda parser: _import_checkpoint(parser, models),
        ),
        Command(
            "interpolate",
            "interpolate the weights of two runs of one task",
            lambda parser: _interpolate(parser, models),
        ),
        Command("add-measurements", "write test figures into biobert.json", _add_measurements),
        Command("check", "compare a model folder with its manifest", _check),
    )


def _import_checkpoint(parser: argparse.ArgumentParser, models: Sequence[TaskModel]) -> None:
    parser.add_argument("model", type=Path, help="folder of a released model")
    parser.add_argument("--output", type=Path, required=True, help="folder to write the run to")

    def action(args: argparse.Namespace) -> None:
        task = json.loads((args.model / "biobert.json").read_text(encoding="utf-8"))["task"]
        importers = {model.task: model.import_checkpoint for model in models}
        if task not in importers:
            raise SystemExit(
                f"{args.model}: cannot import a model for {task}; known tasks: {', '.join(importers)}"
            )
        importers[task](args.model, args.output)
        print(f"{args.model} → {args.output}")

    parser.set_defaults(action=action)


def _interpolate(parser: argparse.ArgumentParser, models: Sequence[TaskModel]) -> None:
    parser.add_argument("older", type=Path, help="folder of the older run")
    parser.add_argument(
        "newer",
        type=Path,
        help="folder of a run that has the same start as the older run, or that continues it",
    )
    parser.add_argument("--share", type=float, required=True, help="share of the newer run, between 0 and 1")
    parser.add_argument("--output", type=Path, required=True, help="folder to write the interpolated run to")

    def action(args: argparse.Namespace) -> None:
        from .interpolate import interpolate, mix_weights

        tasks = {model.run_file: model.mix or mix_weights for model in models}
        interpolate(args.older, args.newer, args.share, args.output, tasks)

    parser.set_defaults(action=action)


def _add_measurements(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="model folder")
    parser.add_argument("figures", type=Path, help='JSON: [{"type", "set", "precision", "recall", "f1"}]')

    def action(args: argparse.Namespace) -> None:
        from .manifest import read_manifest

        manifest = read_manifest(args.model)
        manifest["measured"] = json.loads(args.figures.read_text())
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (args.model / "biobert.json").write_text(text + "\n", encoding="utf-8")

    parser.set_defaults(action=action)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="model folder")

    def action(args: argparse.Namespace) -> None:
        from .manifest import check_manifest

        problems = check_manifest(args.model)
        print("\n".join(problems) or f"{args.model.name}: all files match the manifest")
        if problems:
            raise SystemExit(1)

    parser.set_defaults(action=action)
