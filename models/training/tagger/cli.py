"""The steps after training: evaluate, calibrate, quantise, export, check."""

import argparse
import json
from pathlib import Path

from ..common.arguments import Step, corpora_argument
from .data.corpora import DEFAULT_CORPORA, MEASURED_CORPORA, SHIPPED_TYPES

PARTS = ("train", "dev", "dev-fit", "dev-held", "test")


def steps() -> tuple[Step, ...]:
    """The steps of this module, in the order in which a recipe uses them."""
    return (
        Step("evaluate", "precision, recall, F1 per corpus and type", _evaluate),
        Step("calibrate", "fit probabilities on dev; write the fit and its table", _calibrate),
        Step("quantise", "dev F1, speed and size of every way to quantise", _candidates),
        Step("export", "ONNX graph, or a whole model folder with manifest", _export),
        Step("revive", "a released model as a run that training can start from", _revive),
        Step("blend", "weights between two runs of one task", _blend),
        Step("measured", "put test figures of the product into biobert.json", _measured),
        Step("check", "does a model folder hold what its manifest says?", _check),
        Step("figures", "the plots of the model card", _figures),
    )


def _model(path: Path, threads: int) -> tuple:
    """Runner and encoder of a run's folder, a model folder, or an .onnx file in one of them."""
    import torch

    from ..common.encoder import Encoder
    from ..common.start import cpu_precision
    from .export import load_run
    from .predict import onnx_runner, torch_runner

    folder = path.parent if path.suffix == ".onnx" else path
    graph = path if path.suffix == ".onnx" else path / "model.onnx"
    encoder = Encoder(folder)
    if graph.is_file():
        return onnx_runner(graph, threads), encoder
    tagger = load_run(path)
    run = torch_runner(tagger, torch.device("cpu"), cpu_precision())
    return (lambda *arrays: run(*arrays)[..., : len(SHIPPED_TYPES), :]), encoder


def _evaluate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="run, model folder or .onnx file")
    step.add_argument("--corpora", nargs="+", choices=MEASURED_CORPORA, default=MEASURED_CORPORA)
    step.add_argument("--part", choices=PARTS, default="dev")
    step.add_argument("--packing", choices=("sentence", "window"), default="sentence")

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

    step.set_defaults(action=action)


def _calibration_of(path: Path) -> dict | None:
    manifest = (path.parent if path.suffix == ".onnx" else path) / "biobert.json"
    return json.loads(manifest.read_text())["calibration"] if manifest.is_file() else None


def _calibrate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="a model that has NOT seen the part")
    step.add_argument("--part", choices=PARTS, default="dev")
    step.add_argument("--output", type=Path, required=True, help="calibration.json")
    step.add_argument("--packing", choices=("sentence", "window"), default="sentence")

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

    step.set_defaults(action=action)


def _candidates(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="a run's folder")
    step.add_argument("--output", type=Path, required=True, help="folder for the graphs")
    step.add_argument("--only", nargs="+", default=None)
    step.add_argument("--part", choices=PARTS, default="dev")

    def action(args: argparse.Namespace) -> None:
        from .candidates import compare

        rows = compare(args.model, args.output, args.corpora_dir, args.threads, args.only, args.part)
        (args.output / "quantise.json").write_text(json.dumps(rows, indent=1) + "\n")

    step.set_defaults(action=action)


def _export(step: argparse.ArgumentParser) -> None:
    from ..common.quantise import CANDIDATES

    step.add_argument("model", type=Path, help="a run's folder")
    step.add_argument("--output", type=Path, required=True, help="model folder, or FILE.onnx")
    step.add_argument("--precision", choices=("fp32", "fused", *CANDIDATES), default="int8-reduced-ffn")
    step.add_argument("--calibration", type=Path, help="calibration.json of a train-only run")
    step.add_argument("--packing", choices=("sentence", "window"), default="sentence")
    step.add_argument("--release", default="1.0.0", help="version in the manifest")

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
            version=args.release,
            token_types=options.get("token_types", "shape"),
            packing=args.packing,
            max_tokens=MAX_TOKENS,
            calibration={t: {k: row[k] for k in ("scale", "offset")} for t, row in fit.items()},
            corpora=options.get("corpora", DEFAULT_CORPORA),
            parts=options.get("parts", ("train",)),
        )

    step.set_defaults(action=action)


def _revive(step: argparse.ArgumentParser) -> None:
    step.add_argument("model", type=Path, help="folder of a released tagger or relation model")
    step.add_argument("--output", type=Path, required=True, help="folder of the run")

    def action(args: argparse.Namespace) -> None:
        from ..common.import_checkpoint import revive

        revive(args.model, args.output)

    step.set_defaults(action=action)


def _blend(step: argparse.ArgumentParser) -> None:
    step.add_argument("older", type=Path)
    step.add_argument(
        "newer", type=Path, help="a run with the same beginning, as one that went on from the older"
    )
    step.add_argument("--share", type=float, required=True, help="of the newer one, in [0, 1]")
    step.add_argument("--output", type=Path, required=True, help="folder of the run")

    def action(args: argparse.Namespace) -> None:
        from ..common.interpolate import blend

        blend(args.older, args.newer, args.share, args.output)

    step.set_defaults(action=action)


def _measured(step: argparse.ArgumentParser) -> None:
    step.add_argument("model", type=Path, help="model folder")
    step.add_argument("figures", type=Path, help='JSON: [{"type", "set", "precision", "recall", "f1"}]')

    def action(args: argparse.Namespace) -> None:
        from ..common.manifest import read_manifest

        manifest = read_manifest(args.model)
        manifest["measured"] = json.loads(args.figures.read_text())
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (args.model / "biobert.json").write_text(text + "\n", encoding="utf-8")

    step.set_defaults(action=action)


def _check(step: argparse.ArgumentParser) -> None:
    step.add_argument("model", type=Path)

    def action(args: argparse.Namespace) -> None:
        from ..common.manifest import check_manifest

        problems = check_manifest(args.model)
        print("\n".join(problems) or f"{args.model.name}: all files as listed")
        if problems:
            raise SystemExit(1)

    step.set_defaults(action=action)


def _figures(step: argparse.ArgumentParser) -> None:
    step.add_argument("--calibration", type=Path, required=True)
    step.add_argument("--output", type=Path, required=True)

    def action(args: argparse.Namespace) -> None:
        from .figures import reliability_diagram

        reliability_diagram(args.calibration, args.output)

    step.set_defaults(action=action)
