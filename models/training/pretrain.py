"""Masked-language warm-up on biomedical text before fine-tuning (Lee et al. 2019, section 3.1).

A bounded run: documents of the chosen shards are drawn evenly by source, cut in
blocks of ``length`` pieces and masked by whole basic tokens (15 %: 80 % [MASK],
10 % random, 10 % kept; Devlin et al. 2019). The case shapes stay visible, as they
are when tagging. The output layer is tied to the word embeddings and thrown away.
"""

import json
import logging
import lzma
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .checkpoint import load_state, save_state
from .dedup import TestText
from .features import Encoder
from .start import device_and_amp, load_encoder

log = logging.getLogger(__name__)


@dataclass
class PretrainOptions:
    """Settings of one run; ``tokens`` counts pieces read, padding there is none."""

    sources: tuple[str, ...] = (
        "asreview_sysrev_abstracts",
        "abstracts_from_train_corpora",
        "elife_fulltext",
    )
    tokens: int = 5_000_000
    length: int = 128
    batch: int = 16
    learning_rate: float = 4e-4
    warm_up: float = 0.06
    minutes: float = 20.0
    seed: int = 1
    checkpoint_minutes: float = 3.0


def documents(folder: Path) -> Iterator[str]:
    """Documents of one source: xz shards of clean text, a blank line between documents."""
    for shard in sorted(folder.glob("*.xz")):
        with lzma.open(shard, "rt", encoding="utf-8", errors="replace") as lines:
            kept: list[str] = []
            for line in lines:
                if line.strip():
                    kept.append(line.strip())
                elif kept:
                    yield " ".join(kept)
                    kept = []
            if kept:
                yield " ".join(kept)


def collect_blocks(root: Path, encoder: Encoder, test: TestText, o: PretrainOptions) -> dict:
    """Blocks of pieces as arrays: ``ids``, ``shapes``, ``starts`` [blocks, length - 2]."""
    share = o.tokens // len(o.sources)
    rows: list[tuple[np.ndarray, ...]] = []
    for source in o.sources:
        docs = list(dict.fromkeys(documents(root / "pretrain" / source)))
        random.Random(o.seed).shuffle(docs)
        stream: list[list[int]] = [[], [], []]
        dropped = read = 0
        for text in docs:
            if len(stream[0]) >= share:
                break
            read += 1
            if test.holds(text):
                dropped += 1
                continue
            for word in text.split():
                for pieces, shape in encoder.word(word):
                    stream[0].extend(pieces)
                    stream[1].extend([shape] * len(pieces))
                    stream[2].extend([1] + [0] * (len(pieces) - 1))
        width = o.length - 2
        count = min(len(stream[0]), share) // width
        log.info("%s: %d documents read, %d held test text and were dropped, %d blocks",
                 source, read, dropped, count)
        rows.append(tuple(np.asarray(s[: count * width], np.int32).reshape(count, width)
                          for s in stream))
    return {k: np.concatenate(part) for k, part in zip(("ids", "shapes", "starts"), zip(*rows))}


def mask_block(ids: np.ndarray, starts: np.ndarray, mask: int, size: int, rng) -> tuple:
    """Masks whole basic tokens of [batch, length] pieces.

    Returns the pieces to feed and the places (boolean [batch, length]) to predict.
    """
    token = np.cumsum(starts, axis=1)
    draws = rng.random((ids.shape[0], int(token.max()) + 1))
    chosen = np.take_along_axis(draws, token, axis=1) < 0.15
    how = rng.random(ids.shape)
    fed = np.where(chosen & (how < 0.8), mask, ids)
    fed = np.where(chosen & (how >= 0.9), rng.integers(1000, size, ids.shape), fed)
    return fed, chosen


