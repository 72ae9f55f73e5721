"""Yes-no questions made from titles that state a finding (Jin et al. 2019, section 3.2, PQA-A).

"Ketorolac potentiates morphine" becomes "Does ketorolac potentiate morphine?" with the answer yes
for its abstract. Negated titles give the answer no. They are rare, so a verb that has an opposite is
replaced by it half of the time ("Does ketorolac attenuate morphine?", no), which forces the model to read
the direction of an effect.
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
#: Words that begin a clause or a second statement. A text that contains one is not a simple subject.
_OPEN = re.compile(r"\b(that|which|who|what|how|and|or|but|if|when|where|as|than|not)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"(?<=\w)(?:: |\. |--| - |; |\? )")
_ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")
FEWEST_WORDS, MOST_WORDS = 5, 30
#: Number of words at the end of an abstract that are the context, since results are at the end; and the minimum.
CONTEXT_WORDS, FEWEST_CONTEXT_WORDS = 180, 60


class Finding(NamedTuple):
    """A question with its verdict. ``opposite``: the question with the opposite verb, if the verb has one."""

    question: str
    verdict: int
    opposite: str | None = None


def finding_of(title: str) -> Finding | None:
    """Returns the question that a title answers, or ``None`` if the title is not a statement."""
    if "?" in title:
        return None
    # PubMed puts the translation of a title in another language in brackets.
    title = title.strip().removeprefix("[").removesuffix(".").removesuffix("]")
    for clause in _CLAUSES.split(_ASIDE.sub("", title)):
        clause = clause.strip().rstrip(".")
        if FEWEST_WORDS <= len(clause.split()) <= MOST_WORDS:
            finding = _finding(clause)
            if finding is not None:
                return finding
    return None


def _finding(clause: str) -> Finding | None:
    if match := _NO_EFFECT.match(clause):
        return _question_of(match, _DO[match["verb"]], f"have an {match['rest']}", NO)
    if match := _DENIED.match(clause):
        return _question_of(match, match["verb"].capitalize(), match["rest"], NO)
    if match := _COPULA.match(clause):
        denied = match["rest"].startswith("not ")
        rest = match["rest"].removeprefix("not ")
        return _question_of(match, match["verb"].capitalize(), rest, NO if denied else YES)
    if match := _VERB.match(clause):
        base = _THIRD_PERSON[match["verb"]]
        finding = _question_of(match, "Does", f"{base} {match['rest']}", YES)
        if finding is None or base not in _BASES:
            return finding
        opposite = _question_of(match, "Does", f"{_BASES[base]} {match['rest']}", NO)
        return finding._replace(opposite=opposite and opposite.question)
    return None


def _question_of(match: re.Match, opening: str, rest: str, verdict: int) -> Finding | None:
    subject = match["subject"]
    if _OPEN.search(subject):
        return None
    if subject[1:2].islower():
        subject = subject[0].lower() + subject[1:]
    return Finding(f"{opening} {subject} {rest}?", verdict)


def title_verdicts(abstracts: Iterable[tuple[str, str]], rng: random.Random) -> list[VerdictExample]:
    """Makes examples of abstracts (title, body) whose title states a finding. The verdict is never maybe."""
    examples = []
    for title, body in abstracts:
        finding = finding_of(title)
        words = body.split()
        if finding is None or len(words) < FEWEST_CONTEXT_WORDS:
            continue
        context = " ".join(words[-CONTEXT_WORDS:])
        if finding.opposite and rng.random() < 0.5:
            finding = Finding(finding.opposite, NO)
        examples.append(VerdictExample(finding.question, context, finding.verdict, False))
    return examples
