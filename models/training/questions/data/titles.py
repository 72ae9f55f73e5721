"""Yes-no questions made from titles that state a finding (Jin et al. 2019, section 3.2, PQA-A).

"Ketorolac potentiates morphine" becomes "Does ketorolac potentiate morphine?" with the answer yes
on its abstract. Titles that deny give no; as they are rare, a verb with an opposite is turned half
of the time ("Does ketorolac attenuate morphine?", no), so that direction must be read.
"""

import random
import re
from collections.abc import Iterable
from typing import NamedTuple

from .examples import NO, YES, VerdictExample

_OPPOSITES = (
    ("improve", "worsen"),
    ("increase", "decrease"),
    ("increase", "reduce"),
    ("prevent", "cause"),
    ("inhibit", "activate"),
    ("enhance", "attenuate"),
    ("promote", "suppress"),
    ("raise", "lower"),
    ("accelerate", "delay"),
    ("stimulate", "block"),
    ("exacerbate", "ameliorate"),
    ("restore", "abolish"),
    ("prolong", "shorten"),
    ("potentiate", "attenuate"),
    ("induce", "prevent"),
    ("facilitate", "impair"),
    ("worsen", "improve"),
    ("reduce", "increase"),
)
_OTHER_VERBS = (
    "affect",
    "predict",
    "modulate",
    "regulate",
    "influence",
    "alter",
    "protect",
    "mediate",
    "contribute",
    "correlate",
    "require",
    "confer",
    "reverse",
    "augment",
)
_BASES = {pair[side]: pair[1 - side] for side in (1, 0) for pair in reversed(_OPPOSITES)}
_THIRD_PERSON = {f"{base}s": base for base in (*_BASES, *_OTHER_VERBS)}
_VERB = re.compile(rf"^(?P<subject>\S.*?) (?P<verb>{'|'.join(_THIRD_PERSON)}) (?P<rest>\S.*)$")
_DENIED = re.compile(r"^(?P<subject>\S.*?) (?P<verb>does|do|did) not (?P<rest>\S.*)$")
_NO_EFFECT = re.compile(r"^(?P<subject>\S.*?) (?P<verb>has|have|had) no (?P<rest>(\w+ )?effect.*)$")
_COPULA = re.compile(r"^(?P<subject>\S.*?) (?P<verb>is|are|was|were) (?P<rest>\S.*)$")
_DO = {"has": "Does", "have": "Do", "had": "Did"}
#: The subject has ended before: its last word opens a clause, or joins a second statement.
_OPEN = re.compile(r"\b(that|which|who|what|how|and|or|but|if|when|where|as|than|not)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"(?<=\w)(?:: |\. |--| - |; |\? )")
_ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")
FEWEST_WORDS, MOST_WORDS = 5, 30
#: Words of an abstract's end that are its context: there stands what was found.
CONTEXT_WORDS, FEWEST_CONTEXT_WORDS = 180, 60


class Finding(NamedTuple):
    """A question with its verdict. ``opposite``: the same with a verb that denies it, if there is one."""

    question: str
    verdict: int
    opposite: str | None = None


def finding_of(title: str) -> Finding | None:
    """The question that a title answers; ``None`` where it states nothing."""
    if "?" in title:
        return None
    # In brackets stands the translation of a title in another language.
    title = title.strip().removeprefix("[").removesuffix(".").removesuffix("]")
    for clause in _CLAUSES.split(_ASIDE.sub("", title)):
        clause = clause.strip().rstrip(".")
        if FEWEST_WORDS <= len(clause.split()) <= MOST_WORDS:
            found = _finding(clause)
            if found is not None:
                return found
    return None


def _finding(clause: str) -> Finding | None:
    if match := _NO_EFFECT.match(clause):
        return _asked(match, _DO[match["verb"]], f"have an {match['rest']}", NO)
    if match := _DENIED.match(clause):
        return _asked(match, match["verb"].capitalize(), match["rest"], NO)
    if match := _COPULA.match(clause):
        denied = match["rest"].startswith("not ")
        rest = match["rest"].removeprefix("not ")
        return _asked(match, match["verb"].capitalize(), rest, NO if denied else YES)
    if match := _VERB.match(clause):
        base = _THIRD_PERSON[match["verb"]]
        found = _asked(match, "Does", f"{base} {match['rest']}", YES)
        if found is None or base not in _BASES:
            return found
        turned = _asked(match, "Does", f"{_BASES[base]} {match['rest']}", NO)
        return found._replace(opposite=turned and turned.question)
    return None


def _asked(match: re.Match, opening: str, rest: str, verdict: int) -> Finding | None:
    subject = match["subject"]
    if _OPEN.search(subject):
        return None
    if subject[1:2].islower():
        subject = subject[0].lower() + subject[1:]
    return Finding(f"{opening} {subject} {rest}?", verdict)


def title_verdicts(abstracts: Iterable[tuple[str, str]], rng: random.Random) -> list[VerdictExample]:
    """Examples of the abstracts (title, body) whose title states a finding; nobody could say maybe."""
    examples = []
    for title, body in abstracts:
        found = finding_of(title)
        words = body.split()
        if found is None or len(words) < FEWEST_CONTEXT_WORDS:
            continue
        context = " ".join(words[-CONTEXT_WORDS:])
        if found.opposite and rng.random() < 0.5:
            found = Finding(found.opposite, NO)
        examples.append(VerdictExample(found.question, context, found.verdict, False))
    return examples
