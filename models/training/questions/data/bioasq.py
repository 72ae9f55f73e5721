"""Readers of the biomedical sets: BioASQ (golden files, and the test files of BioBERT's paper), BLURB yes-no,
PubMedQA."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .examples import VERDICTS, SpanExample, VerdictExample, occurrences

YEARS = ("4b", "5b", "7b")
#: One of this many questions, chosen by its hash, is dev data instead of training data.
DEV_EVERY = 8


@dataclass(frozen=True)
class Question:
    """A golden question of BioASQ.

    ``answers``: each answer of a factoid or list question, with its synonyms. ``snippets``: (PubMed number, text) of
    the passages that the experts selected. ``abstracts``: titles with abstracts, the contexts in the evaluation of
    BioBERT's paper; only factoid questions have them.
    """

    year: str
    id: str
    kind: str
    text: str
    answers: tuple[tuple[str, ...], ...]
    verdict: int | None
    snippets: tuple[tuple[str, str], ...]
    abstracts: tuple[str, ...] = field(default=())

    def names(self) -> list[str]:
        """Returns every accepted form of every answer."""
        return [name for forms in self.answers for name in forms]


def read_year(root: Path, year: str) -> list[Question]:
    """Reads the golden questions of one year, with the abstracts of its factoid test file."""
    folder = root / "qa" / "BioASQ"
    abstracts = _abstracts(folder / f"BioASQ-test-factoid-{year}.json")
    golden = json.loads((folder / f"{year.upper()}_golden.json").read_text(encoding="utf-8"))
    return [_question(year, item, abstracts) for item in golden["questions"]]


def _abstracts(path: Path) -> dict[str, list[str]]:
    contexts: dict[str, list[str]] = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = paragraph["qas"][0]["id"].rsplit("_", 1)[0]
            if paragraph["context"] not in contexts.setdefault(name, []):
                contexts[name].append(paragraph["context"])
    return contexts


def _question(year: str, item: dict, abstracts: dict[str, list[str]]) -> Question:
    kind, exact = item["type"], item.get("exact_answer")
    answers: list[tuple[str, ...]] = []
    verdict = None
    if kind == "yesno":
        verdict = VERDICTS.index(str(exact).strip().lower().rstrip("."))
    elif kind in ("factoid", "list") and exact:
        # The forms of a factoid answer are in one list or in several; all are names of the same answer.
        forms = [tuple(e) if isinstance(e, list) else (e,) for e in exact]
        answers = [tuple(n for f in forms for n in f)] if kind == "factoid" else forms
    snippets = tuple((s["document"].rsplit("/", 1)[-1], s["text"].strip()) for s in item["snippets"])
    return Question(
        year,
        item["id"],
        kind,
        item["body"].strip(),
        tuple(answers),
        verdict,
        snippets,
        tuple(abstracts.get(item["id"], ())),
    )


def normalised(text: str) -> str:
    """Returns the words of ``text`` in lower case, without punctuation, separated by one space."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def is_dev(question: str) -> bool:
    """Whether a question is dev data. This depends only on its words, so that it is the same in every set."""
    digest = hashlib.sha256(normalised(question).encode()).digest()
    return int.from_bytes(digest[:4], "big") % DEV_EVERY == 0


def training_questions(root: Path, leave_out: Sequence[str]) -> tuple[list[Question], dict[str, int]]:
    """Returns the questions of the years that are not left out, and how much was dropped.

    A question is dropped if a left-out year asks it too, or if an earlier year has asked it. A snippet or abstract is
    dropped if a left-out year contains its text, a snippet also if a left-out year has one with its PubMed number.
    """
    tested = [q for year in leave_out for q in read_year(root, year)]
    asked = {normalised(q.text) for q in tested}
    numbers = {number for q in tested for number, _ in q.snippets}
    texts = {normalised(t) for q in tested for t in (*q.abstracts, *(s for _, s in q.snippets))}
    kept, dropped = [], {"questions": 0, "snippets": 0, "abstracts": 0}
    for year in YEARS:
        for q in () if year in leave_out else read_year(root, year):
            key = normalised(q.text)
            if key in asked:
                dropped["questions"] += 1
                continue
            asked.add(key)
            snippets = tuple((n, s) for n, s in q.snippets if n not in numbers and normalised(s) not in texts)
            abstracts = tuple(a for a in q.abstracts if normalised(a) not in texts)
            dropped["snippets"] += len(q.snippets) - len(snippets)
            dropped["abstracts"] += len(q.abstracts) - len(abstracts)
            kept.append(Question(q.year, q.id, q.kind, q.text, q.answers, q.verdict, snippets, abstracts))
    return kept, dropped


def span_examples(questions: Iterable[Question], abstracts: bool) -> list[SpanExample]:
    """Returns the factoid and list questions on each snippet or, with ``abstracts``, on each abstract.

    The answers are all occurrences of the accepted forms in the context.
    """
    examples = []
    for q in questions:
        if q.kind not in ("factoid", "list"):
            continue
        contexts = q.abstracts if abstracts else tuple(s for _, s in q.snippets)
        for context in dict.fromkeys(contexts):
            examples.append(SpanExample(q.text, context, occurrences(context, q.names()), q.id))
    return examples


def answered_by(question: Question, context: str) -> bool:
    """Whether a context contains an answer to the question."""
    return bool(occurrences(context, question.names()))


def read_blurb(root: Path, part: str) -> list[VerdictExample]:
    """Reads the yes-no questions of BLURB (Gu et al. 2020). All snippets of a question are one context."""
    rows = (root / "qa" / "BioASQ_blurb_yesno" / f"{part}.tsv").read_text(encoding="utf-8")
    fields = [line.split("\t") for line in rows.splitlines() if line.strip()]
    return [VerdictExample(f[1], f[2], VERDICTS.index(f[-1]), False) for f in fields]


@dataclass(frozen=True)
class Abstract:
    """A question of PubMedQA (Jin et al. 2019). ``context``: its abstract without the conclusion."""

    number: str
    question: str
    context: str
    conclusion: str
    verdict: int


def read_pubmedqa(root: Path) -> tuple[list[Abstract], list[Abstract]]:
    """Reads PQA-L. Returns the 500 questions for training and dev, and the official 500 test questions."""
    folder = root / "qa" / "PubMedQA_PQA-L"
    items = json.loads((folder / "ori_pqal.json").read_text(encoding="utf-8"))
    test = json.loads((folder / "test_ground_truth.json").read_text(encoding="utf-8"))
    abstracts = {
        number: Abstract(
            number,
            item["QUESTION"],
            " ".join(item["CONTEXTS"]),
            item["LONG_ANSWER"],
            VERDICTS.index(item["final_decision"]),
        )
        for number, item in items.items()
    }
    rest = [a for number, a in abstracts.items() if number not in test]
    return rest, [abstracts[number] for number in test]


def pubmedqa_dev(items: Sequence[Abstract]) -> list[Abstract]:
    """Returns the tenth of the questions that is the dev set: those with the lowest hashes."""
    ranked = sorted(items, key=lambda a: hashlib.sha256(a.number.encode()).digest())
    return ranked[: len(items) // 10]


def verdict_example(item: Abstract, conclusion: bool = False) -> VerdictExample:
    """Returns a question of PubMedQA with its abstract or, with ``conclusion``, with the conclusion of the authors."""
    return VerdictExample(item.question, item.conclusion if conclusion else item.context, item.verdict, True)
