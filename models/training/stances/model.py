"""The stance network: an encoder with one output for each row, three logits."""

from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..common.start import bare_encoder, load_encoder, training_attention
from ..questions import options as questions
from .options import RUN_FILE

#: Supports, contradicts, silent: in the order of YES, NO and MAYBE.
STANCES = 3


class StanceNetwork(nn.Module):
    """BERT with a stance layer on [CLS]."""

    def __init__(self, encoder: Any, dropout: float) -> None:
        super().__init__()
        self.bert: Any = encoder
        self.dropout = nn.Dropout(dropout)
        self.stance = nn.Linear(encoder.config.hidden_size, STANCES)
        nn.init.normal_(self.stance.weight, std=0.02)
        nn.init.zeros_(self.stance.bias)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Takes tensors [rows, length]. Returns stance logits [rows, 3]."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        # A slice and three axes, for the reasons that QuestionNetwork.forward names.
        return self.stance(self.dropout(states[:, :1])).flatten(1)


def new_network(start: Path, dropout: float) -> StanceNetwork:
    """Returns a network on the encoder of ``start``.

    If ``start`` is a run of the stance model, its head is kept. If it is a run of the question model, the head begins
    as its verdict layer, which has learnt yes, no and maybe.
    """
    if (start / RUN_FILE).is_file():
        network = StanceNetwork(bare_encoder(start, dropout, training_attention(start)), dropout)
        network.load_state_dict(torch.load(start / RUN_FILE, map_location="cpu", weights_only=True))
        return network
    if not (start / questions.RUN_FILE).is_file():
        return StanceNetwork(load_encoder(start, dropout), dropout)
    state = torch.load(start / questions.RUN_FILE, map_location="cpu", weights_only=True)
    network = StanceNetwork(bare_encoder(start, dropout, training_attention(start)), dropout)
    own = {
        name.replace("verdict.", "stance."): value
        for name, value in state.items()
        if not name.startswith("span.")
    }
    network.load_state_dict(own)
    return network


def load_network(folder: Path) -> StanceNetwork:
    """Loads the averaged network of a finished run, without dropout.

    Raises ``FileNotFoundError`` if the run is not finished.
    """
    state = torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True)
    network = StanceNetwork(bare_encoder(folder), 0.0)
    network.load_state_dict(state)
    return network.eval()
