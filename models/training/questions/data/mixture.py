"""The training examples of each stage and their shares; texts of test sets are kept out."""

import json
import logging
import lzma
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...common.dedup import TestText, read_test_text, sentences_of
from ...common.sources import raw_documents
from . import bioasq, general
from .annotated import annotated_questions
from .bioasq import Question, is_dev, normalised
from .examples import MAYBE, NO, Pair, SpanExample, VerdictExample
from .titles import title_verdicts

log = logging.getLogger(__name__)
#: Their files are called test, but no published figure is measured on them.
NOT_TESTED = ("qa/QAMR", "qa/PolicyQA", "qa/Pira")
#: Share of each general set that the general stage reads once.
GENERAL_SHARES = {"new_wiki": 1.0, "amazon_reviews": 0.5, "reddit": 0.5, "qamr": 0.8, "policy": 0.05}
#: Share of the questions made from annotated abstracts that each stage reads.
ANNOTATED_SHARES = {"general": 0.8, "biomedical": 0.25}
#: Yes-no questions with the context of another one, for each with its own: they learn maybe.
FOREIGN_VERDICTS = 0.15
#: Pairs of each other kind beside the snippets of BioASQ.
OTHER_PAIRS = 3000
#: Opening words of a text in a contrastive pair.
PAIR_WORDS = 70


@dataclass
class Mixture:
    """Training examples of a stage and the held-out ones. ``copies`` of spans are read an epoch."""

    spans: list[SpanExample] = field(default_factory=list)
    verdicts: list[VerdictExample] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    dev_questions: list[Question] = field(default_factory=list)
    dev_verdicts: list[VerdictExample] = field(default_factory=list)


def tested_text(root: Path, trained_years: Sequence[str] = ()) -> TestText:
    """Text of every test set, but for BioASQ years that a run trains on."""
    files = [f"qa/BioASQ/BioASQ-test-factoid-{year}" for year in trained_years]
    if "7b" in trained_years:
        files.append("qa/BioASQ_blurb_yesno/test")  # the yes-no questions of that year
    found = read_test_text(root, skip=(*NOT_TESTED, *files))
    # The test file of PubMedQA holds numbers alone.
    _, official = bioasq.read_pubmedqa(root)
    found.add(sentence for a in official for sentence in sentences_of(f"{a.context} {a.conclusion}"))
    return found


def general_mixture(root: Path, seed: int, unanswerable: float) -> Mixture:
    """The general step: a sample of SQuADShifts, QAMR and PolicyQA, and pairs for the embedding."""
    rng = random.Random(seed)
    test = tested_text(root)
    quoted = _contexts_of_xquad(root)
    mixture = Mixture()
    for name, share in GENERAL_SHARES.items():
        read = {"qamr": general.read_qamr, "policy": general.read_policy}.get(
            name, lambda folder, domain=name: general.read_shifts(folder, domain)
        )
        kept, sample = _sampled(
            name, read(root), share, rng, lambda context: normalised(context) in quoted or test.holds(context)
        )
        mixture.spans += sample + unanswerable_pairs(sample, kept, unanswerable, rng)
        if name == "new_wiki":
            mixture.pairs += [
                Pair(e.question, opening(e.context, PAIR_WORDS), e.context[:80]) for e in sample
            ]
    _, made = _sampled(
        "annotated abstracts", annotated_questions(root, rng), ANNOTATED_SHARES["general"], rng, test.holds
    )
    mixture.spans += made + unanswerable_pairs(made, made, unanswerable, rng)
    mixture.pairs += title_pairs(titled_abstracts(root), test) + medquad_pairs(root, test)
    return mixture


