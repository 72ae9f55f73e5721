"""Phrases within sentences, and the wordings of a question."""

import random
import re

from .findings import VERBS


def lowered(phrase: str) -> str:
    """Returns a phrase as it stands within a sentence: its first word without the capital of a sentence."""
    first = phrase.split(" ", 1)[0]
    plain = first[1:].islower() or first in ("A",)
    return phrase[0].lower() + phrase[1:] if plain else phrase


def raised(sentence: str) -> str:
    """Returns a sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def is_plural(phrase: str) -> bool:
    """Whether the head of a noun phrase looks like a plural."""
    head = phrase
    for word in (" of ", " in ", " with ", " for ", " from ", " on ", " to ", " at "):
        head = head.split(word, 1)[0]
    last = head.split(" ")[-1]
    return last.endswith("s") and not last.endswith(("ss", "is", "us", "sis")) and len(last) > 3


_ADJECTIVE = re.compile(
    r"^(?:the )?(?:[a-z-]+(?:al|ic|ous|ive|ary|ent|ant|ed|able|ible|ar)|high|low|severe|acute|chronic|early|late|new|total|"
    r"long-term|short-term|late-stage|early-stage|moderate|mild|major|human|mouse|rat) (?=\S)"
)
_TAIL = re.compile(r" (?:in|with|among|during|after|at|for|from|by) [^,]+$")


def loosened(phrase: str, rng: random.Random) -> str:
    """Returns a phrase as a question would shorten it: without its first adjective, without what follows its head, or
    without "the … gene" around a name.

    A question seldom repeats the whole phrase of a sentence. A model that has seen only exact repetitions takes
    "experimental nephropathy" for something else than "nephropathy".
    """
    short = re.sub(
        r"^the (?:[\w-]+ ){0,3}(?:gene|protein|drug|agent|kinase|receptor) (?=[A-Z0-9]\S*$)", "", phrase
    )
    if rng.random() < 0.6:
        short = _ADJECTIVE.sub("", short)
    if rng.random() < 0.6:
        short = _TAIL.sub("", short)
    return short if len(short) > 3 else phrase


def question_of(subject: str, predicate: str, thing: str, rng: random.Random) -> str:
    """Asks whether ``subject`` has the effect ``predicate`` on ``thing``, in one of several wordings."""
    s, o = lowered(subject), lowered(thing)
    verb = VERBS.get(predicate)
    plural = is_plural(subject)
    if verb is None:
        return raised(rng.choice(_predicate_questions(s, predicate, o, plural)))
    do = rng.choice(["Do" if plural else "Does"] * 5 + ["Did"] * 2 + ["Can"] * 2)
    active = f"{do} {s} {verb.base} {o}?"
    kinds = [active] * 6
    if " " not in predicate and predicate not in ("require", "predict", "cross", "encode", "bind"):
        kinds += [f"{'Are' if is_plural(thing) else 'Is'} {o} {verb.participle} by {s}?"]
    if predicate in _EFFECT_NOUNS:
        kinds += [f"{do} {s} {form} {o}?" for form in _EFFECT_NOUNS[predicate]]
    if predicate in ("prevent", "protect against"):
        kinds += [f"{do} {s} help to prevent {o}?", f"Is {s} protective against {o}?"]
    if predicate in ("cause", "induce"):
        kinds += [f"Is {o} caused by {s}?", f"Is {o} a side effect of {s}?", f"Is {s} a cause of {o}?"]
    if predicate == "correlate with":
        kinds += [f"Is there a correlation between {s} and {o}?"]
    return raised(rng.choice(kinds))


def failure_question(subject: str, predicate: str, thing: str, rng: random.Random) -> str:
    """Asks whether ``subject`` lacks the effect ``predicate`` on ``thing``."""
    s, o, verb = lowered(subject), lowered(thing), VERBS[predicate]
    be, do = ("Are", "Do") if is_plural(subject) else ("Is", "Does")
    kinds = (
        f"Did {s} fail to {verb.base} {o}?",
        f"{do} {s} fail to {verb.base} {o}?",
        f"{be} {s} unable to {verb.base} {o}?",
        f"{be} {s} without the ability to {verb.base} {o}?",
        f"Is it false that {s} {verb.base if is_plural(subject) else verb.third} {o}?",
    )
    return rng.choice(kinds)


_EFFECT_NOUNS = {
    "reduce": ("lead to a reduction in", "result in lower"),
    "decrease": ("lead to a decrease in", "result in lower"),
    "lower": ("lead to lower",),
    "increase": ("lead to an increase in", "result in higher"),
    "raise": ("lead to higher",),
    "elevate": ("lead to higher",),
    "improve": ("lead to an improvement in", "result in better"),
    "worsen": ("lead to a worsening of",),
    "affect": ("have an effect on", "change"),
    "influence": ("have an influence on",),
}


def _predicate_questions(s: str, predicate: str, o: str, plural: bool) -> list[str]:
    be = "Are" if plural else "Is"
    do = "Do" if plural else "Does"
    kinds = [f"{be} {s} {predicate} {o}?"] * 3
    head, _, preposition = predicate.rpartition(" ")
    if predicate in ("associated with", "related to", "linked to", "correlated with"):
        kinds += [
            f"Is there an association between {s} and {o}?",
            f"{be} {s} linked to {o}?",
            f"Is there a link between {s} and {o}?",
            f"{be} {s} associated with {o}?",
        ]
    elif head in ("effective", "beneficial"):
        kinds += [f"{do} {s} work {preposition} {o}?", f"{be} {s} of benefit {preposition} {o}?"]
        kinds += [f"{do} {s} help {preposition} {o}?", f"{be} {s} an effective treatment for {o}?"]
    elif predicate in ("superior to", "more effective than"):
        kinds += [f"{be} {s} better than {o}?", f"{do} {s} work better than {o}?"]
    elif predicate in ("inferior to", "less effective than"):
        kinds += [f"{be} {s} worse than {o}?"]
    return kinds


def sentence(text: str) -> str:
    """Returns a text with a capital and a full stop or a question mark."""
    return raised(text) + ("" if text.endswith((".", "?")) else ".")
