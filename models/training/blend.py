"""Weights between two runs, one of which went on from the other (Wortsman et al. 2022, WiSE-FT)."""

import shutil
from pathlib import Path

import torch

from .model import RUN_FILE, head_rows


def blend(older: Path, newer: Path, share: float, output: Path) -> None:
    """Writes to ``output`` the tagger ``(1 - share) * older + share * newer``.

    Heads that the older run lacks are taken from the newer one as they are.
    """
    shutil.copytree(newer, output, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("checkpoint.pt"))
    old, new = (torch.load(run / RUN_FILE, map_location="cpu", weights_only=True)
                for run in (older, newer))
    state = {}
    for name, weight in new["state"].items():
        before = old["state"][name]
        if name.startswith("bert."):
            state[name] = torch.lerp(before, weight, share)
            continue
        state[name] = weight.clone()
        for head in set(old["heads"]) & set(new["heads"]):
            to, of = head_rows(new["heads"], head), head_rows(old["heads"], head)
            state[name][to] = torch.lerp(before[of], weight[to], share)
    torch.save({"heads": new["heads"], "state": state}, output / RUN_FILE)
