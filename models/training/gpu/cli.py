"""The commands of the GPU job: ``gpu-pack``, ``gpu-run``, ``gpu-deliver`` and ``gpu-collect``."""

import argparse
from pathlib import Path

from ..common.arguments import Command, corpora_argument


def commands() -> tuple[Command, ...]:
    """The commands of the GPU job."""
    return (
        Command("gpu-pack", "writes the bundles for a GPU machine: code, corpus, start, batches", _pack),
        *machine_commands("gpu-"),
        Command(
            "gpu-collect", "joins the pieces of the results to an encoder and runs to start from", _collect
        ),
    )


def machine_commands(prefix: str = "") -> tuple[Command, ...]:
    """The two commands that run on the GPU machine."""
    return (
        Command(f"{prefix}run", "on the machine: runs every phase for its share of the time", _run),
        Command(
            f"{prefix}deliver",
            "on the machine: splits the results into pieces and copies some of them",
            _deliver,
        ),
    )


def _pack(parser: argparse.ArgumentParser) -> None:
    from .parts import BUNDLE_LIMIT, MEBIBYTE

    corpora_argument(parser)
    parser.add_argument("--start", required=True, help="folder of the encoder to start from")
    parser.add_argument("--packed", type=Path, help="folder that encoder-pack wrote for this start")
    parser.add_argument("--output", type=Path, required=True, help="folder of the bundles")
    parser.add_argument(
        "--scale", choices=("h100", "tiny"), default="h100", help="size of the job; default: h100"
    )
    parser.add_argument(
        "--bundle-limit", type=float, default=BUNDLE_LIMIT / MEBIBYTE, help="largest upload in MiB"
    )

    def action(args: argparse.Namespace) -> None:
        from dataclasses import replace

        from ..common.start import start_folder
        from .options import SCALES
        from .pack import pack

        scale = replace(SCALES[args.scale], bundle_limit=int(args.bundle_limit * MEBIBYTE))
        for folder in pack(args.corpora_dir, start_folder(args.start), args.output, scale, args.packed):
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{folder}: {size / (1 << 20):.1f} MiB")

    parser.set_defaults(action=action)


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--work", type=Path, required=True, help="folder into which the bundles were unpacked"
    )
    parser.add_argument("--seconds", type=float, default=520.0, help="time limit; default: 520")

    def action(args: argparse.Namespace) -> None:
        from .job import watch

        raise SystemExit(watch(args.work.resolve(), args.seconds))

    parser.set_defaults(action=action)


def _deliver(parser: argparse.ArgumentParser) -> None:
    from .parts import PIECES_A_CALL

    parser.add_argument("--work", type=Path, required=True, help="folder of the job")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")
    parser.add_argument(
        "--from",
        dest="first",
        type=int,
        default=1,
        help="number of the first piece; 1 splits the results again",
    )
    parser.add_argument("--count", type=int, default=PIECES_A_CALL, help="how many pieces to copy")

    def action(args: argparse.Namespace) -> None:
        from .deliver import deliver

        deliver(args.work.resolve(), args.output, args.first, args.count)

    parser.set_defaults(action=action)


def _collect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pieces", nargs="+", type=Path, help="folders with the pieces of one job")
    parser.add_argument("--start", type=Path, required=True, help="the start that was given to gpu-pack")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")

    def action(args: argparse.Namespace) -> None:
        from .collect import collect

        try:
            for name in collect(args.pieces, args.start, args.output):
                print(args.output / name)
        except (ValueError, FileNotFoundError) as error:
            raise SystemExit(str(error)) from error

    parser.set_defaults(action=action)
