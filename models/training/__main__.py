"""``python -m training <step>``: the queue of recipes, and the named steps that recipes consist of."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

# Spinning threads wait for one another on a machine with other work: an eighth of the speed was
# measured. Must be set before the OpenMP library is loaded, which importing PyTorch does.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .common.arguments import Step, add_run, corpora_argument
from .gpu import cli as gpu
from .pretraining import cli as pretraining
from .questions import cli as questions
from .queue import cli as queue
from .relations import cli as relations
from .tagger import cli as tagger
from .tagger.data.corpora import CORPORA, DEFAULT_CORPORA


def main(arguments: Sequence[str] | None = None) -> int:
    """Parses the command line and runs one step; 2 where the arguments are wrong."""
    arguments = sys.argv[1:] if arguments is None else arguments
    names = [step.name for step in all_steps()]
    chosen = next((a for a in arguments if a in names), "")
    args = parser([chosen]).parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    # The quantiser reports every tensor that it meets.
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.name.startswith("training"))
    if chosen not in [step.name for step in queue.steps()]:
        _prepare_pytorch(args.threads)
    return args.action(args) or 0


def _prepare_pytorch(threads: int) -> None:
    import torch

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)


def all_steps() -> list[Step]:
    """Every step of the command line, in the order of the help."""
    own = (Step("data", "count what would be trained on and what is dropped", _data),)
    fine_tuning = (Step("tune", "fine-tune the tagger", _tune),)
    return [
        *queue.steps(),
        *own,
        *pretraining.steps(),
        *fine_tuning,
        *tagger.steps(),
        *questions.steps(),
        *relations.steps(),
        *gpu.steps(),
    ]


def parser(chosen: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The command line. ``chosen``: the steps that get their arguments; the others are only named
    in the help, because the arguments of most of them take seconds to import. Default: all."""
    root = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    root.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    steps = root.add_subparsers(required=True, metavar="step")
    for step in all_steps():
        own = steps.add_parser(step.name, help=step.summary, description=step.summary)
        if chosen is None or step.name in chosen:
            step.add(own)
    return root


def _data(step: argparse.ArgumentParser) -> None:
    corpora_argument(step)
    step.add_argument("--corpora", nargs="+", choices=sorted(CORPORA), default=DEFAULT_CORPORA)
    step.add_argument("--parts", nargs="+", default=("train", "dev"))
    step.add_argument("--start", default="minilm")

    def action(args: argparse.Namespace) -> None:
        from .common.dedup import DRUGPROT, read_test_text
        from .common.encoder import Encoder
        from .common.start import start_folder
        from .tagger.data.examples import load_training

        encoder = Encoder(start_folder(args.start))
        test = read_test_text(args.corpora_dir, skip=DRUGPROT)
        for corpus, sentences, _ in load_training(args.corpora_dir, args.corpora, args.parts, encoder, test):
            print(
                f"{corpus.name}: {sum(len(s.ids) for s in sentences)} pieces, "
                f"{sum(len(s.gold) for s in sentences)} entities"
            )

    step.set_defaults(action=action)


def _tune(step: argparse.ArgumentParser) -> None:
    from .tagger.train import TaggerOptions, TaggerTraining

    add_run(
        step,
        TaggerOptions,
        lambda args, start, options: TaggerTraining(args.corpora_dir, start, args.output, options),
    )


if __name__ == "__main__":
    sys.exit(main())
