"""Weak labels: finds names of terminologies in abstracts and articles.

Only the names that are found are labelled, because the other words may contain names too. Short names, and symbols that
may abbreviate something else (as most aliases of genes do), are left out, so that nearly all labels are correct. The
module also counts which names papers use; :mod:`training.tagger.data.frames` draws these more often.
"""

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from ...common.iob import Sentence
from ...common.words import tagged_sentences, words_of
from .names import read_names

_SOURCES = (
    "asreview_sysrev_abstracts/part-000",
    "asreview_sysrev_abstracts/part-001",
    "screening_abstracts_new/part-000",
    "elife_fulltext/part-000",
    "rct_fulltext_open/part-000",
)
_MAX_WORDS = 6
#: Words that product reviews use in their medical sense, so that they are no :func:`ordinary_words`.
_MEDICAL = frozenset(
    "asthma cancer diabetes depression anxiety stroke pain arthritis headache acne eczema psoriasis allergy migraine flu "
    "caffeine sugar alcohol glucose calcium iron zinc sodium potassium aspirin nicotine insulin dogs cats mice rats chicken".split()
)
#: Number of characters that are read from each shard.
_CHARACTERS = 4_000_000


class NameIndex:
    """Finds names in a list of words. Of several names that begin at the same word, it finds the longest."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._names: dict[str, tuple[str, str]] = {}
        for kind, entries in names.items():
            for name in entries:
                words = words_of(name)
                if len(words) <= _MAX_WORDS:
                    self._names.setdefault(" ".join(words).lower(), (kind, name))
        self._firsts = {key.split(" ", 1)[0] for key in self._names}

    def find(self, words: Sequence[str]) -> list[tuple[str, str, int, int]]:
        """Returns (type, name, first word, last word + 1) of every name in ``words``, from left to right.

        Case is ignored, except for genes and cell lines.
        """
        lowered = [word.lower() for word in words]
        matches, place = [], 0
        while place < len(words):
            match = self._longest(words, lowered, place)
            if match:
                matches.append(match)
                place = match[3]
            else:
                place += 1
        return matches

    def _longest(
        self, words: Sequence[str], lowered: Sequence[str], start: int
    ) -> tuple[str, str, int, int] | None:
        if lowered[start] not in self._firsts:
            return None
        for end in range(min(len(words), start + _MAX_WORDS), start, -1):
            entry = self._names.get(" ".join(lowered[start:end]))
            if entry and (
                entry[0] not in ("Gene", "CellLine")
                or " ".join(words_of(entry[1])) == " ".join(words[start:end])
            ):
                return (*entry, start, end)
        return None


def ordinary_words(root: Path) -> set[str]:
    """Returns frequent words of product reviews, such as "lead" and "challenge", which are also names of chemicals."""
    data = json.loads((root / "qa/SQuADShifts/amazon_reviews_v1.0.json").read_text(encoding="utf-8"))["data"]
    contexts = (p["context"] for article in data for p in article["paragraphs"])
    counts = Counter(word for context in contexts for word in words_of(context.lower()))
    return {word for word, count in counts.items() if count >= 6 and word not in _MEDICAL}


def is_sure(kind: str, name: str) -> bool:
    """Whether an occurrence of this name in a text nearly always has the type ``kind``."""
    if kind == "Gene":
        return bool(re.fullmatch(r"[A-Z][A-Za-z]{1,5}\d{1,3}[A-Z]?\d?", name)) or len(name.split()) >= 3
    if kind == "CellLine":
        return any(c.isdigit() for c in name) and len(name) > 3
    if kind == "Chemical":
        return len(name) >= 7 and not name.isupper()
    return len(name) >= 8 or " " in name


@lru_cache(maxsize=1)
def read_abstracts(root: Path) -> tuple[list[Sentence], Counter]:
    """Returns the sentences with sure names (:func:`is_sure`), tagged, and how often each (type, name) occurs."""
    index, counts, tagged = NameIndex(read_names(root)), Counter(), []
    ordinary = ordinary_words(root)
    for source in _SOURCES:
        with lzma.open(
            root / "pretrain" / f"{source}.txt.xz", "rt", encoding="utf-8", errors="replace"
        ) as shard:
            text = shard.read(_CHARACTERS)
        for sentence in tagged_sentences(text):
            matches = [m for m in index.find(sentence.words) if m[1].lower() not in ordinary]
            counts.update((kind, " ".join(sentence.words[start:end])) for kind, _, start, end in matches)
            sure = [m for m in matches if is_sure(m[0], m[1])]
            if sure and 6 < len(sentence.words) < 80:
                tagged.append(_tagged(sentence, sure))
    return tagged, counts


def _tagged(sentence: Sentence, matches: Sequence[tuple[str, str, int, int]]) -> Sentence:
    tags = ["O"] * len(sentence.words)
    for kind, _, start, end in matches:
        tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return Sentence(sentence.words, tuple(tags))


def weak_sentences(root: Path, limit: int = 30_000) -> Iterator[Sentence]:
    """Yields ``limit`` weakly labelled sentences, drawn with a fixed seed. Sentences with rare types are more likely.

    ``root``: folder of the unpacked corpora.
    """
    tagged, _counts = read_abstracts(root)
    totals = Counter(tag[2:] for s in tagged for tag in s.tags if tag[0] == "B")
    rng = random.Random(13)
    weights = [sum(1 / totals[t[2:]] for t in s.tags if t[0] == "B") for s in tagged]
    drawn = sorted(
        range(len(tagged)), key=lambda i: rng.random() ** (1 / weights[i] / len(tagged)), reverse=True
    )
    yield from (tagged[i] for i in drawn[:limit])
