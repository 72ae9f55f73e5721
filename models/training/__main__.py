"""``python -m training <step>``: the named steps, in the order of the model card."""

import argparse
import logging
import os
import sys

# Spinning threads wait for one another on a machine with other work: an eighth of the speed was
# measured. Must be set before the OpenMP library is loaded, which importing PyTorch does.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .arguments import add_run, corpora_argument
from .corpora import CORPORA, DEFAULT_CORPORA


def main(arguments: list[str] | None = None) -> int:
    """Parses the command line and runs one step; 2 where the arguments are wrong."""
    args = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # The quantiser reports every tensor that it meets.
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.name.startswith("training"))
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
    from . import steps as tagger
    from .gpu import commands as gpu
    from .pretraining import steps as pretraining
    from .questions import commands as questions
    from .relations import steps as relations

    _data(steps)
    pretraining.add(steps)
    _tune(steps)
    for part in (tagger, questions, relations, gpu):
        part.add(steps)
    return root


def _data(steps: argparse._SubParsersAction) -> None:
    step = steps.add_parser("data", help="count what would be trained on and what is dropped")
    corpora_argument(step)
    step.add_argument("--corpora", nargs="+", choices=sorted(CORPORA), default=DEFAULT_CORPORA)
    step.add_argument("--parts", nargs="+", default=("train", "dev"))
    step.add_argument("--start", default="minilm")

    def action(args: argparse.Namespace) -> None:
        from .dedup import DRUGPROT, read_test_text
        from .examples import load_training
        from .features import Encoder
        from .start import start_folder

        encoder = Encoder(start_folder(args.start))
        test = read_test_text(args.corpora_dir, skip=DRUGPROT)
        for corpus, sentences, _ in load_training(args.corpora_dir, args.corpora, args.parts,
                                                  encoder, test):
            print(f"{corpus.name}: {sum(len(s.ids) for s in sentences)} pieces, "
                  f"{sum(len(s.gold) for s in sentences)} entities")

    step.set_defaults(action=action)


def _tune(steps: argparse._SubParsersAction) -> None:
    from .tune import TuneOptions, Tuning

    add_run(steps, "tune", "fine-tune the tagger", TuneOptions,
            lambda args, start, options: Tuning(args.corpora_dir, start, args.output, options))


if __name__ == "__main__":
    sys.exit(main())
