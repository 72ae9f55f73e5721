"""Perplexity of masked words in held-out documents, for each source."""

import math
from collections.abc import Mapping

import torch
from torch.nn import functional
from transformers import BertForMaskedLM

from ..common.start import autocast
from .data.blocks import Blocks, MaskedBatch
from .data.packing import PackedTokens

_ROWS = 16


def masked_loss(
    model: BertForMaskedLM, batch: MaskedBatch, device: torch.device, amp: torch.dtype
) -> torch.Tensor:
    """Returns the mean cross-entropy (nats) of the targets. The head runs only on their positions."""
    ids, shapes, is_target, targets = (tensor.to(device) for tensor in batch)
    with autocast(device, amp):
        states = model.bert(input_ids=ids, token_type_ids=shapes).last_hidden_state
        logits = model.cls(states[is_target])
    return functional.cross_entropy(logits.float(), targets)


@torch.inference_mode()
def perplexities(
    model: BertForMaskedLM, held: Mapping[str, Blocks], rows: int, device: torch.device, amp: torch.dtype
) -> dict[str, float]:
    """Returns exp(mean loss) of each source on at most ``rows`` rows. The masks are the same in every call."""
    training = model.training
    model.eval()
    by_source = {}
    for source, blocks in held.items():
        count = min(rows, len(blocks))
        losses = [
            masked_loss(model, blocks.batch(first, min(_ROWS, count - first)), device, amp).item()
            for first in range(0, count, _ROWS)
        ]
        by_source[source] = round(math.exp(sum(losses) / len(losses)), 3)
    model.train(training)
    return by_source


def held_out_blocks(
    packed: Mapping[str, PackedTokens], length: int, special, vocabulary: int
) -> dict[str, Blocks]:
    """Returns separate blocks for each source. Sources with less than one row of held-out text are left out."""
    empty = {name: PackedTokens(p.ids[:0], p.marks[:0]) for name, p in packed.items()}
    return {
        name: Blocks({**empty, name: tokens}, length, len(tokens.ids) // (length - 2), 0, special, vocabulary)
        for name, tokens in packed.items()
        if len(tokens.ids) >= length - 2
    }
