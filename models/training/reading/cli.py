"""The commands of the network for answers and stances."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run
from .options import ReadingOptions

if TYPE_CHECKING:
    from .train import ReadingTraining


def commands() -> tuple[Command, ...]:
    """The commands of the network for answers and stances, in the order in which a recipe uses them."""
    return (Command("reading-train", "fine-tune one network on answers and stances", _train),)


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: ReadingOptions) -> "ReadingTraining":
        from .train import ReadingTraining

        return ReadingTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, ReadingOptions, make)
