"""Readers of the biomedical sets: BioASQ (golden and in the paper's form), BLURB yes-no, PubMedQA."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .examples import VERDICTS, SpanExample, VerdictExample, occurrences

YEARS = ("4b", "5b", "7b")
#: One question in so many is held out of training, by its hash, for calibration and choices.
DEV_EVERY = 8


@dataclass(frozen=True)
class Question:
    """A golden question. ``answers``: for factoid and list, each answer with its synonyms.

    ``snippets``: (PubMed number, text) as the experts marked them. ``abstracts``: titles with
    abstracts, the contexts of the paper's evaluation; factoid questions only.
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
        """Every accepted form of every answer."""
        return [name for forms in self.answers for name in forms]


def read_year(root: Path, year: str) -> list[Question]:
    """Golden questions of one year, with the abstracts of its factoid test file."""
    folder = root / "qa" / "BioASQ"
    abstracts = _abstracts(folder / f"BioASQ-test-factoid-{year}.json")
    golden = json.loads((folder / f"{year.upper()}_golden.json").read_text(encoding="utf-8"))
    return [_question(year, item, abstracts) for item in golden["questions"]]


def _abstracts(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            name = paragraph["qas"][0]["id"].rsplit("_", 1)[0]
            if paragraph["context"] not in found.setdefault(name, []):
                found[name].append(paragraph["context"])
    return found


def _question(year: str, item: dict, abstracts: dict[str, list[str]]) -> Question:
    kind, exact = item["type"], item.get("exact_answer")
    answers: list[tuple[str, ...]] = []
    verdict = None
    if kind == "yesno":
        verdict = VERDICTS.index(str(exact).strip().lower().rstrip("."))
    elif kind in ("factoid", "list") and exact:
        # A factoid's forms may stand in one list or in several: all name the same thing.
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
    """Letters and digits of ``text``, lower-cased, words kept apart."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def is_dev(question: str) -> bool:
    """Whether a training question is held out for calibration, whatever its set."""
    digest = hashlib.sha256(normalised(question).encode()).digest()
    return int.from_bytes(digest[:4], "big") % DEV_EVERY == 0


def training_questions(root: Path, leave_out: Sequence[str]) -> tuple[list[Question], dict[str, int]]:
    """Questions of the years not left out, without what the left-out years hold; counts what went.

    A question goes that is asked in a left-out year, or twice; a snippet or abstract that a left-out
    year holds too goes by PubMed number or text.
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
    """Factoid and list questions on each snippet, or on each abstract; answers by their text."""
    found = []
    for q in questions:
        if q.kind not in ("factoid", "list"):
            continue
        contexts = q.abstracts if abstracts else tuple(s for _, s in q.snippets)
        for context in dict.fromkeys(contexts):
            found.append(SpanExample(q.text, context, occurrences(context, q.names()), q.id))
    return found


def answered_by(question: Question, context: str) -> bool:
    """Whether a context names an answer."""
    return bool(occurrences(context, question.names()))


def read_blurb(root: Path, part: str) -> list[VerdictExample]:
    """BLURB's BioASQ yes-no questions (Gu et al. 2020), snippets of a question in one context."""
    rows = (root / "qa" / "BioASQ_blurb_yesno" / f"{part}.tsv").read_text(encoding="utf-8")
    fields = [line.split("\t") for line in rows.splitlines() if line.strip()]
    return [VerdictExample(f[1], f[2], VERDICTS.index(f[-1]), False) for f in fields]


@dataclass(frozen=True)
class Abstract:
    """A question of PubMedQA (Jin et al. 2019): its abstract without, and with only, the conclusion."""

    number: str
    question: str
    context: str
    conclusion: str
    verdict: int


def read_pubmedqa(root: Path) -> tuple[list[Abstract], list[Abstract]]:
    """PQA-L: the 500 to train and choose with, and the official 500 of the test."""
    folder = root / "qa" / "PubMedQA_PQA-L"
    items = json.loads((folder / "ori_pqal.json").read_text(encoding="utf-8"))
    test = json.loads((folder / "test_ground_truth.json").read_text(encoding="utf-8"))
    found = {
        number: Abstract(
            number,
            item["QUESTION"],
            " ".join(item["CONTEXTS"]),
            item["LONG_ANSWER"],
            VERDICTS.index(item["final_decision"]),
        )
        for number, item in items.items()
    }
    rest = [a for number, a in found.items() if number not in test]
    return rest, [found[number] for number in test]


def pubmedqa_dev(items: Sequence[Abstract]) -> list[Abstract]:
    """The tenth of the 500 that chooses (450 train, 50 dev): the lowest hashes."""
    ranked = sorted(items, key=lambda a: hashlib.sha256(a.number.encode()).digest())
    return ranked[: len(items) // 10]


def verdict_example(item: Abstract, conclusion: bool = False) -> VerdictExample:
    """A question of PubMedQA with its abstract, or with the authors' conclusion instead."""
    return VerdictExample(item.question, item.conclusion if conclusion else item.context, item.verdict, True)
