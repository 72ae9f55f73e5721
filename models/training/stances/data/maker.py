"""Yes-no questions with sentences that support, contradict or do not concern them, made from statements in text.

Corpora with a stance for each sentence are small, and a model that has seen few denied sentences learns to answer by
topic. Here the stance follows from how a pair is made. A sentence states *facts*: an effect of a subject on an object,
its absence, or that it is not known. It is a sentence of an abstract, or is written from the subjects, verbs and objects
of abstracts. A question asks for one effect. The stance follows by :func:`stance_of`.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...questions.data.examples import MAYBE, NO, YES
from .findings import VERBS, Statement
from .stance import ABSENT, STATED, UNKNOWN, Fact, StanceExample, opposites_of, stance_of
from .wording import failure_question, loosened, question_of, sentence
from .written import MAKERS, Parts, assertion, denial, pronoun


class StanceMaker:
    """Makes examples from statements.

    ``texts``: for each abstract, its sentences and its statements with the numbers of their sentences.
    """

    def __init__(
        self, texts: Sequence[tuple[list[str], list[tuple[int, Statement]]]], rng: random.Random
    ) -> None:
        self.rng = rng
        self.texts = texts
        everything = [s for _, found in texts for _, s in found]
        self.subjects = [s.subject for s in everything if s.predicate in VERBS]
        self.objects: dict[str, list[str]] = {}
        for s in everything:
            self.objects.setdefault(_group(s.predicate), []).append(s.object)

    def found(self) -> Iterator[StanceExample]:
        """Yields examples on the sentences of the texts, as their authors wrote them."""
        for sentences, items in self.texts:
            for number, item in items:
                state = ABSENT if item.denied else STATED
                fact = Fact(
                    item.subject,
                    item.predicate,
                    item.object,
                    state,
                    item.predicate in ("affect", "influence"),
                )
                context = sentences[number - 1] if number else ""
                yield from self._asked(sentences[number], context, [fact])
                # Another sentence of the same abstract says nothing, unless it speaks of the object too.
                others = [
                    i
                    for i, text in enumerate(sentences)
                    if i != number and not _shares(text, item.object) and len(text.split()) > 5
                ]
                if others and self.rng.random() < 0.6:
                    other = self.rng.choice(others)
                    question = question_of(item.subject, item.predicate, item.object, self.rng)
                    context = sentences[number] if self.rng.random() < 0.5 else ""
                    yield StanceExample(question, sentences[other], context, MAYBE)
                yield from self._bystanders(sentences, number, item)

    def _bystanders(self, sentences: Sequence[str], number: int, item: Statement) -> Iterator[StanceExample]:
        """Yields questions that a sentence does not answer although it names what they ask about."""
        rng = self.rng
        # The object in a sentence that does not speak of the subject.
        near = [
            i
            for i, text in enumerate(sentences)
            if i != number
            and _shares(text, item.object)
            and not _shares(text, item.subject)
            and not _ANAPHOR.search(text)
        ]
        if near and rng.random() < 0.5:
            question = question_of(item.subject, item.predicate, item.object, rng)
            yield StanceExample(question, sentences[rng.choice(near)], "", MAYBE)
        # The effect comes through this, or is measured after it.
        match = _BYSTANDER.search(item.after)
        if match and len(match[1].split()) <= 6 and not _shares(match[1], item.object):
            asked = rng.choice((item.predicate, *opposites_of(item.predicate)))
            context = sentences[number - 1] if number else ""
            question = question_of(item.subject, asked, match[1], rng)
            yield StanceExample(question, sentences[number], context, MAYBE)

    def made(self, count: int) -> Iterator[StanceExample]:
        """Yields examples on about ``count`` written sentences."""
        verbs = [
            s
            for _, found in self.texts
            for _, s in found
            if s.predicate in VERBS and s.predicate not in _STIFF
        ]
        makers, weights = zip(*MAKERS, strict=True)
        for _ in range(count):
            item = self.rng.choice(verbs)
            parts = Parts(
                item.subject,
                self._other(self.subjects, item.subject),
                item.object,
                self._other(self.objects[_group(item.predicate)], item.object),
                self.rng.choice(
                    [item.predicate, *VERBS[item.predicate].synonyms, *opposites_of(item.predicate)]
                ),
                self.rng.random() < 0.6,
            )
            make = self.rng.choices(makers, weights)[0]
            text, facts = make(parts, self.rng)
            context = ""
            roll = self.rng.random()
            if roll < 0.25 and make in (denial, assertion):
                # The subject stands in the sentence before.
                replaced = pronoun(text, parts.s)
                if replaced is not None:
                    other = replace(parts, o=parts.p, p=parts.o)
                    before, _ = (assertion if self.rng.random() < 0.6 else denial)(other, self.rng)
                    text, context = replaced, sentence(before)
            elif roll < 0.45:
                # The sentence before states the opposite of another pair, or speaks of something else.
                other = replace(parts, s=parts.t, t=parts.s, o=parts.p, p=parts.o)
                before, _ = (assertion if self.rng.random() < 0.5 else denial)(other, self.rng)
                context = sentence(before)
            yield from self._asked(sentence(text), context, facts)

    def _other(self, phrases: Sequence[str], phrase: str) -> str:
        for _ in range(20):
            other = self.rng.choice(phrases)
            if not _shares(other, phrase):
                return other
        return "placebo"

    def _asked(self, text: str, context: str, facts: Sequence[Fact]) -> Iterator[StanceExample]:
        rng = self.rng
        fact = rng.choice(facts)
        asked = [fact.predicate]
        asked += rng.sample(opposites_of(fact.predicate), min(1, len(opposites_of(fact.predicate))))
        verb = VERBS.get(fact.predicate)
        if verb is not None and rng.random() < 0.3:
            asked.append(rng.choice(verb.synonyms or ("affect",)))
        if verb is not None and verb.affects and rng.random() < 0.2:
            asked.append("affect")
        for predicate in asked:
            stance = stance_of(predicate, fact.subject, fact.object, facts)
            if stance is None or (stance == MAYBE and fact.state != UNKNOWN and rng.random() < 0.5):
                continue
            subject, thing = fact.subject, fact.object
            # Two objects or groups are told apart by their whole phrases.
            if len(facts) == 1 and rng.random() < 0.5:
                subject, thing = loosened(subject, rng), loosened(thing, rng)
            yield StanceExample(question_of(subject, predicate, thing, rng), text, context, stance)
            if predicate in VERBS and stance != MAYBE and rng.random() < 0.08:
                question = failure_question(fact.subject, predicate, fact.object, rng)
                yield StanceExample(question, text, context, NO if stance == YES else YES)
        # A question about another subject or another object, which the sentence does not answer.
        for kind in ("subject", "object", "roles"):
            if rng.random() > (0.4 if kind != "roles" else 0.12):
                continue
            subject, thing = fact.subject, fact.object
            if kind == "subject":
                subject = self._other(self.subjects, f"{fact.subject} {text}")
            elif kind == "object":
                thing = self._other(
                    self.objects.get(_group(fact.predicate)) or self.objects["amounts"],
                    f"{fact.object} {text}",
                )
            elif fact.predicate in (
                "associated with",
                "correlate with",
                "interact with",
                "related to",
                "bind",
            ):
                continue
            else:
                subject, thing = thing, subject
            yield StanceExample(question_of(subject, fact.predicate, thing, rng), text, context, MAYBE)


#: A sentence with one of these words may speak of the subject without naming it.
_ANAPHOR = re.compile(
    r"\b(it|its|this|these|they|their|both|such|drug|treatment|therapy|treated|agent|compound|intervention|which)\b",
    re.IGNORECASE,
)
#: A phrase in the rest of a sentence that is not the object of its verb.
_BYSTANDER = re.compile(
    r"\b(?:through|via|during|after|independently of|in response to|in the presence of|mediated by|induced by) "
    r"(?:the |an? )?([\w α-ω-]{4,60}?)(?= (?:and|in|by|with|for|of|to|at|on)\b|[,;.(]|$)"
)
#: Verbs that make stiff sentences with the object of another verb.
_STIFF = {"encode", "bind", "cross", "require", "mediate", "have an effect on", "contribute to"}


def _group(predicate: str) -> str:
    """Predicates of one group take objects of each other: everything that can be more or less, and the rest."""
    verb = VERBS.get(predicate)
    if verb is None:
        return predicate
    return "amounts" if verb.affects else predicate


_COMMON = frozenset(
    "the of in and with a an for on to by from at levels level treatment use risk patients group effect effects human "
    "rats mice cells rate number concentrations concentration activity expression increased decreased".split()
)


def _shares(text: str, phrase: str) -> bool:
    """Whether two phrases share a word that carries meaning."""
    words = {w.strip(".,()").lower() for w in text.split()} - _COMMON
    return any(w.strip(".,()").lower() in words for w in phrase.split())
