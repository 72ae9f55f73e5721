"""Sentences written from the subjects, verbs and objects of abstracts, with the facts that they state."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from .findings import VERBS
from .stance import ABSENT, STATED, UNKNOWN, Fact
from .wording import is_plural, lowered, raised

_LESS = ("reduce", "decrease", "lower", "diminish")
_MORE = ("increase", "raise", "elevate")
GROUP_PAIRS = (
    ("men", "women"),
    ("women", "men"),
    ("children", "adults"),
    ("adults", "children"),
    ("smokers", "non-smokers"),
    ("mice", "rats"),
    ("HER2-positive patients", "HER2-negative patients"),
    ("patients with diabetes", "patients without diabetes"),
    ("wild-type mice", "knockout mice"),
    ("high-risk patients", "low-risk patients"),
    ("older patients", "younger patients"),
    ("vitro", "vivo"),
)


@dataclass(frozen=True)
class Parts:
    """The parts of a made sentence: two subjects, two objects and a verb. ``past``: the tense."""

    s: str
    t: str
    o: str
    p: str
    predicate: str
    past: bool

    @property
    def verb(self) -> str:
        """The verb after the subject ``s``."""
        return self.form(self.s)

    def form(self, subject: str) -> str:
        """The verb after a subject."""
        verb = VERBS[self.predicate]
        if self.past:
            return verb.past
        return verb.base if is_plural(subject) else verb.third

    @property
    def base(self) -> str:
        return VERBS[self.predicate].base

    @property
    def participle(self) -> str:
        return VERBS[self.predicate].participle

    def did(self, subject: str | None = None) -> str:
        """The auxiliary of a denial."""
        if self.past:
            return "did"
        return "do" if is_plural(subject or self.s) else "does"

    def had(self) -> str:
        return "had" if self.past else ("have" if is_plural(self.s) else "has")

    def was(self, phrase: str) -> str:
        plural = is_plural(phrase)
        if self.past:
            return "were" if plural else "was"
        return "are" if plural else "is"


Made = tuple[str, list[Fact]]


def _stated(q: Parts, subject: str | None = None, thing: str | None = None) -> Fact:
    return Fact(subject or q.s, q.predicate, thing or q.o, STATED)


def _absent(q: Parts, subject: str | None = None, thing: str | None = None, general: bool = False) -> Fact:
    return Fact(subject or q.s, q.predicate, thing or q.o, ABSENT, general)


def _unknown(q: Parts) -> Fact:
    return Fact(q.s, q.predicate, q.o, UNKNOWN)


def assertion(q: Parts, rng: random.Random) -> Made:
    s, o = lowered(q.s), lowered(q.o)
    kinds = [
        f"{q.s} {q.verb} {o}",
        f"{q.s} {rng.choice(['significantly', 'markedly', 'consistently', 'clearly'])} {q.verb} {o}",
        f"{q.s} {q.verb} {o} ({rng.choice(['p < 0.001', 'P = 0.02', '95% CI 0.61 to 0.88', 'by 34%'])})",
        f"{o} {q.was(q.o)} {q.participle} by {s}",
        f"we found that {s} {q.verb} {o}",
        f"{s} {q.was(q.s)} found to {q.base} {o}",
        f"these results show that {s} {q.verb} {o}",
        f"in this trial, {s} {q.verb} {o} compared with placebo",
    ]
    if q.predicate in _LESS:
        kinds += [
            f"{o} {q.was(q.o)} lower with {s} than with placebo",
            f"{o} fell with {s}",
            f"{s} led to a decrease in {o}",
            f"a significant reduction in {o} was seen with {s}",
            f"{s} {q.was(q.s)} associated with lower {o}",
        ]
    if q.predicate in _MORE:
        kinds += [
            f"{o} {q.was(q.o)} higher with {s} than with placebo",
            f"{o} rose with {s}",
            f"{s} led to an increase in {o}",
            f"a significant increase in {o} was seen with {s}",
            f"{s} {q.was(q.s)} associated with higher {o}",
        ]
    if q.predicate in ("cause", "induce", "trigger", "lead to"):
        kinds += [
            f"{o} {q.was(q.o)} due to {s}",
            f"{s}-induced {o} was common",
            f"{s} {q.was(q.s)} a cause of {o}",
        ]
    if q.predicate in ("prevent", "protect against"):
        kinds += [f"{s} {q.was(q.s)} protective against {o}", f"{s} lowered the risk of {o}"]
    return rng.choice(kinds), [_stated(q)]


def denial(q: Parts, rng: random.Random) -> Made:
    s, o = lowered(q.s), lowered(q.o)
    specific = [
        f"{q.s} {q.did()} not {q.base} {o}",
        f"{q.s} {q.did()} not significantly {q.base} {o}",
        f"{q.s} failed to {q.base} {o}" if q.past else f"{q.s} {q.did()} not {q.base} {o}",
        f"there was no evidence that {s} {q.verb} {o}",
        f"we found that {s} {q.did()} not {q.base} {o}",
        f"{o} {q.was(q.o)} not {q.participle} by {s}",
        f"contrary to earlier reports, {s} {q.did()} not {q.base} {o}",
    ]
    general = [
        f"{q.s} {q.had()} no effect on {o}",
        f"{q.s} {q.had()} no significant effect on {o}",
        f"{q.s} {q.did()} not affect {o}",
        f"{o} {q.was(q.o)} not affected by {s}",
        f"{o} remained unchanged with {s}",
        f"{o} did not differ between {s} and placebo (P = 0.{rng.randint(20, 96)})",
        f"{o} {q.was(q.o)} similar with {s} and with placebo",
        f"no difference in {o} was seen with {s}",
        f"{q.s} {q.had()} little or no effect on {o}",
        f"{q.s} {q.was(q.s)} not associated with {o}",
    ]
    if q.predicate in _LESS:
        specific += [
            f"no reduction in {o} was seen with {s}",
            f"{o} {q.was(q.o)} no lower with {s} than with placebo",
        ]
    if q.predicate in _MORE:
        specific += [
            f"no increase in {o} was seen with {s}",
            f"{o} {q.was(q.o)} no higher with {s} than with placebo",
        ]
    if q.predicate in ("prevent", "protect against"):
        specific += [
            f"{s} {q.had()} no protective effect against {o}",
            f"{s} {q.did()} not lower the risk of {o}",
        ]
    if rng.random() < 0.5:
        return rng.choice(specific), [_absent(q)]
    return rng.choice(general), [_absent(q, general=True)]


def doubt(q: Parts, rng: random.Random) -> Made:
    s, o = lowered(q.s), lowered(q.o)
    present = replace(q, past=False)
    v = present.verb
    kinds = [
        f"it is {rng.choice(['unclear', 'not known', 'unknown', 'uncertain', 'not yet clear', 'still debated'])} whether "
        f"{s} {v} {o}",
        f"whether {s} {v} {o} {rng.choice(['is unknown', 'remains unclear', 'has not been studied', 'is controversial'])}",
        f"we {rng.choice(['investigated', 'examined', 'tested', 'asked', 'studied'])} whether {s} {v} {o}",
        f"this study aimed to determine {rng.choice(['if', 'whether'])} {s} {v} {o}",
        f"the aim of this study was to assess the effect of {s} on {o}",
        f"we hypothesised that {s} {v} {o}",
        f"we tested the hypothesis that {s} {v} {o}",
        f"to evaluate the effect of {s} on {o}",
        f"the effect of {s} on {o} was {rng.choice(['studied', 'investigated', 'measured', 'not reported'])}",
        f"if {s} {v} {o}, it should be studied further",
        f"further trials are needed to determine whether {s} {v} {o}",
        f"little is known about the effect of {s} on {o}",
        f"the evidence that {s} {v} {o} is insufficient",
        f"{q.s} has been proposed to {q.base} {o}, but this has not been tested",
        f"{q.s} {rng.choice(['may', 'might', 'could'])} {q.base} {o}",
        f"{q.s} may {q.base} {o}, although direct evidence is missing",
        f"{q.s} might {q.base} {o}, a hypothesis that has yet to be tested",
        f"{q.s} could in theory {q.base} {o}, but the data do not allow a conclusion",
        f"does {s} {q.base} {o}?",
        f"could {s} {q.base} {o}?",
        f"trials of {s} have given conflicting results on {o}",
        f"some studies found that {s} {v} {o}, others did not",
        f"a {rng.choice(['lower', 'higher'])}, an equal and a different level of {o} have been reported with {s}",
        f"{o} was recorded in all patients given {s}",
    ]
    return rng.choice(kinds), [_unknown(q)]


def numbers(q: Parts, rng: random.Random) -> Made:
    """Two numbers whose order says which way the effect goes. Verbs without a direction get an assertion."""
    if q.predicate not in (*_LESS, *_MORE):
        return assertion(q, rng)
    low = rng.randint(2, 40)
    high = low + rng.randint(4, 40)
    own, other = (low, high) if q.predicate in _LESS else (high, low)
    s, o = lowered(q.s), lowered(q.o)
    control = rng.choice(("placebo", "usual care", "the control group", lowered(q.t)))
    unit = rng.choice(("%", "%", " per 1000", " days", ""))
    kinds = [
        f"{o} {q.was(q.o)} {own}{unit} with {s} and {other}{unit} with {control}",
        f"{o} {q.was(q.o)} {other}{unit} with {control} and {own}{unit} with {s}",
        f"{o} {q.was(q.o)} {own}{unit} after {s} compared with {other}{unit} after {control} (P < 0.001)",
        f"{o} occurred in {own} of 120 patients given {s} and in {other} of 118 given {control}",
        f"with {s}, {o} went from {other}{unit} to {own}{unit}",
        f"{s} changed {o} from {other}{unit} to {own}{unit}",
        f"in the {s} group {o} {q.was(q.o)} {own}{unit}, versus {other}{unit} in the {control} group",
    ]
    return rng.choice(kinds), [_stated(q)]


def two_subjects(q: Parts, rng: random.Random) -> Made:
    s, t, o = lowered(q.s), lowered(q.t), lowered(q.o)
    did_t = q.did(q.t)
    one_only = [
        f"{q.s}, but not {t}, {q.verb} {o}",
        f"{q.s}, unlike {t}, {q.verb} {o}",
        f"{q.s} rather than {t} {q.verb} {o}",
        f"in contrast to {t}, {s} {q.verb} {o}",
        f"{q.t} {did_t} not {q.base} {o}, whereas {s} did",
        f"{q.s} {q.verb} {o}, but {t} did not",
        f"{q.s} {q.verb} {o}, while {t} had no effect",
        f"{q.t} {did_t} not {q.base} {o}; in contrast, {s} {q.verb} {o}",
        f"{o} {q.was(q.o)} {q.participle} by {s} but not by {t}",
        f"only {s} {q.verb} {o}; {t} had no effect",
        f"{q.s} {q.verb} {o} instead of {t}",
    ]
    choice = rng.random()
    if choice < 0.15:
        return f"neither {s} nor {t} {q.form(q.t)} {o}", [_absent(q), _absent(q, q.t)]
    if choice < 0.3:
        both = rng.choice([f"both {s} and {t}", f"not only {s} but also {t}", f"{s} as well as {t}"])
        return f"{both} {(q.past and VERBS[q.predicate].past) or q.base} {o}", [_stated(q), _stated(q, q.t)]
    return rng.choice(one_only), [_stated(q), _absent(q, q.t)]


def two_objects(q: Parts, rng: random.Random) -> Made:
    s, o, p = lowered(q.s), lowered(q.o), lowered(q.p)
    specific = [f"{q.s} {q.verb} {o} but not {p}", f"{q.s} {q.verb} {o} but {q.did()} not {q.base} {p}"]
    general = [
        f"{q.s} {q.verb} {o} without affecting {p}",
        f"{q.s} {q.verb} {o}, while {p} {q.was(q.p)} unchanged",
        f"{q.s} {q.had()} no effect on {p} but {q.verb} {o}",
        f"{q.s} {q.verb} {o} but had no effect on {p}",
        f"although {s} {q.verb} {o}, it had no effect on {p}",
        f"{q.s} {q.verb} {o}; {p} did not change",
        f"{q.s} {q.verb} {o}, whereas {p} {q.was(q.p)} not affected",
    ]
    if rng.random() < 0.3:
        return rng.choice(specific), [_stated(q), _absent(q, thing=q.p)]
    return rng.choice(general), [_stated(q), _absent(q, thing=q.p, general=True)]


def mediated(q: Parts, rng: random.Random) -> Made:
    """An effect that comes through something else. The sentence does not say which way that goes."""
    s, o, p = lowered(q.s), lowered(q.o), lowered(q.p)
    kinds = [
        f"{q.s} {q.verb} {o} through {p}",
        f"{q.s} {q.verb} {o} by a mechanism that involves {p}",
        f"{o} {q.was(q.o)} {q.participle} by {s} in a way that depends on {p}",
        f"we show that {s} {q.verb} {o} and that this requires {p}",
    ]
    return rng.choice(kinds), [_stated(q), Fact(q.s, q.predicate, q.p, UNKNOWN)]


def blocked(q: Parts, rng: random.Random) -> Made:
    """An effect that something else blocks. The sentence does not say what that does alone."""
    _s, t, o = lowered(q.s), lowered(q.t), lowered(q.o)
    kinds = [
        f"{q.s} {q.verb} {o}, and this effect was blocked by {t}",
        f"{q.s} {q.verb} {o}; {t} prevented this",
        f"{q.s} {q.verb} {o}, which {t} reversed",
        f"{q.s} {q.verb} {o} when it was given with {t}",
    ]
    return rng.choice(kinds), [_stated(q), Fact(q.t, q.predicate, q.o, UNKNOWN)]


def two_groups(q: Parts, rng: random.Random) -> Made:
    one, other = rng.choice(GROUP_PAIRS)
    s, o = lowered(q.s), lowered(q.o)
    inside, outside = f"{q.o} in {one}", f"{q.o} in {other}"
    kinds = [
        f"{q.s} {q.verb} {o} in {one} but not in {other}",
        f"in {one}, {s} {q.verb} {o}; it had no effect in {other}",
        f"{q.s} {q.verb} {o} in {one}. It was ineffective in {other}",
        f"{q.s} {q.verb} {o} only in {one}, not in {other}",
    ]
    return rng.choice(kinds), [_stated(q, thing=inside), _absent(q, thing=outside)]


MAKERS: tuple[tuple[Callable[[Parts, random.Random], Made], int], ...] = (
    (assertion, 5),
    (denial, 6),
    (doubt, 5),
    (two_subjects, 4),
    (two_objects, 4),
    (two_groups, 1),
    (numbers, 2),
    (mediated, 2),
    (blocked, 2),
)


def pronoun(sentence: str, subject: str) -> str | None:
    """Returns the sentence with a pronoun for its subject at the start, or None if it does not begin with it."""
    if not raised(sentence).startswith(raised(subject) + " "):
        return None
    rest = sentence[len(subject) :]
    return f"{'They' if is_plural(subject) else 'It'}{rest}"
