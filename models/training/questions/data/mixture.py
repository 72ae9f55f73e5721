"""The training examples of each stage and their shares. Texts of test sets are excluded."""

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
from .asked import asked_pairs, asked_spans, read_asked, training_part
from .bioasq import Question, is_dev, normalised
from .examples import MAYBE, NO, Pair, SpanExample, VerdictExample
from .titles import title_verdicts

log = logging.getLogger(__name__)
#: The test files of these sets may be trained on: no published figure of this repository is measured on them.
NOT_TESTED = ("qa/QAMR", "qa/PolicyQA", "qa/Pira")
#: Share of the questions of each general set that the general stage reads.
GENERAL_SHARES = {"new_wiki": 1.0, "amazon_reviews": 0.5, "reddit": 0.5, "qamr": 0.8, "policy": 0.05}
#: Share of the questions made from annotated abstracts that each stage reads.
ANNOTATED_SHARES = {"general": 0.8, "biomedical": 0.25}
#: Number of yes-no questions with the context of another question, for each question with its own context. Their
#: verdict is maybe.
FOREIGN_VERDICTS = 0.15
#: Largest number of pairs of each kind that is added to the pairs from snippets of BioASQ.
OTHER_PAIRS = 3000
#: Number of the first words of a text that a contrastive pair contains.
PAIR_WORDS = 70


@dataclass
class Mixture:
    """The training examples of a stage, and its dev data."""

    spans: list[SpanExample] = field(default_factory=list)
    verdicts: list[VerdictExample] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    dev_questions: list[Question] = field(default_factory=list)
    dev_verdicts: list[VerdictExample] = field(default_factory=list)


def tested_text(root: Path, trained_years: Sequence[str] = ()) -> TestText:
    """Reads the text of every test set, without the BioASQ years that a run trains on."""
    files = [f"qa/BioASQ/BioASQ-test-factoid-{year}" for year in trained_years]
    if "7b" in trained_years:
        files.append("qa/BioASQ_blurb_yesno/test")  # the yes-no questions of that year
    test = read_test_text(root, skip=(*NOT_TESTED, *files))
    # The test file of PubMedQA contains only numbers, so the texts are added from the main file.
    _, official = bioasq.read_pubmedqa(root)
    test.add(sentence for a in official for sentence in sentences_of(f"{a.context} {a.conclusion}"))
    return test


