"""``gpu-pack``, ``gpu-run``, ``gpu-deliver``, ``gpu-collect``."""

import argparse
from pathlib import Path


def add(steps: argparse._SubParsersAction) -> None:
    """Adds the sub-commands of the GPU job."""
    _pack(steps)
    add_machine(steps, "gpu-")
    _collect(steps)


def add_machine(steps: argparse._SubParsersAction, prefix: str = "") -> None:
    """Adds the two sub-commands that run on the machine."""
    _run(steps, prefix)
    _deliver(steps, prefix)


def _pack(steps: argparse._SubParsersAction) -> None:
    from ..arguments import corpora_argument
    from .parts import BUNDLE_LIMIT, MEBIBYTE

    step = steps.add_parser("gpu-pack", help="bundles for a GPU machine: code, corpus, start, batches")
    corpora_argument(step)
    step.add_argument("--start", required=True, help="folder of the encoder to start from")
    step.add_argument("--packed", type=Path, help="what the step pack has written for this start")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--scale", choices=("h100", "tiny"), default="h100")
    step.add_argument("--bundle-limit", type=float, default=BUNDLE_LIMIT / MEBIBYTE, help="MiB of an upload")

    def action(args: argparse.Namespace) -> None:
        from dataclasses import replace

        from ..start import start_folder
        from .options import SCALES
        from .pack import pack

        scale = replace(SCALES[args.scale], bundle_limit=int(args.bundle_limit * MEBIBYTE))
        for folder in pack(args.corpora_dir, start_folder(args.start), args.output, scale, args.packed):
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{folder}: {size / (1 << 20):.1f} MiB")

    step.set_defaults(action=action)


def _run(steps: argparse._SubParsersAction, prefix: str) -> None:
    step = steps.add_parser(f"{prefix}run", help="on the machine: every phase in its share of the time")
    step.add_argument("--work", type=Path, required=True, help="folder that the bundles were unpacked to")
    step.add_argument("--seconds", type=float, default=520.0)

    def action(args: argparse.Namespace) -> None:
        from .job import watch

        raise SystemExit(watch(args.work.resolve(), args.seconds))

    step.set_defaults(action=action)


def _deliver(steps: argparse._SubParsersAction, prefix: str) -> None:
    from .parts import PIECES_A_CALL

    step = steps.add_parser(f"{prefix}deliver", help="on the machine: copies some pieces of the results")
    step.add_argument("--work", type=Path, required=True)
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--from", dest="first", type=int, default=1, help="first piece; 1 cuts them anew")
    step.add_argument("--count", type=int, default=PIECES_A_CALL)

    def action(args: argparse.Namespace) -> None:
        from .deliver import deliver

        deliver(args.work.resolve(), args.output, args.first, args.count)

    step.set_defaults(action=action)


def _collect(steps: argparse._SubParsersAction) -> None:
    step = steps.add_parser("gpu-collect", help="puts pieces together: an encoder and runs to start from")
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
