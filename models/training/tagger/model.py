"""The tagger: BERT with one head for each type, exported as an ordinary model for token classification."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import BertForTokenClassification

from ..common.start import bare_encoder, load_encoder, training_attention
from .data.corpora import SHIPPED_TYPES
from .data.labels import IGNORED
from .options import RUN_FILE

log = logging.getLogger(__name__)
#: From current heads to heads of older runs (tagger 2 and before) that follow the same guideline.
OLDER_HEADS = {"BC2GM-gene": "Gene", "Species-800-species": "Species"}


def label_names(heads: Sequence[str]) -> list[str]:
    """Returns ``O``, then ``B-t`` and ``I-t`` for each head ``t``, in the order of the output."""
    return ["O", *(f"{kind}-{head}" for head in heads for kind in "BI")]


class Tagger(nn.Module):
    """An encoder and one linear layer.

    Each head ``t`` is a separate softmax over {O, B-t, I-t}, in which the logit of O is the constant 0. Therefore the
    layer has no row for O. The export adds a row of zeros, which makes an ordinary ``BertForTokenClassification``.
    """

    def __init__(self, encoder: Any, heads: Sequence[str], dropout: float) -> None:
        super().__init__()
        self.bert: Any = encoder
        self.heads = tuple(heads)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(encoder.config.hidden_size, 2 * len(self.heads))
        nn.init.normal_(self.classifier.weight, std=0.02)
        # Most tokens are outside of names. With this bias, the model need not learn it in the first steps.
        nn.init.constant_(self.classifier.bias, -2.0)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Takes tensors [rows, length]. Returns logits [rows, length, heads, 3] over O, B and I."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        pairs = self.classifier(self.dropout(states)).float()
        pairs = pairs.unflatten(-1, (len(self.heads), 2))
        return functional.pad(pairs, (1, 0))


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Returns the cross-entropy, summed over annotated heads and averaged over labelled tokens.

    ``logits`` [rows, length, heads, 3]; ``labels`` [rows, length, heads] with ``IGNORED`` at
    continuation tokens and for heads that the corpus does not annotate.
    """
    total = functional.cross_entropy(
        logits.flatten(0, 2), labels.flatten(), reduction="sum", ignore_index=IGNORED
    )
    return total / (labels != IGNORED).any(-1).sum().clamp(min=1)


def new_tagger(start: Path, heads: Sequence[str], dropout: float) -> Tagger:
    """Returns a tagger on the encoder of ``start`` with new heads.

    If ``start`` is a run of the tagger, heads that both have keep their weights.
    """
    if not (start / RUN_FILE).is_file():
        return Tagger(load_encoder(start, dropout), heads, dropout)
    tagger = Tagger(bare_encoder(start, dropout, training_attention(start)), heads, dropout)
    saved = torch.load(start / RUN_FILE, map_location="cpu", weights_only=True)
    state = saved["state"]
    tagger.bert.load_state_dict(
        {k.removeprefix("bert."): v for k, v in state.items() if k.startswith("bert.")}
    )
    sources = {head: head if head in saved["heads"] else OLDER_HEADS.get(head, "") for head in tagger.heads}
    common = {head: source for head, source in sources.items() if source in saved["heads"]}
    with torch.no_grad():
        for head, source in common.items():
            new, old = head_rows(tagger.heads, head), head_rows(saved["heads"], source)
            tagger.classifier.weight[new] = state["classifier.weight"][old]
            tagger.classifier.bias[new] = state["classifier.bias"][old]
    log.info("continuing the tagger of %s: %s", start.name, ", ".join(common))
    return tagger


def load_run(folder: Path) -> Tagger:
    """Returns the averaged tagger of a finished run, or of the checkpoint of an unfinished one.

    Raises ``FileNotFoundError`` if the folder contains neither.
    """
    done = folder / RUN_FILE
    if done.is_file():
        saved = torch.load(done, map_location="cpu", weights_only=True)
        heads, state = saved["heads"], saved["state"]
    else:
        saved = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=False)
        heads, state = saved["heads"], saved["average"]
    tagger = Tagger(bare_encoder(folder), heads, 0.0)
    tagger.load_state_dict(state)
    return tagger.eval()


def head_rows(heads: Sequence[str], head: str) -> slice:
    """Returns the two rows of the classifier for ``head``: B and I."""
    first = 2 * list(heads).index(head)
    return slice(first, first + 2)


def to_hugging_face(tagger: Tagger) -> BertForTokenClassification:
    """Converts the shipped heads to ``BertForTokenClassification``, with a row of zeros for O."""
    names = label_names(SHIPPED_TYPES)
    config: Any = tagger.bert.config.__class__(**tagger.bert.config.to_dict())
    config.id2label = dict(enumerate(names))
    config.label2id = {name: index for index, name in enumerate(names)}
    config.architectures = ["BertForTokenClassification"]
    plain: Any = BertForTokenClassification(config)
    plain.bert.load_state_dict(tagger.bert.state_dict())
    rows = 2 * len(SHIPPED_TYPES)
    with torch.no_grad():
        plain.classifier.weight.zero_()
        plain.classifier.bias.zero_()
        plain.classifier.weight[1:] = tagger.classifier.weight[:rows]
        plain.classifier.bias[1:] = tagger.classifier.bias[:rows]
    return plain.eval()
