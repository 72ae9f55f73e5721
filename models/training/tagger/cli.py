"""The commands of the tagger."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..common.arguments import Command, add_run, corpora_argument, precision_argument, start_argument
from ..common.cli import TaskModel
from .data.corpora import CORPORA, DEFAULT_CORPORA, MEASURED_CORPORA, SHIPPED_TYPES
from .options import RUN_FILE, TaggerOptions

if TYPE_CHECKING:
    from .train import TaggerTraining

PACKINGS = ("sentence", "window")
PARTS = ("train", "dev", "dev-fit", "dev-held", "test")


def commands() -> tuple[Command, ...]:
    """The commands of the tagger, in the order in which a recipe uses them."""
    return (
        Command(
            "tagger-data", "count tokens and entities of the training data, and dropped sentences", _data
        ),
        Command("tagger-train", "fine-tune the tagger", _train),
        Command("tagger-evaluate", "print precision, recall and F1 by corpus and type", _evaluate),
        Command("tagger-calibrate", "fit probabilities on dev data", _calibrate),
        Command("tagger-quantise", "compare precisions of the graph: F1, speed and size", _quantise),
        Command("tagger-export", "write the ONNX graph or the whole model folder", _export),
        Command("tagger-names", "fit the weights by which a terminology helps", _names),
        Command("tagger-figures", "draw the plots of the model card", _figures),
    )


def _import(folder: Path, output: Path) -> None:
    from .import_checkpoint import import_tagger

    import_tagger(folder, output)


def _mix(old: dict, new: dict, share: float) -> dict:
    from .interpolate import mix_taggers

    return mix_taggers(old, new, share)


MODEL = TaskModel("token-classification", RUN_FILE, _import, _mix)


def _data(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument(
        "--corpora",
        nargs="+",
        choices=sorted(CORPORA),
        default=DEFAULT_CORPORA,
        help="corpora to read; default: those that tagger-train reads",
    )
    parser.add_argument(
        "--parts", nargs="+", default=("train", "dev"), help="parts of the corpora; default: train dev"
    )
    start_argument(parser, "folder of the encoder whose vocabulary is used")

    def action(args: argparse.Namespace) -> None:
        from ..common.dedup import DRUGPROT, read_test_text
        from ..common.encoder import Encoder
        from ..common.start import start_folder
        from .data.examples import load_training

        encoder = Encoder(start_folder(args.start))
        test = read_test_text(args.corpora_dir, skip=DRUGPROT)
        for corpus, sentences, _ in load_training(args.corpora_dir, args.corpora, args.parts, encoder, test):
            tokens, entities = sum(len(s.ids) for s in sentences), sum(len(s.gold) for s in sentences)
            print(f"{corpus.name}: {tokens} tokens, {entities} entities")

    parser.set_defaults(action=action)


def _train(parser: argparse.ArgumentParser) -> None:
    def make(args: argparse.Namespace, start: Path, options: TaggerOptions) -> "TaggerTraining":
        from .train import TaggerTraining

        return TaggerTraining(args.corpora_dir, start, args.output, options)

    add_run(parser, TaggerOptions, make)


def _model(path: Path, threads: int) -> tuple:
    """Returns runner and encoder of a run, a model folder or an .onnx file in one of them."""
    import torch

    from ..common.encoder import Encoder
    from ..common.start import cpu_precision
    from .model import load_run
    from .predict import onnx_runner, torch_runner

    folder = path.parent if path.suffix == ".onnx" else path
    graph = path if path.suffix == ".onnx" else path / "model.onnx"
    encoder = Encoder(folder)
    if graph.is_file():
        return onnx_runner(graph, threads), encoder
    tagger = load_run(path)
    run = torch_runner(tagger, torch.device("cpu"), cpu_precision())
    return (lambda *arrays: run(*arrays)[..., : len(SHIPPED_TYPES), :]), encoder


def _evaluate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="run, model folder or .onnx file")
    parser.add_argument(
        "--corpora",
        nargs="+",
        choices=MEASURED_CORPORA,
        default=MEASURED_CORPORA,
        help="corpora to evaluate on; default: all",
    )
    parser.add_argument("--part", choices=PARTS, default="dev", help="part of the corpora; default: dev")
    parser.add_argument(
        "--packing", choices=PACKINGS, default="sentence", help="text of a row; default: sentence"
    )

    def action(args: argparse.Namespace) -> None:
        from .evaluate import evaluate, table

        run, encoder = _model(args.model, args.threads)
        scores = evaluate(
            run,
            encoder,
            args.corpora_dir,
            args.corpora,
            args.part,
            packing=args.packing,
            calibration=_calibration_of(args.model),
        )
        print(f"{args.model.name} {args.part} {args.packing}\n{table(scores)}")

    parser.set_defaults(action=action)


def _calibration_of(path: Path) -> dict | None:
    manifest = (path.parent if path.suffix == ".onnx" else path) / "biobert.json"
    return json.loads(manifest.read_text())["calibration"] if manifest.is_file() else None


def _calibrate(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument(
        "model", type=Path, help="run, model folder or .onnx file that was not trained on the part"
    )
    parser.add_argument("--part", choices=PARTS, default="dev", help="part of the corpora; default: dev")
    parser.add_argument("--output", type=Path, required=True, help="file to write, such as calibration.json")
    parser.add_argument(
        "--packing", choices=PACKINGS, default="sentence", help="text of a row; default: sentence"
    )

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibration_report

        run, encoder = _model(args.model, args.threads)
        report = calibration_report(run, encoder, args.corpora_dir, args.packing, args.part)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        for head, row in report.items():
            print(
                f"{head}: scale {row['scale']} offset {row['offset']}, "
                f"ECE {row['eceRaw']:.4f} raw, {row['ece']:.4f} calibrated (held-out half)"
            )

    parser.set_defaults(action=action)


def _quantise(parser: argparse.ArgumentParser) -> None:
    corpora_argument(parser)
    parser.add_argument("model", type=Path, help="a run's folder")
    parser.add_argument("--output", type=Path, required=True, help="folder for the graphs")
    parser.add_argument("--only", nargs="+", help="precisions to compare; default: all")
    parser.add_argument("--part", choices=PARTS, default="dev", help="part of the corpora; default: dev")

    def action(args: argparse.Namespace) -> None:
        from .candidates import compare

        rows = compare(args.model, args.output, args.corpora_dir, args.threads, args.only, args.part)
        (args.output / "quantise.json").write_text(json.dumps(rows, indent=1) + "\n")

    parser.set_defaults(action=action)


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a run's folder")
    parser.add_argument("--output", type=Path, required=True, help="model folder, or FILE.onnx")
    precision_argument(parser)
    parser.add_argument(
        "--calibration",
        type=Path,
        help="file that tagger-calibrate wrote for a run without dev data; default: not calibrated",
    )
    parser.add_argument(
        "--packing", choices=PACKINGS, default="sentence", help="text of a row; default: sentence"
    )
    parser.add_argument("--version", default="1.0.0", help="version in the manifest; default: 1.0.0")

    def action(args: argparse.Namespace) -> None:
        from .export import MAX_TOKENS, export, write_manifest

        export(args.model, args.output, args.precision)
        if args.output.suffix == ".onnx":
            return
        report = args.model / "run.json"
        options = json.loads(report.read_text())["options"] if report.is_file() else {}
        fit = json.loads(args.calibration.read_text()) if args.calibration else {}
        write_manifest(
            args.output,
            version=args.version,
            token_types=options.get("token_types", "shape"),
            packing=args.packing,
            max_tokens=MAX_TOKENS,
            calibration={t: {k: row[k] for k in ("scale", "offset")} for t, row in fit.items()},
            corpora=options.get("corpora", DEFAULT_CORPORA),
            parts=options.get("parts", ("train",)),
        )

    parser.set_defaults(action=action)


def _names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "rows", nargs="+", type=Path, help="files that `npm run accuracy -- candidates` wrote"
    )
    parser.add_argument("--swapped", type=Path, required=True, help="the same with --swapped")
    parser.add_argument("--manifest", type=Path, required=True, help="biobert.json to write the weights to")

    def action(args: argparse.Namespace) -> None:
        from .names import choose_share, f1, fit_with, read_rows

        manifest = json.loads(args.manifest.read_text())
        swapped = read_rows([args.swapped])
        weights = {}
        for head, rows in read_rows(args.rows).items():
            share, helped = choose_share(rows, swapped[head])
            fitted = fit_with(rows, swapped[head], share)
            weights[head] = {name: round(float(each), 4) for name, each in zip(rows.names, fitted)}
            print(
                f"{head}: {len(rows.y)} candidates, F1 {f1(rows.found, rows.y):.2f} alone, {helped:.2f} helped "
                f"(held out), swapped names count {share}"
            )
        manifest["nameWeights"] = weights
        args.manifest.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")

    parser.set_defaults(action=action)


def _figures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calibration", type=Path, required=True, help="file that tagger-calibrate wrote")
    parser.add_argument("--output", type=Path, required=True, help="folder for the plots")

    def action(args: argparse.Namespace) -> None:
        from .figures import reliability_diagram

        reliability_diagram(args.calibration, args.output)

    parser.set_defaults(action=action)
