"""The network for answers and stances: the question network, whose verdict layer gives the stances of sentences."""

from pathlib import Path

import torch

from ..common.interpolate import mix_weights
from ..questions.model import QuestionNetwork
from ..questions.model import new_network as new_question_network
from ..stances.options import RUN_FILE as STANCES_FILE


class ReadingNetwork(QuestionNetwork):
    """The question network with the two outputs that the product reads."""

    def forward(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Takes tensors [rows, length]. Returns span logits [rows, length, 2] and stance logits [rows, 3]."""
        spans, stances, _ = super().forward(input_ids, attention_mask, token_type_ids)
        return spans, stances


def new_network(start: Path, stances: Path | None, share: float, dropout: float) -> QuestionNetwork:
    """Returns a network on the encoder of ``start``, with its heads if it is a run of the question model.

    ``stances``: a run of the stance model, whose stance layer becomes the verdict layer. The encoder is ``(1 - share)``
    of ``start`` and ``share`` of that run, because two runs that share their start can be interpolated. To begin with
    the stance model alone, ``start`` is the same run. Raises ``ValueError`` if the vocabularies differ.
    """
    network = new_question_network(start, dropout)
    if stances is None:
        return network
    if (start / "vocab.txt").read_bytes() != (stances / "vocab.txt").read_bytes():
        raise ValueError(f"{start} and {stances} have different vocabularies and cannot be interpolated")
    state = network.state_dict()
    other = torch.load(stances / STANCES_FILE, map_location="cpu", weights_only=True)
    encoder = {name: weight for name, weight in other.items() if name.startswith("bert.")}
    head = {f"verdict.{part}": other[f"stance.{part}"] for part in ("weight", "bias")}
    network.load_state_dict({**state, **mix_weights(state, encoder, share), **head})
    return network
