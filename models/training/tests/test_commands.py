"""The command line: help without PyTorch, a help line for each option, old names."""

import argparse
import subprocess
import sys
from collections.abc import Iterator

import pytest

from training import __main__ as program
from training.__main__ import all_commands, parser
from training.common.folders import MODELS
from training.common.renamed import COMMANDS, FLAGS, current

#: Prints the help of every command while the large libraries cannot be imported.
WITHOUT_PYTORCH = """
import sys
for name in ("torch", "transformers", "onnx", "onnxruntime", "tokenizers", "numpy", "matplotlib"):
    sys.modules[name] = None
from training.__main__ import all_commands, main
for command in [[]] + [[command.name] for command in all_commands()]:
    try:
        main([*command, "--help"])
    except SystemExit as end:
        assert end.code == 0, command
"""


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yields the name and the parser of each command."""
    for command in all_commands():
        made = argparse.ArgumentParser()
        command.add(made)
        yield command.name, made


def test_the_help_needs_no_pytorch() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYTORCH], cwd=MODELS, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    for command in all_commands():
        assert f"training {command.name} " in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "threads"),
    [
        # "train" is a part of a corpus here, and not the command of the queue.
        (
            [
                "--threads",
                "3",
                "tagger-train",
                "--corpora-dir",
                "c",
                "--start",
                "s",
                "--output",
                "o",
                "--parts",
                "train",
            ],
            [3],
        ),
        (["status"], []),
    ],
)
def test_all_commands_but_the_queue_set_the_threads_of_pytorch(
    arguments: list[str], threads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = parser().parse_args(arguments)
    found.action = lambda _: 0

    class Parsed:
        def parse_args(self, given: list[str]) -> argparse.Namespace:
            assert given == arguments
            return found

    prepared: list[int] = []
    monkeypatch.setattr(program, "parser", Parsed)
    monkeypatch.setattr(program, "_prepare_pytorch", prepared.append)
    assert program.main(arguments) == 0
    assert prepared == threads


def test_every_option_has_a_help_line() -> None:
    missing = [
        f"{name} {action.dest}" for name, made in parsers() for action in made._actions if not action.help
    ]
    assert missing == []


def test_old_names_map_to_existing_ones() -> None:
    options = {name: {o for a in made._actions for o in a.option_strings} for name, made in parsers()}
    assert set(COMMANDS.values()) <= set(options)
    assert not set(COMMANDS) & set(options)
    assert set(FLAGS.values()) <= set().union(*options.values())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tune --pieces 64 --freeze-words 1", "tagger-train --batch-tokens 64 --freeze-words"),
        ("relations --hide=0.2 --share-encoder 0", "relations-train --mask-names=0.2 --no-share-encoder"),
        ("--threads 1 blend a b --share 0.5", "--threads 1 interpolate a b --share 0.5"),
        ("export run --release 3.0.1", "tagger-export run --version 3.0.1"),
        ("train --recipe questions", "train --recipe questions"),
    ],
)
def test_accepts_the_old_command_line(old: str, new: str) -> None:
    assert current(old.split()) == new.split()


def test_switches_need_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOBERT_CORPORA", "/corpora")
    for given, expected in (([], False), (["--freeze-words"], True), (["--freeze-words", "1"], True)):
        command = ["tagger-train", "--output", "run", *given]
        assert parser().parse_args(current(command)).freeze_words is expected
