"""``gpu-pack``, ``gpu-run``, ``gpu-deliver``, ``gpu-collect``."""

import argparse
from pathlib import Path

from ..common.arguments import Step, corpora_argument


def steps() -> tuple[Step, ...]:
    """The steps of the GPU job."""
    return (
        Step("gpu-pack", "bundles for a GPU machine: code, corpus, start, batches", _pack),
        *machine_steps("gpu-"),
        Step("gpu-collect", "puts pieces together: an encoder and runs to start from", _collect),
    )


def machine_steps(prefix: str = "") -> tuple[Step, ...]:
    """The two steps that run on the machine."""
    return (
        Step(f"{prefix}run", "on the machine: every phase in its share of the time", _run),
        Step(f"{prefix}deliver", "on the machine: copies some pieces of the results", _deliver),
    )


def _pack(step: argparse.ArgumentParser) -> None:
    from .parts import BUNDLE_LIMIT, MEBIBYTE

    corpora_argument(step)
    step.add_argument("--start", required=True, help="folder of the encoder to start from")
    step.add_argument("--packed", type=Path, help="what the step pack has written for this start")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--scale", choices=("h100", "tiny"), default="h100")
    step.add_argument("--bundle-limit", type=float, default=BUNDLE_LIMIT / MEBIBYTE, help="MiB of an upload")

    def action(args: argparse.Namespace) -> None:
        from dataclasses import replace

        from ..common.start import start_folder
        from .options import SCALES
        from .pack import pack

        scale = replace(SCALES[args.scale], bundle_limit=int(args.bundle_limit * MEBIBYTE))
        for folder in pack(args.corpora_dir, start_folder(args.start), args.output, scale, args.packed):
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{folder}: {size / (1 << 20):.1f} MiB")

    step.set_defaults(action=action)


def _run(step: argparse.ArgumentParser) -> None:
    step.add_argument("--work", type=Path, required=True, help="folder that the bundles were unpacked to")
    step.add_argument("--seconds", type=float, default=520.0)

    def action(args: argparse.Namespace) -> None:
        from .job import watch

        raise SystemExit(watch(args.work.resolve(), args.seconds))

    step.set_defaults(action=action)


def _deliver(step: argparse.ArgumentParser) -> None:
    from .parts import PIECES_A_CALL

    step.add_argument("--work", type=Path, required=True)
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--from", dest="first", type=int, default=1, help="first piece; 1 cuts them anew")
    step.add_argument("--count", type=int, default=PIECES_A_CALL)

    def action(args: argparse.Namespace) -> None:
        from .deliver import deliver

        deliver(args.work.resolve(), args.output, args.first, args.count)

    step.set_defaults(action=action)


def _collect(step: argparse.ArgumentParser) -> None:
    step.add_argument("pieces", nargs="+", type=Path, help="folders that hold the pieces of one run")
    step.add_argument("--start", type=Path, required=True, help="the folder that was packed")
    step.add_argument("--output", type=Path, required=True)

    def action(args: argparse.Namespace) -> None:
        from .collect import collect

        try:
            for name in collect(args.pieces, args.start, args.output):
                print(args.output / name)
        except (ValueError, FileNotFoundError) as error:
            raise SystemExit(str(error)) from error

    step.set_defaults(action=action)
