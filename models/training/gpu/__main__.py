"""``python -m training.gpu``: the commands that run on the GPU machine. It imports no other command."""

import argparse
import logging
import os
import sys

# The host only prepares batches and runs inference, so that threads which spin while they wait only waste a core.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .cli import machine_commands


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. ``arguments``: default: those of the process. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.gpu", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in machine_commands():
        command.add(commands.add_parser(command.name, help=command.summary, description=command.summary))
    args = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    args.action(args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
