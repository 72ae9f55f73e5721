"""The question network: one encoder with three outputs, for answer spans, a verdict, and an embedding of the text."""

from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from ..common.start import bare_encoder, load_encoder, training_attention
from .data.examples import MAYBE, VERDICTS
from .options import RUN_FILE

#: Factor of the cosine similarities in the contrastive loss, which is a temperature of 0.05.
SIMILARITY_SCALE = 20.0


class QuestionNetwork(nn.Module):
    """BERT with a span layer (start, end), a verdict layer on [CLS], and mean pooling.

    Position 0, [CLS], is the span of "no answer" (SQuAD 2.0, Rajpurkar et al. 2018).
    """

    def __init__(self, encoder: Any, dropout: float) -> None:
        super().__init__()
        self.bert: Any = encoder
        hidden = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.span = nn.Linear(hidden, 2)
        self.verdict = nn.Linear(hidden, len(VERDICTS))
        for layer in (self.span, self.verdict):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)

    def states(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Hidden states [rows, length, hidden] of the last layer."""
        return self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Takes tensors [rows, length]. Returns span logits [rows, length, 2], verdict logits [rows, 3] and embeddings
        of length 1 [rows, hidden]."""
        states = self.states(input_ids, attention_mask, token_type_ids)
        dropped = self.dropout(states)
        # An index would export as Gather, which the quantiser treats as an embedding table, so this is a slice. The
        # layer gets three axes because with two it exports as a Gemm with another name, which would be quantised.
        verdicts = self.verdict(dropped[:, :1]).flatten(1)
        return self.span(dropped), verdicts, pooled(states, attention_mask)


def pooled(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Returns the mean of the states [rows, length, hidden] where ``mask`` [rows, length] is 1, scaled to length 1."""
    weights = mask.to(states.dtype).unsqueeze(-1)
    mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
    return mean / mean.pow(2).sum(-1, keepdim=True).sqrt().clamp(min=1e-6)


def span_loss(logits: torch.Tensor, readable: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Returns the negative log-probability of the gold spans, averaged over rows.

    ``logits`` [rows, length, 2]; ``readable`` [rows, length]: whether a span may contain the token; ``gold``
    [rows, places, 2]: first and last token of each gold span, -1 if a row has fewer. The probabilities of all gold
    spans of a row are summed (Clark and Gardner 2018), because BioASQ gives the names of answers without their places,
    so that each occurrence is correct.
    """
    scores = logits.float().masked_fill(~readable.unsqueeze(-1), -1e4).log_softmax(1)
    places = gold.clamp(min=0)
    pairs = scores[..., 0].gather(1, places[..., 0]) + scores[..., 1].gather(1, places[..., 1])
    pairs = pairs.masked_fill(gold[..., 0] < 0, -1e4)
    return -pairs.logsumexp(1).mean()


def verdict_loss(logits: torch.Tensor, verdict: torch.Tensor, maybe: torch.Tensor) -> torch.Tensor:
    """Returns the mean cross-entropy of ``logits`` [rows, 3] over yes, no and maybe.

    ``verdict`` [rows]: gold classes; ``maybe`` [rows]: whether the annotators could choose maybe. Otherwise the
    cross-entropy is over yes and no only.
    """
    logits = logits.float()
    excluded = torch.zeros_like(logits, dtype=torch.bool)
    excluded[:, MAYBE] = ~maybe
    return functional.cross_entropy(logits.masked_fill(excluded, -1e4), verdict)


def contrastive_loss(left: torch.Tensor, right: torch.Tensor, groups: torch.Tensor) -> torch.Tensor:
    """Returns the contrastive loss with in-batch negatives, averaged over both directions.

    Each text is to be more similar to its partner than to the partners of the other pairs of the batch. ``left``,
    ``right`` [pairs, hidden]: vectors of length 1; ``groups`` [pairs]: pairs of the same group are no negatives of each
    other.
    """
    scores = SIMILARITY_SCALE * left.float() @ right.float().T
    same = groups.unsqueeze(0) == groups.unsqueeze(1)
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(len(scores), device=scores.device)
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def new_network(start: Path, dropout: float) -> QuestionNetwork:
    """Returns a network on the encoder of ``start``. If ``start`` is a run of the question model, its heads are
    kept."""
    if not (start / RUN_FILE).is_file():
        return QuestionNetwork(load_encoder(start, dropout), dropout)
    network = QuestionNetwork(bare_encoder(start, dropout, training_attention(start)), dropout)
    network.load_state_dict(torch.load(start / RUN_FILE, map_location="cpu", weights_only=True))
    return network


def load_network(folder: Path, kind: type[QuestionNetwork] = QuestionNetwork) -> QuestionNetwork:
    """Loads the averaged network of a finished run, without dropout. ``kind``: its class.

    Raises ``FileNotFoundError`` if the run is not finished.
    """
    state = torch.load(folder / RUN_FILE, map_location="cpu", weights_only=True)
    network = kind(bare_encoder(folder), 0.0)
    network.load_state_dict(state)
    return network.eval()
