"""Gives unused entries of the vocabulary to frequent biomedical words that need several tokens ("adopted words").

An uncased BERT vocabulary has about 1,000 ``[unused]`` entries, and some thousands that do not occur in biomedical
text. They are given to the words that save most tokens. The embedding of such a word begins as the mean of the
embeddings of its previous tokens, as in Tai et al. (2020). The size of the model does not change.
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

#: Number of ``[unused]`` entries that are left for marker tokens of fine-tuned models.
KEPT_UNUSED = 32
#: Smallest number of occurrences of an adopted word.
RAREST = 30
_FILES = ("tokenizer_config.json", "special_tokens_map.json")


class Adoption(NamedTuple):
    """An adopted word. It gets the entry ``index`` of ``former``. ``tokens``: ids of its previous tokens."""

    word: str
    count: int
    index: int
    former: str
    tokens: tuple[int, ...]


def adopt_words(root: Path, start: Path, out: Path) -> list[Adoption]:
    """Writes the encoder of ``start`` with adopted words, and ``adopted.json``, to ``out``. Returns the words."""
    encoder = Encoder(start)
    chosen = choose(encoder, count_words(root))
    log.info("%d words adopted, the last occurs %d times", len(chosen), chosen[-1].count)
    write(start, out, chosen)
    return chosen


def count_words(root: Path) -> dict[str, float]:
    """Counts the words of all sources, separated by blanks and weighted by source."""
    cleaner = Cleaner(read_test_text(root))
    words: dict[str, float] = defaultdict(float)
    for source in SOURCES:
        source_counts: Counter = Counter()
        for text in documents(root, source, cleaner):
            if not is_held_out(text):
                source_counts.update(text.split())
        for word, count in source_counts.items():
            words[word] += count * source.weight
    return words


def choose(encoder: Encoder, words: Mapping[str, float]) -> list[Adoption]:
    """Pairs the words that save most tokens with unused entries of the vocabulary. ``words``: number of occurrences."""
    used: Counter = Counter()
    counts: dict[str, float] = defaultdict(float)
    tokens_of: dict[str, tuple[int, ...]] = {}
    for word, count in words.items():
        for text, tokens in encoder.basic_tokens(word):
            counts[text] += count
            tokens_of[text] = tokens
            used.update(dict.fromkeys(tokens, count))
    free = _free_entries(encoder, used)
    saving = [
        (count * (len(tokens_of[t]) - 1), t)
        for t, count in counts.items()
        if count >= RAREST and len(t) > 3 and t.isascii() and t.isalpha() and len(tokens_of[t]) > 1
    ]
    saving.sort(reverse=True)
    return [
        Adoption(text, round(counts[text]), index, former, tokens_of[text])
        for (_, text), (index, former) in zip(saving, free)
    ]


def _free_entries(encoder: Encoder, used: Counter) -> list[tuple[int, str]]:
    """Returns (index, token) of entries that can be replaced, ``[unused]`` ones first.

    Single characters are not among them, so that every word can still be encoded.
    """
    free, unused = [], []
    for token, index in sorted(encoder.vocabulary().items(), key=lambda item: item[1]):
        if token.startswith("[unused"):
            unused.append((index, token))
        elif not used[index] and not token.startswith("[") and len(token.removeprefix("##")) > 1:
            free.append((index, token))
    return unused[KEPT_UNUSED:] + free


def write(start: Path, out: Path, chosen: list[Adoption]) -> None:
    """Writes the encoder of ``start`` with the vocabulary and the word embeddings of the adopted words."""
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
    indices = tokenizer["model"]["vocab"]
    for adoption in chosen:
        entries[adoption.index] = adoption.word
        del indices[adoption.former]
        indices[adoption.word] = adoption.index
    tokenizer["truncation"] = tokenizer["padding"] = None
    tokenizer["model"]["vocab"] = dict(sorted(indices.items(), key=lambda item: item[1]))
    (out / "vocab.txt").write_text("\n".join(entries), encoding="utf-8")
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    report = [{"word": a.word, "count": a.count, "was": len(a.tokens)} for a in chosen]
    (out / "adopted.json").write_text(json.dumps(report))
