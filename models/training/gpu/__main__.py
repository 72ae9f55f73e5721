"""``python -m training.gpu``: the steps on the machine, without what only the other steps import."""

import argparse
import logging
import os
import sys

# Inference and preparation on the host gain nothing from spinning threads.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .cli import machine_steps


def main(arguments: list[str] | None = None) -> int:
    """Runs one step."""
    parser = argparse.ArgumentParser(prog="python -m training.gpu", description=__doc__)
    steps = parser.add_subparsers(required=True, metavar="step")
    for step in machine_steps():
        step.add(steps.add_parser(step.name, help=step.summary, description=step.summary))
    args = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    args.action(args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
