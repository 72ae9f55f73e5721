"""What the steps of the command line share: the corpora's folder, options of a dataclass, a training run."""

import argparse
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # It imports PyTorch, which the help and the queue do without.
    from .running import Run


class Step(NamedTuple):
    """One step of the command line. ``add`` gives its parser the arguments and the action; it may
    import what is slow, because it is called for the step that is used only."""

    name: str
    summary: str
    add: Callable[[argparse.ArgumentParser], None]


def corpora_argument(step: argparse.ArgumentParser) -> None:
    """``--corpora-dir``, by default the environment variable BIOBERT_CORPORA."""
    folder = os.environ.get("BIOBERT_CORPORA")
    step.add_argument(
        "--corpora-dir",
        type=Path,
        default=folder and Path(folder),
        required=folder is None,
        help="unpacked corpora (or BIOBERT_CORPORA)",
    )


def add_options(step: argparse.ArgumentParser, options: type) -> None:
    """One flag a field of the dataclass ``options``, with its default."""
    for field in fields(options):
        flag = f"--{field.name.replace('_', '-')}"
        if field.type in (int, float, str):
            step.add_argument(flag, type=field.type, default=field.default)
        else:
            step.add_argument(flag, nargs="+", default=field.default)


def chosen_options(args: argparse.Namespace, options: type) -> object:
    """The dataclass ``options`` as the command line has filled it."""
    values = {f.name: getattr(args, f.name) for f in fields(options)}
    return options(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def add_run(
    step: argparse.ArgumentParser,
    options: type,
    make: Callable[[argparse.Namespace, Path, object], "Run"],
    corpora: bool = True,
) -> None:
    """A step that trains: ``--start``, ``--output``, ``--resume`` and the fields of ``options``.

    ``make`` gets the arguments, the start's folder and the options, and gives the run.
    """
    if corpora:
        corpora_argument(step)
    step.add_argument("--start", default="minilm", help="folder of an encoder or of a run of the same kind")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--resume", action="store_true", help="go on from the run's checkpoint")
    add_options(step, options)

    def action(args: argparse.Namespace) -> None:
        from .start import start_folder

        run = make(args, start_folder(args.start), chosen_options(args, options))
        if args.resume:
            run.restore()
        run.run()

    step.set_defaults(action=action)
