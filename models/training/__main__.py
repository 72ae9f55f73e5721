"""``python -m training <command>``: the queue of recipes, and the commands that recipes consist of."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

# On a machine with other work, threads that spin while they wait slow each other down (to an eighth of the speed in a
# measurement). The variable must be set before PyTorch loads the OpenMP library.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .checks import cli as checks
from .common import cli as common
from .common.arguments import Command
from .common.renamed import current
from .embeddings import cli as embeddings
from .gpu import cli as gpu
from .pretraining import cli as pretraining
from .questions import cli as questions
from .queue import cli as queue
from .reading import cli as reading
from .relations import cli as relations
from .stances import cli as stances
from .tagger import cli as tagger

log = logging.getLogger("training")


def all_commands() -> list[Command]:
    """Returns every command in the order of the help."""
    return [
        *queue.commands(),
        *pretraining.commands(),
        *checks.commands(),
        *tagger.commands(),
        *relations.commands(),
        *questions.commands(),
        *stances.commands(),
        *reading.commands(),
        *embeddings.commands(),
        *common.commands((tagger.MODEL, relations.MODEL, questions.MODEL)),
        *gpu.commands(),
    ]


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the whole command line."""
    root = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    threads = os.cpu_count() or 1
    root.add_argument("--threads", type=int, default=threads, help="threads of PyTorch; default: all cores")
    commands = root.add_subparsers(dest="command", required=True, metavar="command")
    for command in all_commands():
        command.add(commands.add_parser(command.name, help=command.summary, description=command.summary))
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Parses the command line and runs one command. Returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    known = current(given)
    args = parser().parse_args(known)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # The quantiser reports every tensor that it meets.
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.name.startswith("training"))
    if known != given:
        log.info("old names of commands and flags are accepted for one version; use: %s", " ".join(known))
    if args.command not in {command.name for command in queue.commands()}:
        _prepare_pytorch(args.threads)
    return args.action(args) or 0


def _prepare_pytorch(threads: int) -> None:
    import torch

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)


if __name__ == "__main__":
    sys.exit(main())
