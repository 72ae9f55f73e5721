"""The commands of the embedding model."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run, corpora_argument, precision_argument
from .options import EmbeddingOptions

if TYPE_CHECKING:
    from .train import EmbeddingTraining


def commands() -> tuple[Command, ...]:
    """The commands of the embedding model, in the order in which a recipe uses them."""
    return (
        Command("embeddings-train", "teach a small encoder the vectors of a larger one", _train),
        Command("embeddings-evaluate", "print how well an encoder finds passages", _evaluate),
        Command("embeddings-export", "write the graph of a run into the folder of a question model", _export),
    )


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: EmbeddingOptions) -> "EmbeddingTraining":
        from .train import EmbeddingTraining

        return EmbeddingTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, EmbeddingOptions, make)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", help="run, encoder, folder of a question model, or minilm")

    parser.add_argument("--limit", type=int, help="largest number of questions; default: all")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .evaluate import retrieval
        from .predict import load_runner

        run = load_runner(start_folder(args.model), args.threads)
        figures = retrieval(run, args.corpora_dir, args.limit)
        print(", ".join(f"{name} {value:.2f}" for name, value in figures.items()))

    parser.set_defaults(action=action)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument(
        "--questions", type=Path, help="folder of a question model, which is copied to the output first"
    )
    parser.add_argument("--output", type=Path, required=True, help="folder of the question model to write to")
    precision_argument(parser)

    def action(args: argparse.Namespace) -> None:
        from .export import export

        if args.questions:
            shutil.copytree(args.questions, args.output, dirs_exist_ok=True)
        export(args.run, args.output, args.precision)

    parser.set_defaults(action=action)
