"""Old names of commands and flags. They are accepted for one version; after that, this module can be deleted."""

from collections.abc import Sequence

COMMANDS = {
    "data": "tagger-data",
    "tune": "tagger-train",
    "evaluate": "tagger-evaluate",
    "calibrate": "tagger-calibrate",
    "quantise": "tagger-quantise",
    "export": "tagger-export",
    "figures": "tagger-figures",
    "relations": "relations-train",
    "questions": "questions-train",
    "adopt": "encoder-adopt",
    "pack": "encoder-pack",
    "pretrain": "encoder-pretrain",
    "probe": "encoder-probe",
    "release-encoder": "encoder-release",
    "report-encoder": "encoder-report",
    "revive": "import-checkpoint",
    "blend": "interpolate",
    "measured": "add-measurements",
}
FLAGS = {
    "--pieces": "--batch-tokens",
    "--longest": "--max-length",
    "--verdict-longest": "--verdict-max-length",
    "--warm-up": "--warmup",
    "--word-mask": "--mask-tokens",
    "--hide": "--mask-names",
    "--strew": "--mix-sentences",
    "--alone": "--single-sentences",
    "--miss": "--miss-answer",
    "--pairs-a-batch": "--pairs-per-batch",
    "--freeze": "--freeze-encoder",
    "--scratch": "--from-scratch",
    "--release": "--version",
}
#: Flags that took 0 or 1 as their value and now take none.
_SWITCHES = frozenset({"--freeze-words", "--freeze-encoder", "--from-scratch", "--share-encoder"})


def current(command: Sequence[str]) -> list[str]:
    """Returns the command line with the current names.

    >>> current(["tune", "--pieces", "1024", "--freeze-words", "1"])
    ['tagger-train', '--batch-tokens', '1024', '--freeze-words']
    """
    # The command is the first argument that begins with a letter; before it there may be --threads 1.
    place = next((i for i, argument in enumerate(command) if argument[:1].isalpha()), None)
    if place is None:
        return list(command)
    renamed = [*command[:place], COMMANDS.get(command[place], command[place])]
    for argument in command[place + 1 :]:
        if argument in ("0", "1") and renamed[-1] in _SWITCHES:
            if argument == "0":
                renamed[-1] = renamed[-1].replace("--", "--no-", 1)
        else:
            flag, equals, value = argument.partition("=")
            renamed.append(f"{FLAGS.get(flag, flag)}{equals}{value}")
    return renamed
