"""``python -m training <step>``: the named steps, in the order of the model card."""

import argparse
import logging
import os
import sys
from dataclasses import fields
from pathlib import Path

from .corpora import CORPORA, DEFAULT_CORPORA


def main(arguments: list[str] | None = None) -> int:
    """Parses the command line and runs one step; 2 where the arguments are wrong."""
    args = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # The quantiser reports every tensor that it meets.
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.name.startswith("training"))
    # Spinning threads wait for one another on a machine with other work: an eighth of the
    # speed was measured. Must be set before the OpenMP library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import torch

    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    args.action(args)
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line of every step."""
    root = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    root.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    steps = root.add_subparsers(required=True, metavar="step")
    from .pretraining import steps as pretraining

    _data(steps)
    pretraining.add(steps, corpora_argument, add_options, chosen_options)
    _tune(steps)
    from . import steps as later

    later.add(steps, corpora_argument)
    from .questions import commands as questions

    questions.add(steps, corpora_argument, add_options, chosen_options)
    from .relations import steps as relations

    relations.add(steps, corpora_argument, add_options, chosen_options)
    return root


def corpora_argument(step: argparse.ArgumentParser) -> None:
    """``--corpora-dir``, by default the environment variable BIOBERT_CORPORA."""
    folder = os.environ.get("BIOBERT_CORPORA")
    step.add_argument("--corpora-dir", type=Path, default=folder and Path(folder),
                      required=folder is None, help="unpacked corpora (or BIOBERT_CORPORA)")


def add_options(step: argparse.ArgumentParser, options: type) -> None:
    """One flag a field of the dataclass ``options``, with its default."""
    for field in fields(options):
        flag = f"--{field.name.replace('_', '-')}"
        if field.type in (int, float, str):
            step.add_argument(flag, type=field.type, default=field.default)
        else:
            step.add_argument(flag, nargs="+", default=field.default)


def chosen_options(args: argparse.Namespace, options: type) -> object:
    """The dataclass ``options`` as the command line has filled it."""
    values = {f.name: getattr(args, f.name) for f in fields(options)}
    return options(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


def _data(steps: argparse._SubParsersAction) -> None:
    step = steps.add_parser("data", help="count what would be trained on and what is dropped")
    corpora_argument(step)
    step.add_argument("--corpora", nargs="+", choices=sorted(CORPORA), default=DEFAULT_CORPORA)
    step.add_argument("--parts", nargs="+", default=("train", "dev"))
    step.add_argument("--start", default="minilm")

    def action(args: argparse.Namespace) -> None:
        from .dedup import read_test_text
        from .examples import load_training
        from .features import Encoder
        from .start import start_folder

        encoder = Encoder(start_folder(args.start))
        test = read_test_text(args.corpora_dir)
        for corpus, sentences, _ in load_training(args.corpora_dir, args.corpora, args.parts,
                                                  encoder, test):
            print(f"{corpus.name}: {sum(len(s.ids) for s in sentences)} pieces, "
                  f"{sum(len(s.gold) for s in sentences)} entities")

    step.set_defaults(action=action)


def _tune(steps: argparse._SubParsersAction) -> None:
    from .tune import TuneOptions

    step = steps.add_parser("tune", help="fine-tune the tagger")
    corpora_argument(step)
    step.add_argument("--start", default="minilm", help="folder of an encoder or of a run")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--resume", action="store_true")
    add_options(step, TuneOptions)

    def action(args: argparse.Namespace) -> None:
        from .start import start_folder
        from .tune import Tuning

        tuning = Tuning(args.corpora_dir, start_folder(args.start), args.output,
                        chosen_options(args, TuneOptions))
        if args.resume:
            tuning.restore()
        tuning.run()

    step.set_defaults(action=action)


if __name__ == "__main__":
    sys.exit(main())
