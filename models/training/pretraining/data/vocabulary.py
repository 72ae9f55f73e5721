"""Gives the vocabulary's idle entries to frequent biomedical words that it shatters.

An uncased BERT vocabulary has about 1,000 ``[unused]`` entries and some thousands that
biomedical text never touches. Each is given to the word that saves most tokens; the word's
embedding starts as the mean of the tokens that spelt it (so that nothing is lost: Tai et al.
2020 and others start new words likewise). The size of the model stays as it was.
"""

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from transformers import BertModel

from ...common.dedup import read_test_text
from ...common.encoder import Encoder
from ...common.sources import SOURCES, Cleaner, documents, is_held_out

log = logging.getLogger(__name__)

#: ``[unused]`` entries left for marker tokens of fine-tuned models.
KEPT_UNUSED = 32
RAREST = 30
_FILES = ("tokenizer_config.json", "special_tokens_map.json")


class Adoption(NamedTuple):
    """A word that gets the entry ``index`` of ``former``; ``tokens`` spelt it until now."""

    word: str
    count: int
    index: int
    former: str
    tokens: tuple[int, ...]


def adopt_words(root: Path, start: Path, out: Path) -> list[Adoption]:
    """Writes the encoder of ``start`` with the adopted words to ``out``, and ``adopted.json``."""
    encoder = Encoder(start)
    chosen = choose(encoder, count_words(root))
    log.info("%d words adopted, the last occurs %d times", len(chosen), chosen[-1].count)
    write(start, out, chosen)
    return chosen


def count_words(root: Path) -> dict[str, float]:
    """Counts the blank-separated words of all sources, each source with its weight."""
    cleaner = Cleaner(read_test_text(root))
    words: dict[str, float] = defaultdict(float)
    for source in SOURCES:
        own: Counter = Counter()
        for text in documents(root, source, cleaner):
            if not is_held_out(text):
                own.update(text.split())
        for word, count in own.items():
            words[word] += count * source.weight
    return words


def choose(encoder: Encoder, words: Mapping[str, float]) -> list[Adoption]:
    """Pairs the words that save most tokens with the entries that nothing uses."""
    used: Counter = Counter()
    counts: dict[str, float] = defaultdict(float)
    spelt: dict[str, tuple[int, ...]] = {}
    for word, count in words.items():
        for text, tokens in encoder.basic_tokens(word):
            counts[text] += count
            spelt[text] = tokens
            used.update(dict.fromkeys(tokens, count))
    free = _free_entries(encoder, used)
    saving = [
        (count * (len(spelt[t]) - 1), t)
        for t, count in counts.items()
        if count >= RAREST and len(t) > 3 and t.isascii() and t.isalpha() and len(spelt[t]) > 1
    ]
    saving.sort(reverse=True)
    return [
        Adoption(text, round(counts[text]), index, former, spelt[text])
        for (_, text), (index, former) in zip(saving, free)
    ]


def _free_entries(encoder: Encoder, used: Counter) -> list[tuple[int, str]]:
    """Unused entries first; no single character, so that no word becomes unknown."""
    free, unused = [], []
    for token, index in sorted(encoder.vocabulary().items(), key=lambda item: item[1]):
        if token.startswith("[unused"):
            unused.append((index, token))
        elif not used[index] and not token.startswith("[") and len(token.removeprefix("##")) > 1:
            free.append((index, token))
    return unused[KEPT_UNUSED:] + free


def write(start: Path, out: Path, chosen: list[Adoption]) -> None:
    """The same encoder with its vocabulary files and word embeddings changed."""
    out.mkdir(parents=True, exist_ok=True)
    model = BertModel.from_pretrained(start, add_pooling_layer=False)
    table = model.embeddings.word_embeddings.weight.data
    fresh = torch.stack([table[list(a.tokens)].mean(0) for a in chosen])
    table[[a.index for a in chosen]] = fresh
    model.save_pretrained(out)
    for name in _FILES:
        (out / name).write_bytes((start / name).read_bytes())
    entries = (start / "vocab.txt").read_text(encoding="utf-8").split("\n")
    tokenizer = json.loads((start / "tokenizer.json").read_text(encoding="utf-8"))
    places = tokenizer["model"]["vocab"]
    for adoption in chosen:
        entries[adoption.index] = adoption.word
        del places[adoption.former]
        places[adoption.word] = adoption.index
    tokenizer["truncation"] = tokenizer["padding"] = None
    tokenizer["model"]["vocab"] = dict(sorted(places.items(), key=lambda item: item[1]))
    (out / "vocab.txt").write_text("\n".join(entries), encoding="utf-8")
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    report = [{"word": a.word, "count": a.count, "was": len(a.tokens)} for a in chosen]
    (out / "adopted.json").write_text(json.dumps(report))
