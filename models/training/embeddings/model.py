"""The embedding network: an encoder, mean pooling, and vectors of length 1."""

from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..common.start import bare_encoder, load_encoder, training_attention
from ..questions.model import pooled
from .options import RUN_FILE

#: Factors of the cosine similarities of the student and of the teacher, whose similarities are much closer together.
STUDENT_SCALE, TEACHER_SCALE = 20.0, 60.0


class EmbeddingNetwork(nn.Module):
    """BERT with mean pooling, and a linear map of its vectors into those of the teacher, which only training uses."""

    def __init__(self, encoder: Any, dropout: float, teacher_size: int) -> None:
        super().__init__()
        self.bert: Any = encoder
        self.dropout = nn.Dropout(dropout)
        self.map = nn.Linear(encoder.config.hidden_size, teacher_size, bias=False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Takes tensors [rows, length]. Returns vectors of length 1 [rows, hidden]."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
        ).last_hidden_state
        return pooled(states.float(), attention_mask)


def vector_loss(network: EmbeddingNetwork, vectors: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Returns one minus the mean cosine of the mapped ``vectors`` and those of the teacher, both [rows, hidden]."""
    return 1 - functional.cosine_similarity(network.map(vectors), wanted).mean()


def similarity_loss(
    left: torch.Tensor, right: torch.Tensor, wanted_left: torch.Tensor, wanted_right: torch.Tensor
) -> torch.Tensor:
    """Returns the divergence of the student's similarities in a batch from those of the teacher, averaged over both
    directions. The arguments are vectors of length 1 [pairs, hidden]."""
    scores = STUDENT_SCALE * left @ right.T
    wanted = TEACHER_SCALE * wanted_left @ wanted_right.T
    losses = [
        functional.kl_div(a.log_softmax(1), b.log_softmax(1), reduction="batchmean", log_target=True)
        for a, b in ((scores, wanted), (scores.T, wanted.T))
    ]
    return (losses[0] + losses[1]) / 2


def fitted_map(vectors: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Returns the weight of the map that fits best by ridge regression. ``vectors``, ``wanted``: [rows, hidden]."""
    x, y = vectors.double(), wanted.double()
    ridge = x.T @ x + 1.0 * torch.eye(x.shape[1], dtype=x.dtype, device=x.device)
    return torch.linalg.solve(ridge, x.T @ y).T.float()


def new_network(start: Path, dropout: float, teacher_size: int) -> EmbeddingNetwork:
    """Returns a network on the encoder of ``start``. If ``start`` is a run of the embedding model, its map is kept."""
    if not (start / RUN_FILE).is_file():
        return EmbeddingNetwork(load_encoder(start, dropout), dropout, teacher_size)
    network = EmbeddingNetwork(bare_encoder(start, dropout, training_attention(start)), dropout, teacher_size)
    network.load_state_dict(torch.load(start / RUN_FILE, map_location="cpu", weights_only=True))
    return network


def load_network(folder: Path) -> EmbeddingNetwork:
    """Loads the averaged network of a finished run, or an encoder as it is, without dropout."""
    if not (folder / RUN_FILE).is_file():
        encoder = load_encoder(folder, 0.0)
        return EmbeddingNetwork(encoder, 0.0, encoder.config.hidden_size).eval()
    state = torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True)
    network = EmbeddingNetwork(bare_encoder(folder), 0.0, len(state["map.weight"]))
    network.load_state_dict(state)
    return network.eval()
