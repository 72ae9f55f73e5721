"""Arguments that commands share: the folder of the corpora, flags for a dataclass of options, and those of a run.

This module imports PyTorch only when a command is run.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from .precisions import CANDIDATES

if TYPE_CHECKING:
    from .run import Run

Options = TypeVar("Options")


class Command(NamedTuple):
    """A command of ``python -m training``. ``add``: adds the arguments and the action to its parser."""

    name: str
    summary: str
    add: Callable[[argparse.ArgumentParser], None]


def corpora_argument(parser: argparse.ArgumentParser) -> None:
    """Adds ``--corpora-dir``. Default: the environment variable BIOBERT_CORPORA."""
    folder = os.environ.get("BIOBERT_CORPORA")
    parser.add_argument(
        "--corpora-dir",
        type=Path,
        default=folder and Path(folder),
        required=folder is None,
        help="folder of the unpacked corpora; default: BIOBERT_CORPORA",
    )


def add_options(parser: argparse.ArgumentParser, options: type) -> None:
    """Adds one flag for each field of the dataclass ``options``, with its default and its help line."""
    for field in fields(options):
        flag = f"--{field.name.replace('_', '-')}"
        text = f"{field.metadata['help']}; default: {_shown(field.default)}".replace("%", "%%")
        if field.type is bool:
            action = argparse.BooleanOptionalAction
            parser.add_argument(flag, action=action, default=field.default, help=text)
        elif field.type in (int, float, str):
            parser.add_argument(flag, type=field.type, default=field.default, help=text)
        else:
            parser.add_argument(flag, nargs="+", default=field.default, help=text)


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, (list, tuple)):
        return " ".join(map(str, default)) or "none"
    return str(default) or "none"


def chosen_options(args: argparse.Namespace, options: type[Options]) -> Options:
    """Reads the dataclass ``options`` from the parsed command line."""
    values = {f.name: getattr(args, f.name) for f in fields(options)}  # type: ignore[arg-type]
    return options(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def add_run(
    parser: argparse.ArgumentParser,
    options: type[Options],
    make: Callable[[argparse.Namespace, Path, Options], "Run"],
    corpora: bool = True,
) -> None:
    """Adds the arguments and the action of a training run: ``--start``, ``--output``, ``--resume`` and ``options``.

    ``make``: takes the arguments, the folder of the start and the options, and returns the run. ``corpora``: whether
    ``--corpora-dir`` is added too.
    """
    if corpora:
        corpora_argument(parser)
    start_argument(parser, "folder of an encoder, or of a run of the same task to train further")
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint of the run")
    add_options(parser, options)

    def action(args: argparse.Namespace) -> None:
        from .start import start_folder

        run = make(args, start_folder(args.start), chosen_options(args, options))
        if args.resume:
            run.restore()
        run.run()

    parser.set_defaults(action=action)


def start_argument(parser: argparse.ArgumentParser, help: str) -> None:
    """Adds ``--start``: a folder, or ``minilm`` for all-MiniLM-L6-v2 from its package."""
    parser.add_argument("--start", default="minilm", help=f"{help}; default: minilm")


def precision_argument(parser: argparse.ArgumentParser) -> None:
    """Adds ``--precision``: that of the exported graph."""
    parser.add_argument(
        "--precision",
        choices=("fp32", "fused", *CANDIDATES),
        default="int8-reduced-ffn",
        help="precision of the graph; default: int8-reduced-ffn",
    )
