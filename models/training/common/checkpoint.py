"""Checkpoints: one file a run, replaced whole, so that a run killed at any moment resumes."""

import os
from pathlib import Path

import torch

NAME = "checkpoint.pt"


def save_state(folder: Path, state: dict) -> None:
    """Writes ``state`` beside the old checkpoint, then takes its place."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    torch.save(state, fresh)
    os.replace(fresh, folder / NAME)


def load_state(folder: Path) -> dict | None:
    """The last checkpoint of ``folder``, or None where there is none."""
    path = folder / NAME
    if not path.is_file():
        return None
    return torch.load(path, map_location="cpu", weights_only=False)