def general_mixture(root: Path, seed: int, unanswerable: float) -> Mixture:
    """Returns the examples of the general stage: samples of SQuADShifts, QAMR, PolicyQA and questions made from
    annotated abstracts, and pairs for the embedding. ``unanswerable``: see ``QuestionOptions``."""
    rng = random.Random(seed)
    test = tested_text(root)
    xquad_contexts = _contexts_of_xquad(root)
    mixture = Mixture()
    for name, share in GENERAL_SHARES.items():
        read = {"qamr": general.read_qamr, "policy": general.read_policy}.get(
            name, lambda folder, domain=name: general.read_shifts(folder, domain)
        )
        kept, sample = _sampled(
            name,
            read(root),
            share,
            rng,
            lambda context: normalised(context) in xquad_contexts or test.holds(context),
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
    """Returns the examples of the biomedical stage: golden questions of the years that are not left out, BLURB,
    PubMedQA, our questions on abstracts, questions made from annotated abstracts and from titles, and pairs.
    ``unanswerable``: see ``QuestionOptions``."""
    rng = random.Random(seed)
    questions, dropped = bioasq.training_questions(root, leave_out)
    log.info("BioASQ without %s: %d questions; dropped %s", ", ".join(leave_out), len(questions), dropped)
    test = tested_text(root, [y for y in bioasq.YEARS if y not in leave_out])
    questions = [_without_test_text(q, test) for q in questions]
    mixture = Mixture(dev_questions=[q for q in questions if is_dev(q.text)])
    kept = [q for q in questions if not is_dev(q.text)]
    for abstracts in (False, True):
        examples = bioasq.span_examples(kept, abstracts)
        answered = [e for e in examples if e.answers]
        unanswered = [e for e in examples if not e.answers]
        count = min(len(unanswered), round(unanswerable * len(answered)))
        mixture.spans += answered + rng.sample(unanswered, count)
        mixture.spans += unanswerable_pairs(answered, examples, unanswerable, rng)
    _, made = _sampled(
        "annotated abstracts", annotated_questions(root, rng), ANNOTATED_SHARES["biomedical"], rng, test.holds
    )
    mixture.spans += made + unanswerable_pairs(made, made, unanswerable, rng)
    asked = [q for q in training_part(read_asked(root)) if not test.holds(q.abstract)]
    mixture.spans += asked_spans(asked)
    mixture.pairs = [Pair(q.text, opening(s, PAIR_WORDS), q.id) for q in kept for _, s in q.snippets]
    mixture.pairs += asked_pairs(asked, PAIR_WORDS)
    titled = list(titled_abstracts(root))
    for other in (medquad_pairs(root, test), title_pairs(titled, test)):
        mixture.pairs += rng.sample(other, min(OTHER_PAIRS, len(other)))
    _add_verdicts(root, mixture, kept, titled, leave_out, test)
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
    """Drops examples whose context is in a test set. Returns the others, and a sample of ``share`` of them."""
    tested = {context: is_tested(context) for context in dict.fromkeys(e.context for e in examples)}
    kept = [e for e in examples if not tested[e.context]]
    sample = rng.sample(kept, round(share * len(kept)))
    log.info(
        "%s: %d questions, %d dropped because a test set contains the context, %d used",
        name,
        len(examples),
        len(examples) - len(kept),
        len(sample),
    )
    return kept, sample


def _without_test_text(question: Question, test: TestText) -> Question:
    """Returns the question without the snippets and abstracts that are in a test set of any task."""
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


def _add_verdicts(
    root: Path,
    mixture: Mixture,
    kept: Sequence[Question],
    titled: Sequence[tuple[str, str]],
    leave_out: Sequence[str],
    test: TestText,
) -> None:
    excluded = {normalised(q.text) for year in leave_out for q in bioasq.read_year(root, year)}
    excluded |= {normalised(e.question) for e in bioasq.read_blurb(root, "test")}
    counts = {"repeated": 0, "test text": 0}

    def add(examples: Sequence[VerdictExample], dev: bool = False) -> None:
        for e in examples:
            if normalised(e.question) in excluded:
                counts["repeated"] += 1
            elif test.holds(e.context):
                counts["test text"] += 1
            else:
                is_held_out = dev or is_dev(e.question)
                (mixture.dev_verdicts if is_held_out else mixture.verdicts).append(e)

    add(
        [
            VerdictExample(q.text, " ".join(s for _, s in q.snippets), q.verdict, False)
            for q in kept
            if q.verdict is not None
        ]
    )
    excluded |= {normalised(q.text) for q in kept}
    add([*bioasq.read_blurb(root, "train"), *bioasq.read_blurb(root, "dev")])
    # BioASQ has only a fifth as many no as yes, so each no is used twice.
    mixture.verdicts += [e for e in mixture.verdicts if e.verdict == NO]
    made = title_verdicts(titled, random.Random(1))
    allowed = [e for e in made if normalised(e.question) not in excluded and not test.holds(e.context)]
    log.info("%d yes-no questions made from titles, %d dropped", len(allowed), len(made) - len(allowed))
    mixture.verdicts += allowed
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
    # The dev set of PubMedQA contains only the questions of pubmedqa_dev. The questions that is_dev held out go back to
    # the training set.
    mixture.verdicts += mixture.dev_verdicts[before:]
    del mixture.dev_verdicts[before:]
    log.info("yes-no questions dropped: %s", counts)


def unanswerable_pairs(
    examples: Sequence[SpanExample], pool: Sequence[SpanExample], share: float, rng: random.Random
) -> list[SpanExample]:
    """Combines questions with contexts of other questions that do not contain an answer.

    ``share``: number of new examples for each example. Half of the contexts are of the same group, so that they are
    harder to reject, provided that ``pool`` has several groups.
    """
    groups: dict[str, list[SpanExample]] = {}
    for e in pool:
        groups.setdefault(e.group, []).append(e)
    unanswerable = []
    for e in rng.sample(list(examples), round(share * len(examples))):
        near = groups[e.group] if e.group in groups and len(groups) > 1 else []
        other = rng.choice(near if near and rng.random() < 0.5 else list(pool))
        if other.context != e.context and not any(
            e.context[a:b].lower() in other.context.lower() for a, b in e.answers
        ):
            unanswerable.append(SpanExample(e.question, other.context, (), e.group))
    return unanswerable


def foreign_verdicts(
    examples: Sequence[VerdictExample], share: float, rng: random.Random
) -> list[VerdictExample]:
    """Combines questions with contexts of other questions. The verdict is maybe, because the context is unrelated.

    ``share``: number of new examples for each example.
    """
    unrelated = []
    for e in rng.sample(list(examples), round(share * len(examples))):
        other = rng.choice(list(examples))
        if normalised(other.question) != normalised(e.question):
            unrelated.append(VerdictExample(e.question, other.context, MAYBE, True))
    return unrelated


def titled_abstracts(root: Path) -> Iterator[tuple[str, str]]:
    """Yields (title, abstract) of the records of systematic reviews."""
    for lines in raw_documents(root / "pretrain" / "asreview_sysrev_abstracts"):
        if len(lines) > 1:
            yield lines[0].strip(), " ".join(lines[1:])


def title_pairs(titled: Iterable[tuple[str, str]], test: TestText) -> list[Pair]:
    """Returns pairs of a title and the beginning of its abstract."""
    pairs = []
    for title, abstract in titled:
        body = opening(abstract, PAIR_WORDS)
        if len(title) > 30 and len(body) > 200 and not test.holds(body):
            pairs.append(Pair(title, body, title))
    return pairs


def medquad_pairs(root: Path, test: TestText) -> list[Pair]:
    """Returns pairs of a consumer's question and the beginning of its answer (Ben Abacha and Demner-Fushman 2019)."""
    path = root / "qa" / "MedQuAD" / "medquad_with_answers.jsonl.xz"
    pairs = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            answer = opening(item["answer"], PAIR_WORDS)
            if len(answer) > 60 and not test.holds(answer):
                pairs.append(Pair(item["question"], answer, item["question"]))
    return pairs


def opening(text: str, words: int) -> str:
    """Returns the first ``words`` words of a text."""
    return " ".join(text.split()[:words])


def _contexts_of_xquad(root: Path) -> set[str]:
    path = root / "qa" / "XQuAD_en" / "xquad.en.json"
    return {normalised(e.context) for e in general.read_squad(path)}
