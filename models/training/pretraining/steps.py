"""The steps of pre-training on the command line: adopt, pack, pretrain."""

import argparse
from collections.abc import Callable
from pathlib import Path

Common = Callable[[argparse.ArgumentParser], None]
AddOptions = Callable[[argparse.ArgumentParser, type], None]
Chosen = Callable[[argparse.Namespace, type], object]


def add(steps: argparse._SubParsersAction, corpora_argument: Common, add_options: AddOptions,
        chosen_options: Chosen) -> None:
    """Adds the sub-commands of this module."""
    _adopt(steps, corpora_argument)
    _pack(steps, corpora_argument)
    _pretrain(steps, add_options, chosen_options)


def _adopt(steps: argparse._SubParsersAction, corpora_argument: Common) -> None:
    step = steps.add_parser("adopt", help="give idle vocabulary entries to biomedical words")
    corpora_argument(step)
    step.add_argument("--start", default="minilm")
    step.add_argument("--output", type=Path, required=True)

    def action(args: argparse.Namespace) -> None:
        from ..start import start_folder
        from .vocabulary import adopt_words

        adopt_words(args.corpora_dir, start_folder(args.start), args.output)

    step.set_defaults(action=action)


def _pack(steps: argparse._SubParsersAction, corpora_argument: Common) -> None:
    step = steps.add_parser("pack", help="clean the pre-training text and write it as pieces")
    corpora_argument(step)
    step.add_argument("--start", default="minilm", help="whose vocabulary")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--limit", type=int, help="pieces of one source at most")

    def action(args: argparse.Namespace) -> None:
        from ..start import start_folder
        from .packing import pack

        pack(args.corpora_dir, start_folder(args.start), args.output, args.limit)

    step.set_defaults(action=action)


def _pretrain(steps: argparse._SubParsersAction, add_options: AddOptions, chosen: Chosen) -> None:
    from .run import PretrainOptions

    step = steps.add_parser("pretrain", help="masked-language pre-training of the encoder")
    step.add_argument("--packed", type=Path, required=True, help="folder that pack has written")
    step.add_argument("--start", default="minilm")
    step.add_argument("--output", type=Path, required=True)
    step.add_argument("--resume", action="store_true")
    add_options(step, PretrainOptions)

    def action(args: argparse.Namespace) -> None:
        from ..start import start_folder
        from .run import Pretraining

        run = Pretraining(args.packed, start_folder(args.start), args.output,
                          chosen(args, PretrainOptions))
        if args.resume:
            run.restore()
        run.run()

    step.set_defaults(action=action)
