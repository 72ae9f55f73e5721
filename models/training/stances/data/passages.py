"""Reads the passages whose sentences we judged by hand: short passages of our own, and abstracts.

``judged/own.jsonl`` has passages with their sentences. ``judged/abstracts.jsonl`` has only questions and the hash of an
abstract of the pre-training sources, whose sentences are found there. In both, a question lists the sentences that say
yes, those that say no, and those on which people could disagree; all others are silent.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ...common.dedup import sentences_of
from ...common.keyed_texts import annotated_texts, json_lines
from ...questions.data.examples import MAYBE, NO, YES
from .stance import StanceExample
from .wording import raised

JUDGED = Path(__file__).parent / "judged"
#: One of this many passages, chosen by its hash, is dev data.
DEV_EVERY = 12
#: Share of the examples with the text before the sentence. The product always gives it, but a sentence must also be
#: understood without.
WITH_CONTEXT = 0.75
#: Share of the passages whose names are replaced.
RENAMED = 0.5


class JudgedQuestion(NamedTuple):
    """A yes-no question. ``yes``, ``no`` and ``unsure`` are numbers of sentences."""

    text: str
    yes: frozenset[int]
    no: frozenset[int]
    unsure: frozenset[int]


class Passage(NamedTuple):
    """The sentences of a text and questions on them. ``names``: names that any other name of their kind can replace."""

    sentences: tuple[str, ...]
    questions: tuple[JudgedQuestion, ...]
    names: Mapping[str, str]

    @property
    def is_dev(self) -> bool:
        """Whether the passage is held out."""
        return crc32(self.sentences[0].encode()) % DEV_EVERY == 0


def read_passages(root: Path, folder: Path = JUDGED) -> list[Passage]:
    """Reads both files. ``root``: the folder of the corpora. An abstract that is not there is left out with a warning."""
    passages = [passage_of(line, line["sentences"]) for line in json_lines(folder / "own.jsonl")]
    abstracts = annotated_texts(root, folder / "abstracts.jsonl")
    return passages + [passage_of(line, sentences_of(text)) for line, text in abstracts]


def passage_of(line: Mapping, sentences: Sequence[str]) -> Passage:
    """Returns the passage of a line.

    Raises ``ValueError`` if a question names a sentence that the text lacks.
    """
    questions = []
    for each in line["questions"]:
        yes, no, unsure = (frozenset(each.get(key, ())) for key in ("yes", "no", "unsure"))
        if any(not 0 <= i < len(sentences) for i in yes | no | unsure):
            raise ValueError(f"the text of {each['q']!r} has only {len(sentences)} sentences")
        questions.append(JudgedQuestion(each["q"], yes, no, unsure))
    return Passage(tuple(sentences), tuple(questions), line.get("names", {}))


def judged_examples(
    passages: Iterable[Passage],
    rng: random.Random,
    silent: float,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[StanceExample]:
    """Yields an example for each question and sentence that takes a side, and ``silent`` times as many, drawn at random,
    for sentences that do not.

    ``names``: names by kind, which replace those of some passages. Default: all names stay.
    """
    for passage in passages:
        given = renamed(passage, names, rng) if names and rng.random() < RENAMED else passage
        sides, rest = _split(given)
        for example in (*sides, *rng.sample(rest, min(len(rest), round(silent * len(sides))))):
            yield example if rng.random() < WITH_CONTEXT else example._replace(context="")


def _split(passage: Passage) -> tuple[list[StanceExample], list[StanceExample]]:
    """The examples on sentences that take a side, and those on silent sentences."""
    sides: list[StanceExample] = []
    rest: list[StanceExample] = []
    for question in passage.questions:
        for i, text in enumerate(passage.sentences):
            stance = YES if i in question.yes else NO if i in question.no else MAYBE
            if i not in question.unsure:
                context = passage.sentences[i - 1] if i else ""
                (rest if stance == MAYBE else sides).append(
                    StanceExample(question.text, text, context, stance)
                )
    return sides, rest


def names_by_kind(passages: Iterable[Passage]) -> dict[str, list[str]]:
    """The replaceable names of all passages, by kind."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for name, kind in passage.names.items():
            kinds[kind].add(name)
    return {kind: sorted(names) for kind, names in kinds.items()}


def renamed(passage: Passage, names: Mapping[str, Sequence[str]], rng: random.Random) -> Passage:
    """Replaces names of a passage by others of their kind, in sentences and questions alike."""
    used = set(passage.names)
    new: dict[str, str] = {}
    for name, kind in passage.names.items():
        others = [each for each in names.get(kind, ()) if each not in used]
        if others:
            new[name.lower()] = rng.choice(others)
            used.add(new[name.lower()])
    if not new:
        return passage
    # The longest name first, so that a name within another one stays whole.
    longest_first = sorted(new, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)

    def replaced(text: str) -> str:
        changed = pattern.sub(lambda match: new[match[0].lower()], text)
        return raised(changed)

    return passage._replace(
        sentences=tuple(map(replaced, passage.sentences)),
        questions=tuple(q._replace(text=replaced(q.text)) for q in passage.questions),
    )
