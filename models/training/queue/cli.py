"""The commands of the queue: ``train``, ``status`` and ``stop``."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ..common.arguments import Command
from ..common.folders import MODELS, runs_folder
from .lock import LOG, PID, Busy, acquire, holder, queue_folder, wait_until
from .machine import be_modest
from .plan import Places, Queue, read_queue
from .recipe import RECIPES, RecipeError
from .status import as_table, report
from .worker import PATIENCE, Worker, log_to_file

#: Seconds to wait until a new worker has started.
START_SECONDS = 30


def commands() -> tuple[Command, ...]:
    """The commands of the queue."""
    return (
        Command("train", "start or continue the recipes of all models in the background", _train),
        Command("status", "show what the queue has done, is doing and will do next", _status),
        Command("stop", "write the checkpoint of the running step and end the queue", _stop),
    )


def _places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--runs",
        type=Path,
        default=runs_folder(),
        help="folder of all runs; default: BIOBERT_RUNS, otherwise models/runs",
    )
    parser.add_argument("--recipes", type=Path, default=RECIPES, help=argparse.SUPPRESS)


def _train(parser: argparse.ArgumentParser) -> None:
    _places(parser)
    parser.add_argument(
        "--recipe",
        nargs="+",
        metavar="NAME",
        help="only these recipes and the steps that they need; default: all",
    )
    parser.add_argument(
        "--foreground", action="store_true", help="stay in this terminal until the queue ends"
    )
    parser.add_argument("--threads", type=int, default=1, help="number of threads, one core each; default: 1")
    parser.add_argument("--core", type=int, help="first core; default: the least busy one")

    def action(args: argparse.Namespace) -> int:
        try:
            queue = _read(args)
        except RecipeError as error:
            print(error, file=sys.stderr)
            return 2
        try:
            descriptor = acquire(args.runs)
        except Busy:
            print(
                f"the queue is already running (process {holder(args.runs)}); "
                "python -m training status shows its state"
            )
            return 0
        if args.foreground:
            return _work(args, queue.places, descriptor)
        # The file of a worker that was killed would look like the start of the new one.
        (queue_folder(args.runs) / PID).unlink(missing_ok=True)
        os.close(descriptor)
        return _launch(args)

    parser.set_defaults(action=action)


def _read(args: argparse.Namespace) -> Queue:
    """Reads the queue. Raises :class:`RecipeError` for a mistake in a recipe or an unknown name in ``--recipe``."""
    queue = read_queue(Places.of_environment(args.runs), args.recipes)
    names = [recipe.name for recipe in queue.recipes]
    unknown = [name for name in args.recipe or () if name not in names]
    if unknown:
        raise RecipeError(f"there is no recipe {unknown[0]}; the queue has " + ", ".join(names))
    return queue


def _work(args: argparse.Namespace, places: Places, descriptor: int) -> int:
    be_modest(args.threads, args.core)
    log_to_file(args.runs)
    return 1 if Worker(places, descriptor, args.recipe, args.threads, args.recipes).work() else 0


def _launch(args: argparse.Namespace) -> int:
    """Starts the worker as a process that outlives the terminal."""
    command = [
        sys.executable,
        "-m",
        "training",
        "train",
        "--foreground",
        "--threads",
        str(args.threads),
        "--runs",
        str(args.runs.resolve()),
        "--recipes",
        str(args.recipes.resolve()),
        *(["--recipe", *args.recipe] if args.recipe else []),
        *(["--core", str(args.core)] if args.core is not None else []),
    ]
    folder = queue_folder(args.runs)
    corpora = os.environ.get("BIOBERT_CORPORA")
    environment = {**os.environ, **({"BIOBERT_CORPORA": os.path.abspath(corpora)} if corpora else {})}
    with (folder / LOG).open("ab") as log:
        worker = subprocess.Popen(
            command,
            cwd=MODELS,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def has_started_or_ended() -> bool:
        return worker.poll() is not None or (folder / PID).is_file()

    in_time = wait_until(has_started_or_ended, START_SECONDS)
    if worker.poll():
        print(f"the queue has ended with status {worker.returncode}; read {folder / LOG}", file=sys.stderr)
        return 1
    if not in_time:
        print(
            f"process {worker.pid} has not started its work after {START_SECONDS} s; "
            f"read {folder / LOG}, and see python -m training status",
            file=sys.stderr,
        )
        return 1
    print(f"started: process {worker.pid}, log {folder / LOG}; python -m training status shows its state")
    return 0


def _status(parser: argparse.ArgumentParser) -> None:
    _places(parser)
    parser.add_argument("--json", action="store_true", help="print JSON for programs")

    def action(args: argparse.Namespace) -> int:
        try:
            status = report(read_queue(Places.of_environment(args.runs), args.recipes))
        except RecipeError as error:
            print(error, file=sys.stderr)
            return 2
        print(json.dumps(status, indent=1) if args.json else as_table(status))
        return 0

    parser.set_defaults(action=action)


def _stop(parser: argparse.ArgumentParser) -> None:
    _places(parser)
    parser.add_argument(
        "--wait", type=float, default=PATIENCE, help="seconds to wait until the queue has ended; default: 600"
    )

    def action(args: argparse.Namespace) -> int:
        process = holder(args.runs)
        if process is None:
            print("the queue is not running")
            return 0
        if process:
            os.kill(process, signal.SIGTERM)
        else:
            print(
                f"another program holds the lock of {args.runs / 'queue'} and has not written its number; "
                "waiting until it ends",
                file=sys.stderr,
            )
        begun = time.monotonic()
        if not wait_until(lambda: holder(args.runs) is None, args.wait):
            print(
                f"{f'process {process}' if process else 'the queue'} is still running after {args.wait:.0f} s; "
                f"see {args.runs / 'queue' / LOG}",
                file=sys.stderr,
            )
            return 1
        print(f"stopped after {time.monotonic() - begun:.0f} s; python -m training train continues")
        return 0

    parser.set_defaults(action=action)
