"""Readers of the general extractive sets, which stand in for SQuAD: SQuADShifts, QAMR, PolicyQA, XQuAD."""

import json
import re
from collections import Counter
from pathlib import Path

from .examples import SpanExample

_BRACKETS = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
}


def read_squad(path: Path) -> list[SpanExample]:
    """Questions of a file in SQuAD's form (Rajpurkar et al. 2016)."""
    found = []
    for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        group = f"{path.stem}/{article.get('title', number)}"
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            for item in paragraph["qas"]:
                spans = {
                    (a["answer_start"], a["answer_start"] + len(a["text"]))
                    for a in item["answers"]
                    if a["text"]
                }
                found.append(SpanExample(item["question"].strip(), context, tuple(sorted(spans)), group))
    return found


def squad_answers(path: Path) -> list[tuple[SpanExample, tuple[str, ...]]]:
    """Questions with the texts of their gold answers, for scoring."""
    return [(e, tuple(e.context[a:b] for a, b in e.answers)) for e in read_squad(path)]


def read_shifts(root: Path, domain: str) -> list[SpanExample]:
    """One domain of SQuADShifts (Miller et al. 2020): ``new_wiki``, ``amazon_reviews``, ``reddit``."""
    return read_squad(root / "qa" / "SQuADShifts" / f"{domain}_v1.0.json")


def read_policy(root: Path) -> list[SpanExample]:
    """PolicyQA (Ahmad et al. 2020), the two parts that are at hand."""
    folder = root / "qa" / "PolicyQA"
    return [e for part in ("dev", "test") for e in read_squad(folder / f"{part}.json")]


def read_qamr(root: Path) -> list[SpanExample]:
    """QAMR (Michael et al. 2018): one sentence a context, answers as word indices.

    Three people answered each question: an answer counts with two votes, or where no two agree the
    first one; those that are no run of neighbouring words are left out.
    """
    folder = root / "qa" / "QAMR"
    sentences = {}
    for line in (folder / "wiki-sentences.tsv").read_text(encoding="utf-8").splitlines():
        name, text = line.split("\t", 1)
        sentences[name] = [_BRACKETS.get(word, word) for word in text.split()]
    votes: dict[tuple[str, str], list[str]] = {}
    for part in ("dev", "test"):
        for line in (folder / "filtered" / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
            name, question, answer, *others = (line.split("\t")[i] for i in (0, 5, 6, 7, 8))
            given = [answer, *(other.split(":", 1)[1] for other in others)]
            votes.setdefault((name, question), given)
    return [
        example
        for (name, question), given in votes.items()
        if (example := _qamr_example(name, sentences[name], question, given)) is not None
    ]


def _qamr_example(name: str, words: list[str], question: str, given: list[str]) -> SpanExample | None:
    counts = Counter(given)
    kept = [a for a, n in counts.items() if n > 1] or given[:1]
    starts, place = [], 0
    for word in words:
        starts.append(place)
        place += len(word) + 1
    spans = []
    for answer in kept:
        indices = sorted(int(i) for i in answer.split())
        if indices and indices[-1] - indices[0] == len(indices) - 1 and indices[-1] < len(words):
            spans.append((starts[indices[0]], starts[indices[-1]] + len(words[indices[-1]])))
    if not spans:
        return None
    group = "qamr/" + re.sub(r":\d+$", "", name)
    return SpanExample(question, " ".join(words), tuple(sorted(set(spans))), group)
