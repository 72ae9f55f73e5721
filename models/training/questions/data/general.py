"""Readers of the general extractive sets, which are used instead of SQuAD: SQuADShifts, QAMR, PolicyQA, XQuAD."""

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
    """Reads the questions of a file in the format of SQuAD (Rajpurkar et al. 2016)."""
    examples = []
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
                examples.append(SpanExample(item["question"].strip(), context, tuple(sorted(spans)), group))
    return examples


def squad_answers(path: Path) -> list[tuple[SpanExample, tuple[str, ...]]]:
    """Reads questions with the texts of their gold answers, for scoring."""
    return [(e, tuple(e.context[a:b] for a, b in e.answers)) for e in read_squad(path)]


def read_shifts(root: Path, domain: str) -> list[SpanExample]:
    """Reads one domain of SQuADShifts (Miller et al. 2020): ``new_wiki``, ``amazon_reviews`` or ``reddit``."""
    return read_squad(root / "qa" / "SQuADShifts" / f"{domain}_v1.0.json")


def read_policy(root: Path) -> list[SpanExample]:
    """Reads PolicyQA (Ahmad et al. 2020). Only its dev and test parts are available."""
    folder = root / "qa" / "PolicyQA"
    return [e for part in ("dev", "test") for e in read_squad(folder / f"{part}.json")]


def read_qamr(root: Path) -> list[SpanExample]:
    """Reads QAMR (Michael et al. 2018), whose contexts are single sentences and whose answers are word indices.

    Three people answered each question. An answer counts if two people gave it; if all differ, the first one counts.
    Answers whose words are not consecutive are left out.
    """
    folder = root / "qa" / "QAMR"
    sentences = {}
    for line in (folder / "wiki-sentences.tsv").read_text(encoding="utf-8").splitlines():
        name, text = line.split("\t", 1)
        sentences[name] = [_BRACKETS.get(word, word) for word in text.split()]
    votes: dict[tuple[str, str], list[str]] = {}
    for part in ("dev", "test"):
        for line in (folder / "filtered" / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
            name, question, answer, *other_answers = (line.split("\t")[i] for i in (0, 5, 6, 7, 8))
            given = [answer, *(text.split(":", 1)[1] for text in other_answers)]
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
