"""The training examples of the stance model and its dev sets. Texts of test sets are excluded."""

import logging
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...common.dedup import TestText, sentences_of
from ...common.sources import raw_documents
from ...questions.data.bioasq import is_dev, pubmedqa_dev, read_pubmedqa, training_questions
from ...questions.data.examples import MAYBE, NO, YES
from ...questions.data.mixture import tested_text
from . import attributes
from .attributes import Names
from .evidence import asked, read_healthver, read_trials
from .findings import Statement, statements
from .maker import StanceMaker
from .passages import Passage, judged_examples, names_by_kind, read_passages
from .sizes import EpochSizes
from .stance import StanceExample

log = logging.getLogger(__name__)

#: Sources of abstracts and papers whose statements become questions. Papers are read by paragraph.
SOURCES = (
    "asreview_sysrev_abstracts", "screening_abstracts_new", "ohsumed_single23", "abstracts_from_train_corpora",
    "rct_fulltext_open", "elife_fulltext",
)  # fmt: skip
#: Number of texts whose statements are dev data.
DEV_TEXTS = 400
#: A BioASQ snippet outside of these bounds, in words, is not read: it is a title, or several sentences.
SNIPPET_WORDS = (8, 60)

#: The sentences of a text, and its statements with the numbers of their sentences.
StatedText = tuple[list[str], list[tuple[int, Statement]]]


@dataclass
class StanceMixture:
    """The sources of examples, and the dev sets by name."""

    texts: list[StatedText] = field(default_factory=list)
    trials: list[StanceExample] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names((), ()))
    #: Judged by people, read in each epoch.
    judged: list[StanceExample] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    dev: dict[str, list[StanceExample]] = field(default_factory=dict)


def stance_mixture(root: Path, leave_out: Sequence[str] = ("7b",)) -> StanceMixture:
    """Reads all sources. ``leave_out``: BioASQ years that the run must not see."""
    rng = random.Random(1)
    test = tested_text(root)
    texts = [text for name in SOURCES for text in stated_texts(root / "pretrain" / name, test)]
    rng.shuffle(texts)
    mixture = StanceMixture(texts[DEV_TEXTS:], list(read_trials(root, "train")), attributes.read_names(root))

    def usable(examples: Iterable[StanceExample]) -> list[StanceExample]:
        return [e for e in examples if not test.holds(e.sentence)]

    rest, _ = read_pubmedqa(root)
    held_out = {a.number for a in pubmedqa_dev(rest)}
    conclusions = [(a.number, StanceExample(a.question, a.conclusion, "", a.verdict)) for a in rest]
    health = [asked(e, rng) for e in usable(read_healthver(root, "dev"))]
    snippets = usable(_snippets(root, leave_out))
    # Most answers of BioASQ are yes, so those with no are repeated.
    denied = [e for e in snippets if e.stance == NO]
    mixture.judged = [
        *health,
        *(2 * usable(e for number, e in conclusions if number not in held_out)),
        *(2 * denied),
        *(e for e in snippets if e.stance == YES),
    ]
    passages = read_passages(root)
    mixture.passages = [p for p in passages if not p.is_dev]
    maker = StanceMaker(texts[:DEV_TEXTS], random.Random(5))
    mixture.dev = {
        "found": sample(list(maker.found()), 600, rng),
        "made": list(maker.made(800))[:800],
        "attributes": list(attributes.written(mixture.names, random.Random(6), 300))[:600],
        "healthver": sample([asked(e, rng) for e in read_healthver(root, "test")], 700, rng),
        "trials": sample(list(read_trials(root, "validation")), 700, rng),
        "passages": list(judged_examples((p for p in passages if p.is_dev), random.Random(7), 2.0)),
        "conclusions": [e for number, e in conclusions if number in held_out],
    }
    log.info(
        "%d texts with statements, %d results of trials, %d judged, %d passages",
        len(mixture.texts),
        len(mixture.trials),
        len(mixture.judged),
        len(mixture.passages),
    )
    return mixture


def epoch(mixture: StanceMixture, rng: random.Random, sizes: EpochSizes) -> list[StanceExample]:
    """Draws the examples of an epoch. ``sizes``: their numbers by source."""
    maker = StanceMaker(mixture.texts, rng)
    names = names_by_kind(mixture.passages)
    return [
        *sample(balanced(list(maker.found()), rng), sizes.found, rng),
        # Balancing drops about a third of the examples, and each sentence gives one or two.
        *sample(balanced(list(maker.made(round(0.9 * sizes.made))), rng), sizes.made, rng),
        *list(attributes.written(mixture.names, rng, sizes.attributes // 2))[: sizes.attributes],
        *sample(mixture.trials, sizes.trials, rng),
        *mixture.judged,
        *(
            example
            for _ in range(sizes.passages)
            for example in judged_examples(mixture.passages, rng, sizes.silent, names)
        ),
    ]


def stated_texts(folder: Path, test: TestText) -> Iterable[StatedText]:
    """Yields the texts of a source that contain statements, without those that test sets contain."""
    for document in raw_documents(folder):
        for part in document if folder.name.endswith("fulltext") else [" ".join(document)]:
            sentences = sentences_of(" ".join(part.split()))
            found = [(i, s) for i, s in statements(sentences) if not test.holds(sentences[i])]
            if found:
                yield sentences, found


def _snippets(root: Path, leave_out: Sequence[str]) -> Iterable[StanceExample]:
    questions, _ = training_questions(root, leave_out)
    least, most = SNIPPET_WORDS
    for q in questions:
        if q.verdict is not None and not is_dev(q.text):
            for _, text in q.snippets:
                if least <= len(text.split()) <= most:
                    yield StanceExample(q.text, text, "", q.verdict)


def balanced(examples: Sequence[StanceExample], rng: random.Random) -> list[StanceExample]:
    """Returns a sample in which yes and no are at most 1.3 times as frequent as the rarest stance, and silence, which
    most sentences of a paper keep, at most twice."""
    by_stance: dict[int, list[StanceExample]] = defaultdict(list)
    for each in examples:
        by_stance[each.stance].append(each)
    fewest = min(map(len, by_stance.values()))
    most = {YES: 1.3, NO: 1.3, MAYBE: 2.0}
    return [
        e for stance, group in by_stance.items() for e in sample(group, round(most[stance] * fewest), rng)
    ]


def sample(examples: Sequence[StanceExample], count: int, rng: random.Random) -> list[StanceExample]:
    """Returns ``count`` of the examples, or all if there are fewer."""
    return rng.sample(examples, min(count, len(examples)))