def biomedical_mixture(root: Path, leave_out: Sequence[str], seed: int, unanswerable: float) -> Mixture:
    """The BioASQ step: golden questions of the years not left out, BLURB, PubMedQA, and pairs."""
    rng = random.Random(seed)
    questions, dropped = bioasq.training_questions(root, leave_out)
    log.info("BioASQ without %s: %d questions; dropped %s", ", ".join(leave_out), len(questions), dropped)
    test = tested_text(root, [y for y in bioasq.YEARS if y not in leave_out])
    questions = [_without(q, test) for q in questions]
    mixture = Mixture(dev_questions=[q for q in questions if is_dev(q.text)])
    kept = [q for q in questions if not is_dev(q.text)]
    for abstracts in (False, True):
        examples = bioasq.span_examples(kept, abstracts)
        answered = [e for e in examples if e.answers]
        silent = [e for e in examples if not e.answers]
        share = min(len(silent), round(unanswerable * len(answered)))
        mixture.spans += answered + rng.sample(silent, share)
        mixture.spans += unanswerable_pairs(answered, examples, unanswerable, rng)
    _, made = _sampled(
        "annotated abstracts", annotated_questions(root, rng), ANNOTATED_SHARES["biomedical"], rng, test.holds
    )
    mixture.spans += made + unanswerable_pairs(made, made, unanswerable, rng)
    mixture.pairs = [Pair(q.text, opening(s, PAIR_WORDS), q.id) for q in kept for _, s in q.snippets]
    titled = list(titled_abstracts(root))
    for other in (medquad_pairs(root, test), title_pairs(titled, test)):
        mixture.pairs += rng.sample(other, min(OTHER_PAIRS, len(other)))
    _verdicts(root, mixture, kept, titled, leave_out, test)
    log.info(
        "%d spans, %d verdicts, %d pairs; dev %d questions, %d verdicts",
        len(mixture.spans),
        len(mixture.verdicts),
        len(mixture.pairs),
        len(mixture.dev_questions),
        len(mixture.dev_verdicts),
    )
    return mixture


def _sampled(
    name: str,
    examples: Sequence[SpanExample],
    share: float,
    rng: random.Random,
    is_tested: Callable[[str], bool],
) -> tuple[list[SpanExample], list[SpanExample]]:
    """Drops examples whose context a test set holds, and returns ``share`` of the others."""
    tested = {context: is_tested(context) for context in dict.fromkeys(e.context for e in examples)}
    kept = [e for e in examples if not tested[e.context]]
    sample = rng.sample(kept, round(share * len(kept)))
    log.info(
        "%s: %d questions, %d dropped as test text, %d read",
        name,
        len(examples),
        len(examples) - len(kept),
        len(sample),
    )
    return kept, sample


def _without(question: Question, test: TestText) -> Question:
    """The question less the snippets and abstracts that a test set of another task holds."""
    return Question(
        question.year,
        question.id,
        question.kind,
        question.text,
        question.answers,
        question.verdict,
        tuple((n, s) for n, s in question.snippets if not test.holds(s)),
        tuple(a for a in question.abstracts if not test.holds(a)),
    )


