"""Checkpoints. A run has one, which is replaced atomically, so that a run that is killed at any moment can resume."""

import os
from pathlib import Path

import torch

NAME = "checkpoint.pt"


def save_state(folder: Path, state: dict) -> None:
    """Replaces the checkpoint in ``folder`` atomically."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    torch.save(state, fresh)
    os.replace(fresh, folder / NAME)


def load_state(folder: Path) -> dict | None:
    """Reads the checkpoint in ``folder``. Returns None if the folder has no checkpoint."""
    path = folder / NAME
    if not path.is_file():
        return None
    return torch.load(path, map_location="cpu", weights_only=False)
