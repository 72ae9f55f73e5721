"""The steps of relation extraction on the command line."""

import argparse
import json
from pathlib import Path

from ..common.arguments import Step, add_options, add_run, chosen_options, corpora_argument

PACKINGS = ("window", "sentence")


def steps() -> tuple[Step, ...]:
    """The steps of relation extraction."""
    return (
        Step("relations", "fine-tune the relation model", _train),
        Step("relations-evaluate", "precision, recall, F1 of relation sets", _evaluate),
        Step("relations-calibrate", "fit probabilities and thresholds on dev", _calibrate),
        Step("relations-folds", "ten-fold figures of GAD or EU-ADR: one model a fold", _folds),
        Step("relations-export", "ONNX graph and model folder with manifest", _export),
    )


def _train(step: argparse.ArgumentParser) -> None:
    from .train import RelationOptions, RelationTraining

    add_run(
        step,
        RelationOptions,
        lambda args, start, options: RelationTraining(args.corpora_dir, start, args.output, options),
    )


def _model(path: Path, threads: int) -> tuple:
    """Runner and row encoder of a run's folder or a model folder."""
    import torch

    from ..common.encoder import Encoder
    from ..common.start import cpu_precision
    from .data.rows import RowEncoder
    from .predict import onnx_runner, torch_runner
    from .train import load_run

    encoder = RowEncoder(Encoder(path))
    if (path / "model.onnx").is_file():
        return onnx_runner(path / "model.onnx", threads), encoder
    return torch_runner(load_run(path), torch.device("cpu"), cpu_precision()), encoder


def _sets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpora", nargs="+", default=("ChemProt", "GAD", "BC5CDR", "BioRED"))
    parser.add_argument(
        "--part", choices=("dev", "dev-held", "test"), default="dev", help="BioRED has dev only"
    )
    parser.add_argument("--packing", choices=PACKINGS, default="window")


def _chosen_sets(args: argparse.Namespace) -> list[tuple[str, str]]:
    return [(n, "dev" if n == "BioRED" else args.part) for n in args.corpora]


def _evaluate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="run or model folder")
    step.add_argument(
        "--thresholds",
        type=Path,
        help="calibration.json with the thresholds chosen on dev; without it each "
        "set's own best one, which is right for dev only",
    )
    _sets(step)

    def action(args: argparse.Namespace) -> None:
        from .evaluate import measure, table

        run, encoder = _model(args.model, args.threads)
        fit = json.loads(args.thresholds.read_text()) if args.thresholds else None
        found = measure(run, encoder, args.corpora_dir, _chosen_sets(args), args.packing)
        thresholds = fit and {head: row["rawThreshold"] for head, row in fit.items()}
        print(f"{args.model.name} {args.part} {args.packing}\n{table(found, thresholds)}")

    step.set_defaults(action=action)


def _calibrate(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("model", type=Path, help="a model that has NOT seen the dev parts")
    step.add_argument("--output", type=Path, required=True, help="calibration.json")
    _sets(step)

    def action(args: argparse.Namespace) -> None:
        from .calibrate import calibration_report
        from .evaluate import measure

        run, encoder = _model(args.model, args.threads)
        found = measure(run, encoder, args.corpora_dir, _chosen_sets(args), args.packing)
        report = calibration_report(found)
        args.output.write_text(json.dumps(report, indent=1) + "\n")
        for head, row in report.items():
            print(
                f"{head}: scale {row['scale']} offset {row['offset']} threshold "
                f"{row['threshold']}, ECE {row['eceRaw']:.4f} raw, {row['ece']:.4f} calibrated "
                "(held-out half)"
            )

    step.set_defaults(action=action)


def _folds(step: argparse.ArgumentParser) -> None:
    from .data.readers import FOLDS
    from .train import RelationOptions

    corpora_argument(step)
    step.add_argument(
        "--start", default="minilm", help="an encoder, or a relation run that has not seen the set"
    )
    step.add_argument("--set", choices=("GAD", "EU-ADR"), required=True)
    step.add_argument("--output", type=Path, required=True, help="folder for the runs")
    step.add_argument("--folds", type=int, nargs="+", default=range(FOLDS), help="only these, from 0")
    add_options(step, RelationOptions)

    def action(args: argparse.Namespace) -> None:
        from ..common.start import start_folder
        from .folds import run_folds

        run_folds(
            args.corpora_dir,
            start_folder(args.start),
            args.output,
            args.set,
            chosen_options(args, RelationOptions),
            args.folds,
        )

    step.set_defaults(action=action)


def _export(step: argparse.ArgumentParser) -> None:
    from ..common.quantise import CANDIDATES

    step.add_argument("model", type=Path, help="a run's folder")
    step.add_argument("--output", type=Path, required=True, help="model folder")
    step.add_argument("--precision", choices=("fp32", "fused", *CANDIDATES), default="int8-reduced-ffn")
    step.add_argument("--calibration", type=Path, help="calibration.json")
    step.add_argument("--release", default="1.0.0", help="version in the manifest")

    def action(args: argparse.Namespace) -> None:
        from .export import export

        fit = json.loads(args.calibration.read_text()) if args.calibration else {}
        export(args.model, args.output, args.precision, fit, args.release)

    step.set_defaults(action=action)