def _verdicts(
    root: Path,
    mixture: Mixture,
    kept: Sequence[Question],
    titled: Sequence[tuple[str, str]],
    leave_out: Sequence[str],
    test: TestText,
) -> None:
    asked = {normalised(q.text) for year in leave_out for q in bioasq.read_year(root, year)}
    asked |= {normalised(e.question) for e in bioasq.read_blurb(root, "test")}
    counts = {"repeated": 0, "test text": 0}

    def add(examples: Sequence[VerdictExample], dev: bool = False) -> None:
        for e in examples:
            if normalised(e.question) in asked:
                counts["repeated"] += 1
            elif test.holds(e.context):
                counts["test text"] += 1
            else:
                held = dev or is_dev(e.question)
                (mixture.dev_verdicts if held else mixture.verdicts).append(e)

    add(
        [
            VerdictExample(q.text, " ".join(s for _, s in q.snippets), q.verdict, False)
            for q in kept
            if q.verdict is not None
        ]
    )
    asked |= {normalised(q.text) for q in kept}
    add([*bioasq.read_blurb(root, "train"), *bioasq.read_blurb(root, "dev")])
    # A fifth as many no as yes in BioASQ: each no is read twice.
    mixture.verdicts += [e for e in mixture.verdicts if e.verdict == NO]
    made = title_verdicts(titled, random.Random(1))
    known = [e for e in made if normalised(e.question) not in asked and not test.holds(e.context)]
    log.info("%d yes-no questions made from titles, %d dropped", len(known), len(made) - len(known))
    mixture.verdicts += known
    rest, _ = bioasq.read_pubmedqa(root)
    dev = {a.number for a in bioasq.pubmedqa_dev(rest)}
    add([bioasq.verdict_example(a) for a in rest if a.number in dev], dev=True)
    before = len(mixture.dev_verdicts)
    add(
        [
            bioasq.verdict_example(a, conclusion)
            for a in rest
            if a.number not in dev
            for conclusion in (False, True)
        ]
    )
    mixture.verdicts += foreign_verdicts(mixture.verdicts, FOREIGN_VERDICTS, random.Random(1))
    # Only the official form of a PubMedQA question chooses: what is_dev held goes back to training.
    mixture.verdicts += mixture.dev_verdicts[before:]
    del mixture.dev_verdicts[before:]
    log.info("yes-no questions dropped: %s", counts)


def unanswerable_pairs(
    examples: Sequence[SpanExample], pool: Sequence[SpanExample], share: float, rng: random.Random
) -> list[SpanExample]:
    """Questions with a context of another question, half of them of the same group where it has several."""
    groups: dict[str, list[SpanExample]] = {}
    for e in pool:
        groups.setdefault(e.group, []).append(e)
    found = []
    for e in rng.sample(list(examples), round(share * len(examples))):
        near = groups[e.group] if e.group in groups and len(groups) > 1 else []
        other = rng.choice(near if near and rng.random() < 0.5 else list(pool))
        if other.context != e.context and not any(
            e.context[a:b].lower() in other.context.lower() for a, b in e.answers
        ):
            found.append(SpanExample(e.question, other.context, (), e.group))
    return found


def foreign_verdicts(
    examples: Sequence[VerdictExample], share: float, rng: random.Random
) -> list[VerdictExample]:
    """Questions with a context of another question, which decides nothing: maybe."""
    found = []
    for e in rng.sample(list(examples), round(share * len(examples))):
        other = rng.choice(list(examples))
        if normalised(other.question) != normalised(e.question):
            found.append(VerdictExample(e.question, other.context, MAYBE, True))
    return found


def titled_abstracts(root: Path) -> Iterator[tuple[str, str]]:
    """Titles of the systematic reviews' records with their abstracts."""
    for lines in raw_documents(root / "pretrain" / "asreview_sysrev_abstracts"):
        if len(lines) > 1:
            yield lines[0].strip(), " ".join(lines[1:])


def title_pairs(titled: Iterable[tuple[str, str]], test: TestText) -> list[Pair]:
    """Titles with the openings of their abstracts."""
    found = []
    for title, abstract in titled:
        body = opening(abstract, PAIR_WORDS)
        if len(title) > 30 and len(body) > 200 and not test.holds(body):
            found.append(Pair(title, body, title))
    return found


def medquad_pairs(root: Path, test: TestText) -> list[Pair]:
    """Consumers' questions with the openings of their answers (Ben Abacha and Demner-Fushman 2019)."""
    path = root / "qa" / "MedQuAD" / "medquad_with_answers.jsonl.xz"
    found = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            answer = opening(item["answer"], PAIR_WORDS)
            if len(answer) > 60 and not test.holds(answer):
                found.append(Pair(item["question"], answer, item["question"]))
    return found


def opening(text: str, words: int) -> str:
    """The first words of a text."""
    return " ".join(text.split()[:words])


def _contexts_of_xquad(root: Path) -> set[str]:
    path = root / "qa" / "XQuAD_en" / "xquad.en.json"
    return {normalised(e.context) for e in general.read_squad(path)}
