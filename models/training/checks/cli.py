"""The command that compares encoders on every task."""

import argparse
from pathlib import Path

from ..common.arguments import Command, corpora_argument
from .probes import PROBES


def commands() -> tuple[Command, ...]:
    """The commands of the checks."""
    return (Command("encoder-probe", "compare encoders by short fine-tunings on dev sets", _probe),)


def _probe(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("encoders", nargs="+", help="folders of encoders, or minilm")
    parser.add_argument(
        "--output", type=Path, required=True, help="folder to write, with one folder for each encoder"
    )
    parser.add_argument(
        "--tasks",
        nargs="+",
        choices=tuple(PROBES),
        default=("entities", "relations", "questions"),
        help="tasks to compare on; default: entities relations questions",
    )
    parser.add_argument(
        "--seeds", nargs="+", type=int, default=(1, 2, 3), help="seeds of the runs; default: 1 2 3"
    )
    parser.add_argument("--plot", type=Path, help="FILE.svg for a bar chart of the comparison")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from ..pretraining.figures import plot_probes
        from .probes import comparison, probe

        folders = [args.output / Path(name).name for name in args.encoders]
        for seed in args.seeds:
            for name, folder in zip(args.encoders, folders):
                probe(args.corpora_dir, start_folder(name), folder, args.tasks, [seed])
        print(comparison(folders))
        if args.plot:
            plot_probes(folders, args.plot)

    parser.set_defaults(action=action)