class MaskedHead(nn.Module):
    """BERT's masked-language head; the output matrix is the word embedding itself."""

    def __init__(self, hidden: int, vocabulary: int) -> None:
        super().__init__()
        self.dense = nn.Linear(hidden, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    def forward(self, states: torch.Tensor, embedding: torch.Tensor) -> torch.Tensor:
        """[places, hidden] → [places, vocabulary] logits."""
        return functional.linear(
            self.norm(functional.gelu(self.dense(states))), embedding, self.bias
        )


def pretrain(root: Path, start: Path, out: Path, test: TestText, o: PretrainOptions,
             resume: bool) -> None:
    """Runs the warm-up and writes the encoder to ``out`` in Hugging Face layout."""
    torch.manual_seed(o.seed)
    device, amp = device_and_amp()
    encoder = Encoder(start)
    blocks = collect_blocks(root, encoder, test, o)
    model = load_encoder(start, dropout=0.0).to(device)
    head = MaskedHead(model.config.hidden_size, model.config.vocab_size).to(device)
    parameters = [*model.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=o.learning_rate, weight_decay=0.01, fused=True)
    order = np.random.default_rng(o.seed).permutation(len(blocks["ids"]))
    total = len(order) // o.batch
    step, spent = 0, 0.0
    state = load_state(out) if resume else None
    if state:
        model.load_state_dict(state["model"])
        head.load_state_dict(state["head"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["spent"]
    begun = saved = time.monotonic()
    losses: list[float] = []
    model.train()
    while step < total:
        elapsed = spent + time.monotonic() - begun
        # The decay follows the clock as well as the steps: a shared machine may be slow.
        done = max(step / total, elapsed / (60 * o.minutes))
        if done >= 1:
            break
        rate = o.learning_rate * min(done / o.warm_up, (1 - done) / (1 - o.warm_up))
        for group in optimizer.param_groups:
            group["lr"] = max(rate, o.learning_rate * 0.01)
        rows = order[step * o.batch : (step + 1) * o.batch]
        loss = _step(model, head, blocks, rows, encoder, np.random.default_rng(o.seed + step),
                     device, amp)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss)
        step += 1
        if step % 50 == 0:
            mean = sum(losses[-50:]) / 50
            log.info("step %d/%d loss %.3f perplexity %.1f %.0f pieces/s", step, total, mean,
                     math.exp(mean), step * o.batch * o.length / elapsed)
        if time.monotonic() - saved > 60 * o.checkpoint_minutes:
            saved = time.monotonic()
            save_state(out, {"model": model.state_dict(), "head": head.state_dict(),
                             "optimizer": optimizer.state_dict(), "step": step,
                             "spent": spent + saved - begun})
    _write(model, start, out, {"steps": step, "losses": losses, "options": vars(o)})


def _step(model, head, blocks, rows, encoder: Encoder, rng, device, amp) -> float:
    ids, starts = blocks["ids"][rows], blocks["starts"][rows]
    fed, chosen = mask_block(ids, starts, encoder.special.mask, encoder.vocabulary_size, rng)
    border = ((0, 0), (1, 1))
    fed = np.pad(fed, border, constant_values=encoder.special.cls)
    fed[:, -1] = encoder.special.sep
    shapes = torch.from_numpy(np.pad(blocks["shapes"][rows], border).astype(np.int64)).to(device)
    places = torch.from_numpy(np.pad(chosen, border)).to(device)
    target = torch.from_numpy(ids[chosen].astype(np.int64)).to(device)
    with torch.autocast(device.type, dtype=amp):
        states = model(
            input_ids=torch.from_numpy(fed.astype(np.int64)).to(device), token_type_ids=shapes
        ).last_hidden_state
        logits = head(states[places], model.embeddings.word_embeddings.weight)
    loss = functional.cross_entropy(logits.float(), target)
    loss.backward()
    return loss.item()


def _write(model, start: Path, out: Path, report: dict) -> None:
    model.save_pretrained(out)
    for name in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        (out / name).write_bytes((start / name).read_bytes())
    (out / "pretrain.json").write_text(json.dumps(report))
