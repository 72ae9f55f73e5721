"""Facts that a sentence states, and the stance on a yes-no question that follows from them."""

from collections.abc import Sequence
from typing import NamedTuple

from ...questions.data.examples import MAYBE, NO, YES
from .findings import VERBS

ABSENT, UNKNOWN, STATED = "absent", "unknown", "stated"


class Fact(NamedTuple):
    """A statement about a subject and an object.

    ``state``: ``stated`` (the effect exists), ``absent`` (it does not exist), or ``unknown`` (the sentence asks or
    supposes). ``general``: whether an absent effect excludes every effect ("had no effect on", "was unchanged").
    """

    subject: str
    predicate: str
    object: str
    state: str
    general: bool = False


class StanceExample(NamedTuple):
    """A yes-no question or a claim, a sentence, the text before the sentence (may be empty), and the stance: ``YES``
    supports, ``NO`` contradicts, ``MAYBE`` does not say."""

    question: str
    sentence: str
    context: str
    stance: int


def stance_of(predicate: str, subject: str, thing: str, facts: Sequence[Fact]) -> int | None:
    """Returns the stance of a sentence with ``facts`` to the question whether ``subject`` has the effect ``predicate``
    on ``thing``. None if the facts leave it open to argument, so that no example can be made.

    >>> stance_of("increase", "aspirin", "bleeding", [Fact("aspirin", "reduce", "bleeding", "stated")])
    1
    """
    for fact in facts:
        if (fact.subject, fact.object) == (subject, thing):
            return _stance_of_fact(predicate, fact)
    return MAYBE


def _stance_of_fact(predicate: str, fact: Fact) -> int | None:
    if fact.state == UNKNOWN:
        return MAYBE
    asked, told = VERBS.get(predicate), VERBS.get(fact.predicate)
    same = predicate == fact.predicate or (told is not None and predicate in told.synonyms)
    general = predicate in ("affect", "influence", "alter", "have an effect on")
    if fact.state == STATED:
        if same or (general and told is not None and told.affects):
            return YES
        if predicate in opposites_of(fact.predicate):
            return NO
        return None
    if same or (fact.general and asked is not None):
        return NO
    # "Did not reduce" does not say whether it increased.
    return MAYBE if predicate in opposites_of(fact.predicate) else None


_OPPOSITE_PREDICATES = {
    "effective in": ("ineffective in",),
    "effective for": ("ineffective for",),
    "effective against": ("ineffective against",),
    "ineffective in": ("effective in",),
    "ineffective for": ("effective for",),
    "ineffective against": ("effective against",),
    "superior to": ("inferior to",),
    "inferior to": ("superior to",),
    "more effective than": ("less effective than",),
    "less effective than": ("more effective than",),
}


def opposites_of(predicate: str) -> tuple[str, ...]:
    """Returns the predicates that cannot be true together with ``predicate``."""
    verb = VERBS.get(predicate)
    return verb.opposites if verb else _OPPOSITE_PREDICATES.get(predicate, ())
