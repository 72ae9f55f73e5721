"""Weights between two runs that share their beginning (Wortsman et al. 2022: model soups, WiSE-FT)."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch

from ..questions.model import FILE as QUESTIONS_FILE
from ..relations.train import RUN_FILE as RELATIONS_FILE
from ..tagger.model import OLDER_HEADS, RUN_FILE, head_rows

State = dict[str, torch.Tensor]


def blend(older: Path, newer: Path, share: float, output: Path) -> None:
    """Writes to ``output`` the run ``(1 - share) * older + share * newer``: two taggers, relation models or
    question networks.

    Heads of a tagger that the older run lacks are taken from the newer one as they are. Raises ``FileNotFoundError``
    where the runs are of other tasks.
    """
    file = next((f for f in (RUN_FILE, RELATIONS_FILE, QUESTIONS_FILE) if (newer / f).is_file()), None)
    if file is None or not (older / file).is_file():
        raise FileNotFoundError(f"{older} and {newer} are not two runs of one task")
    # The encoder that other tasks could start from is not blended with the rest.
    shutil.copytree(
        newer, output, dirs_exist_ok=True, ignore=shutil.ignore_patterns("checkpoint.pt", "model.safetensors")
    )
    old, new = (torch.load(run / file, map_location="cpu", weights_only=True) for run in (older, newer))
    mixed = _taggers(old, new, share) if file == RUN_FILE else _lerp(old, new, share)
    torch.save(mixed, output / file)


def _lerp(old: State, new: State, share: float) -> State:
    return {name: torch.lerp(old[name], weight, share) for name, weight in new.items()}


def _taggers(old: dict, new: dict, share: float) -> dict:
    state = {}
    for name, weight in new["state"].items():
        before = old["state"][name]
        if name.startswith("bert."):
            state[name] = torch.lerp(before, weight, share)
            continue
        state[name] = weight.clone()
        for head, source in shared_heads(old["heads"], new["heads"]).items():
            to, of = head_rows(new["heads"], head), head_rows(old["heads"], source)
            state[name][to] = torch.lerp(before[of], weight[to], share)
    return {"heads": new["heads"], "state": state}


def shared_heads(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Heads of the newer run, and the heads of the older run that follow the same guideline.

    Tagger 2's Gene is what is BC2GM-gene now, so that the Gene of now has none (:data:`training.tagger.model.OLDER_HEADS`).
    """
    moved = {head: source for head, source in OLDER_HEADS.items() if head in new and head not in old}
    same = {head: head for head in new if head not in moved and head not in moved.values()}
    return {head: source for head, source in {**same, **moved}.items() if source in old}
