"""Interpolates two taggers whose heads may differ."""

from collections.abc import Sequence

import torch

from .model import OLDER_HEADS, head_rows


def mix_taggers(old: dict, new: dict, share: float) -> dict:
    """Interpolates encoder and shared heads; a head that the older run lacks is taken from the newer one."""
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
    """Maps heads of the newer run to the heads of the older run that follow the same guideline.

    In tagger 2 and before, the head Gene followed the guideline that the head BC2GM-gene follows today. So the head
    Gene of a newer run has no counterpart in such a run (:data:`training.tagger.model.OLDER_HEADS`).
    """
    moved = {head: source for head, source in OLDER_HEADS.items() if head in new and head not in old}
    same = {head: head for head in new if head not in moved and head not in moved.values()}
    return {head: source for head, source in {**same, **moved}.items() if source in old}
