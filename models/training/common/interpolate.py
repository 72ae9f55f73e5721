"""Interpolates the weights of two runs that share their start (Wortsman et al. 2022: model soups, WiSE-FT)."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

#: Takes the saved weights of the older and of the newer run, and the share of the newer run. Returns the result.
Mix = Callable[[dict, dict, float], dict]


def interpolate(older: Path, newer: Path, share: float, output: Path, tasks: Mapping[str, Mix]) -> None:
    """Writes the run ``(1 - share) * older + share * newer`` to ``output``.

    ``tasks``: from the file name of the weights of a run to the function that interpolates them. :func:`mix_weights`
    works for any model whose weights have the same names in both runs. Raises ``FileNotFoundError`` if the runs do
    not belong to one of these tasks.

    >>> interpolate(Path("runs/a"), Path("runs/b"), 0.5, Path("runs/mean"), {"questions.pt": mix_weights})
    """
    file = next((f for f in tasks if (newer / f).is_file()), None)
    if file is None or not (older / file).is_file():
        raise FileNotFoundError(f"{older} and {newer} are not two runs of one task")
    # The file of the encoder alone, from which another task could start, is left out because it is not interpolated.
    ignore = shutil.ignore_patterns("checkpoint.pt", "model.safetensors")
    shutil.copytree(newer, output, dirs_exist_ok=True, ignore=ignore)
    old, new = (torch.load(run / file, map_location="cpu", weights_only=True) for run in (older, newer))
    torch.save(tasks[file](old, new, share), output / file)


def mix_weights(old: dict, new: dict, share: float) -> dict:
    """Interpolates each weight of ``new`` with the weight of the same name in ``old``."""
    return {name: torch.lerp(old[name], weight, share) for name, weight in new.items()}
