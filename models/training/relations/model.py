"""The relation model: BERT encodes a text once, and a small head scores every pair of its mentions."""

import logging
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..common.start import bare_encoder, load_encoder, training_attention
from .data.heads import HEADS, LABELS, columns
from .data.rows import Markers, RowEncoder
from .options import RUN_FILE

log = logging.getLogger(__name__)

#: Width of the pair head's hidden layer.
HIDDEN = 384


class RelationModel(nn.Module):
    """Encoder and pair head.

    For a pair, ``s`` and ``o`` are the states at the opening markers of subject and object, and ``c`` is the mean of
    the states between them. The logits are a linear layer on ``gelu(A s + B o + C (s * o) + D c + b)``. The typed
    markers follow Zhong and Chen 2021 (PURE).
    """

    def __init__(self, encoder: Any, dropout: float) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.bert: Any = encoder
        self.dropout = nn.Dropout(dropout)
        self.subject, self.object = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN, bias=False)
        self.product = nn.Linear(size, HIDDEN, bias=False)
        self.between = nn.Linear(size, HIDDEN, bias=False)
        self.output = nn.Linear(HIDDEN, LABELS)
        nn.init.normal_(self.output.weight, std=0.02)
        # Most pairs are unrelated, so training is faster if the model predicts this at first.
        nn.init.constant_(self.output.bias, -2.0)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        """Returns the logits [n, LABELS] of pairs.

        The first three inputs are [rows, length]. ``pairs`` [n, 3]: row, and positions of the opening markers of
        subject and object.
        """
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.score(self.dropout(states), pairs)

    def score(self, states: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
        """Returns the logits of the pairs from the states [rows, length, size].

        Linear layers on single states are computed once for each token and not once for each pair. The sums of the
        states between two markers are differences of cumulative sums.
        """
        length = states.shape[1]
        states = states.float()
        flat = states.flatten(0, 1)
        subject, other = (pairs[:, 0] * length + pairs[:, side] for side in (1, 2))
        sums = self.between(states).cumsum(1).flatten(0, 1)
        low, high = torch.minimum(subject, other), torch.maximum(subject, other)
        between = (sums[high] - sums[low]) / (high - low).clamp(min=1)[:, None]
        left, right = (layer(states).flatten(0, 1) for layer in (self.subject, self.object))
        hidden = left[subject] + right[other] + self.product((flat[subject] * flat[other])[None])[0] + between
        # The layers get inputs with three dimensions. With two, the exporter makes a Gemm node without the name of
        # the layer, by which the quantiser knows that it must not quantise it.
        return self.output(functional.gelu(hidden)[None])[0]


def pooled(logits: torch.Tensor, target: torch.Tensor, count: int) -> torch.Tensor:
    """Returns the logits [count, LABELS] of targets: the log-sum-exp over the pairs of each target.

    ``logits`` [pairs, LABELS]; ``target`` [pairs]: number of the target of each pair; ``count``: number of targets.
    """
    index = target[:, None].expand_as(logits)
    peak = torch.full((count, logits.shape[1]), -1e4, dtype=logits.dtype, device=logits.device)
    peak = peak.scatter_reduce(0, index, logits.detach(), "amax", include_self=True)
    sums = torch.zeros_like(peak).scatter_add(0, index, (logits - peak[target]).exp())
    return peak + sums.clamp(min=1e-9).log()


def loss_of(logits: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Returns the mean cross-entropy over the targets of a batch. The label "none" has the constant logit 0.

    ``logits`` [pairs, LABELS]; ``batch``: see :func:`training.relations.data.rows.tensors`.
    """
    scores = pooled(logits, batch["target"], len(batch["label"]))
    total = logits.new_zeros(())
    for number, head in enumerate(HEADS):
        in_head = (batch["head"] == number).nonzero()[:, 0]
        if len(in_head):
            with_none = functional.pad(scores[in_head][:, columns(head.name)], (1, 0))
            total = total + functional.cross_entropy(with_none, batch["label"][in_head], reduction="sum")
    return total / max(1, len(batch["label"]))


def new_model(start: Path, dropout: float, encoder: RowEncoder) -> RelationModel:
    """Returns a model on the encoder of ``start``, or the whole model if ``start`` is a relation run."""
    saved = start / RUN_FILE
    if not saved.is_file():
        model = RelationModel(load_encoder(start, dropout), dropout)
        initialise_markers(model, encoder)
        return model
    model = RelationModel(bare_encoder(start, dropout, training_attention(start)), dropout)
    model.load_state_dict(torch.load(saved, map_location="cpu", weights_only=True))
    log.info("continuing the relation model of %s", start.name)
    return model


@torch.no_grad()
def initialise_markers(model: RelationModel, encoder: RowEncoder) -> None:
    """Initialises the embedding of each marker with the name of its type and a bracket.

    Markers use spare entries of the vocabulary. Pre-training never reads these and moves them all in the same
    direction (their cosine is 0.98), so without this step the markers could not be told apart.
    """
    words = model.bert.embeddings.word_embeddings.weight
    for markers, bracket in ((encoder.markers.open, "["), (encoder.markers.close, "]")):
        for name, marker in markers.items():
            tokens = encoder.tokens(f"{bracket} {name.lower()}").ids
            words[marker] = words[tokens].mean(0)


def train_markers_alone(model: RelationModel, markers: Markers) -> None:
    """Freezes the encoder except for the embeddings of the markers."""
    model.bert.requires_grad_(False)
    words = model.bert.embeddings.word_embeddings.weight
    trained = torch.zeros(len(words), 1)
    trained[[*markers.open.values(), *markers.close.values()]] = 1
    words.requires_grad_(True)
    words.register_hook(lambda gradient: gradient * trained.to(gradient.device))


def load_run(folder: Path) -> RelationModel:
    """Returns the averaged model of a finished run. Raises ``FileNotFoundError`` if the run is not finished."""
    model = RelationModel(bare_encoder(folder), 0.0)
    model.load_state_dict(torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True))
    return model.eval()
