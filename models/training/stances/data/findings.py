"""Finds plain statements of effects in text: who does what to what, and whether the sentence denies it.

A statement is the raw material for yes-no questions whose answer is known (see ``stances``). Only simple clauses are
read: a subject, one of the verbs of :data:`VERBS`, an object. Everything else is left out, so that what remains is
nearly always right.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Verb(NamedTuple):
    """A verb of effect. ``opposites``: verbs of which at most one can be true of the same subject and object.
    ``synonyms``: verbs that are true whenever this one is. Both are base forms."""

    base: str
    third: str
    past: str
    participle: str
    opposites: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    #: Whether a subject with this effect also affects the object.
    affects: bool = True


_IRREGULAR = {
    "rise": ("rises", "rose", "risen"),
    "bind": ("binds", "bound", "bound"),
    "lead to": ("leads to", "led to", "led to"),
    "cut": ("cuts", "cut", "cut"),
    "upset": ("upsets", "upset", "upset"),
    "have an effect on": ("has an effect on", "had an effect on", "had an effect on"),
}
#: Verbs whose last consonant is doubled.
_DOUBLED = {"upregulat", "transmit"}


def _inflect(base: str) -> tuple[str, str, str]:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    head, _, rest = base.partition(" ")
    rest = f" {rest}" if rest else ""
    if re.search(r"(s|x|z|ch|sh)$", head):
        third = f"{head}es"
    elif re.search(r"[^aeiou]y$", head):
        third = f"{head[:-1]}ies"
    else:
        third = f"{head}s"
    if head.endswith("e"):
        past = f"{head}d"
    elif re.search(r"[^aeiou]y$", head):
        past = f"{head[:-1]}ied"
    elif head in _DOUBLED:
        past = f"{head}{head[-1]}ed"
    else:
        past = f"{head}ed"
    return f"{third}{rest}", f"{past}{rest}", f"{past}{rest}"


_LESS = ("reduce", "decrease", "lower", "diminish")
_MORE = ("increase", "raise", "elevate")
_BETTER = ("improve", "ameliorate", "alleviate")
_WORSE = ("worsen", "aggravate", "exacerbate", "impair")
_CAUSE = ("cause", "induce", "lead to", "trigger")
_STOP = ("prevent", "protect against")
_BLOCK = ("inhibit", "block", "suppress")
_START = ("activate", "stimulate", "promote")


def _verbs() -> dict[str, Verb]:
    rows: list[tuple[tuple[str, ...], tuple[str, ...], bool]] = [
        (_LESS, _MORE, True),
        (_MORE, _LESS, True),
        (_BETTER, _WORSE, True),
        (_WORSE, _BETTER, True),
        (_CAUSE, _STOP, True),
        (_STOP, _CAUSE, True),
        (_BLOCK, _START, True),
        (_START, _BLOCK, True),
        (("prolong", "lengthen"), ("shorten",), True),
        (("shorten",), ("prolong", "lengthen"), True),
        (("accelerate", "speed up"), ("delay", "slow"), True),
        (("delay", "slow"), ("accelerate", "speed up"), True),
        (("enhance", "potentiate", "augment"), ("attenuate", "weaken"), True),
        (("attenuate", "weaken"), ("enhance", "potentiate", "augment"), True),
        (("restore",), ("abolish",), True),
        (("abolish",), ("restore",), True),
        (("upregulate",), ("downregulate",), True),
        (("downregulate",), ("upregulate",), True),
        (("reverse",), (), True),
        (("affect", "influence", "alter", "have an effect on"), (), False),
        (("predict",), (), False),
        (("regulate", "modulate"), (), True),
        (("bind", "interact with"), (), False),
        (("cross",), (), False),
        (("require",), (), False),
        (("encode",), (), False),
        (("mediate",), (), False),
        (("contribute to",), (), False),
        (("correlate with",), (), False),
    ]
    verbs: dict[str, Verb] = {}
    for bases, opposites, affects in rows:
        for base in bases:
            verbs[base] = Verb(
                base, *_inflect(base), opposites, tuple(b for b in bases if b != base), affects
            )
    return verbs


#: All verbs, by their base form.
VERBS = _verbs()
_FORMS = {
    form: (verb, tense)
    for verb in VERBS.values()
    for tense, form in (("base", verb.base), ("third", verb.third), ("past", verb.past))
}
#: Some adverbs that may stand between the parts of a verb.
_ADVERB = (
    r"(?:(?:significantly|markedly|strongly|substantially|slightly|effectively|also|further|directly|clearly|"
    r"consistently|dramatically|greatly|potently|completely|independently|rapidly|selectively|specifically) )?"
)
_ALTERNATIVES = "|".join(re.escape(f) for f in sorted(_FORMS, key=len, reverse=True))
_STATEMENT = re.compile(
    r"^(?P<lead>(?:In conclusion|In summary|Overall|Moreover|Furthermore|In addition|However|Thus|Therefore|"
    r"These (?:data|results|findings) (?:suggest|show|indicate|demonstrate) that|We (?:found|showed|conclude|show) "
    r"that|Our (?:data|results|findings) (?:suggest|show|indicate|demonstrate) that|It has been shown that|"
    r"CONCLUSIONS?:|Conclusions?:|RESULTS:|Results:),? )?"
    r"(?P<subject>[^,;:()\[\]]{3,80}?) "
    rf"(?:(?P<denial>(?:did|does|do) not|failed to|fails to|fail to) )?{_ADVERB}"
    rf"(?P<verb>{_ALTERNATIVES}) "
    r"(?P<object>[^,;:()\[\]]{3,90}?)(?P<tail>\.?$|,? (?:and|but|while|whereas|when|by|after|during|at|with|through|"
    r"via|compared|as|both|without|\(|p ?[<=]).*$|[,;:(\[].*$)"
)
_ASSOCIATED = re.compile(
    r"^(?P<lead>(?:In conclusion|Overall|Moreover|However|In addition|We found that),? )?"
    r"(?P<subject>[^,;:()\[\]]{3,80}?) (?P<copula>is|are|was|were) "
    rf"(?P<denial>not )?{_ADVERB}(?P<verb>associated with|related to|linked to|correlated with|effective in|"
    r"effective for|effective against|safe in|safe for|beneficial for|beneficial in|ineffective in|ineffective for|"
    r"ineffective against|superior to|inferior to|more effective than|less effective than|required for|"
    r"essential for|involved in|expressed in|caused by) "
    r"(?P<object>[^,;:()\[\]]{3,90}?)(?P<tail>\.?$|,? (?:and|but|while|whereas|when|after|during|compared|as|p ?[<=]).*$"
    r"|[,;:(\[].*$)"
)
#: A subject or an object with one of these words is not a simple phrase, or points elsewhere.
_NOT_SIMPLE = re.compile(
    r"\b(that|which|who|whose|what|how|and|or|but|if|whether|when|where|as|than|not|no|neither|nor|we|it|its|this|these|"
    r"those|they|their|few|any|many|most|some|he|she|his|her|there|both|all|each|one|none|only|may|might|could|can|would|should|will|is|are|"
    r"was|were|be|been|being|has|have|had|to|i|our|such|other|others|same|former|latter|above|following)\b",
    re.IGNORECASE,
)
_PREPOSITION_FIRST = re.compile(
    r"^(in|on|at|by|for|with|from|after|before|during|to|under|although|while|because|since|despite|among|between|"
    r"here|using|when|results?|data|findings?|objectives?|aims?|background|methods?|conclusions?)\b",
    re.IGNORECASE,
)
#: A past form after one of these words, or after an adverb, is a participle: "with decreased expression".
_PARTICIPLE_AFTER = re.compile(
    r"\b(of|with|in|on|by|for|from|at|to|under|exhibit|exhibits|exhibited|showed|shows|show|single|a|an|the|concomitantly|"
    r"via|through|during|after|before|any|does|did|do|has|have|had|reported|found|revealed|displayed|demonstrated|"
    r"use|the use of|increased|decreased)$|ly$",
    re.IGNORECASE,
)
#: The last word of a phrase that was cut off: a preposition, or an adjective whose noun stands elsewhere.
_UNFINISHED = re.compile(
    r"\b(of|in|on|for|with|to|by|from|at|a|an|the|great|disease-free|\w+(?:al|ic|ous|ive|ar|ory|ible|able))$",
    re.IGNORECASE,
)
#: Nouns with the ending of an adjective.
_NOUNS = frozenset(
    "trial hospital survival renewal withdrawal animal signal meal removal mineral arrival control interval approval "
    "retinal potential cancer calcium clinic music topic traffic narcotic antibiotic pelvic collar sugar memory "
    "history factory laboratory territory variable vegetable alcohol cholesterol panic colic epidemic pandemic plastic "
    "analgesic diuretic anesthetic anaesthetic antipsychotic ethanol methanol retinol menthol additive motive olive "
    "adjective endive neuroleptic antiseptic logic metabolic individual appraisal dismissal intestinal material".split()
) - {"retinal", "pelvic", "metabolic", "intestinal"}
_ADVERB_FIRST = re.compile(r"^\w+ly(\s|$)")
#: An object that begins so tells the size of the effect, and not what is affected.
_AMOUNT = re.compile(
    r"^(a|an|the|significant|significantly|marked|greater|lower|higher|further|large|larger|small|smaller|similar|"
    r"\d)\b.*\b(increase|decrease|reduction|change|rise|fall|improvement|difference|effect|stimulat)",
    re.IGNORECASE,
)
MOST_WORDS = 11


class Statement(NamedTuple):
    """A clause of a sentence. ``copula``: ``is``, ``are``, ``was`` or ``were`` before the predicate, empty for a verb.
    ``predicate``: the base of the verb, or the adjective with its preposition. ``tense``: ``base``, ``third`` or
    ``past``. ``before`` and ``after``: the rest of the sentence."""

    subject: str
    copula: str
    predicate: str
    object: str
    denied: bool
    tense: str
    before: str
    after: str


def statement_of(sentence: str) -> Statement | None:
    """Returns the statement that a sentence makes, or None if it does not have the form of a simple statement."""
    if sentence.endswith("?"):
        return None
    for pattern in (_STATEMENT, _ASSOCIATED):
        match = pattern.match(sentence)
        if match is None:
            continue
        subject, thing = match["subject"].strip(), match["object"].strip().rstrip(".")
        if not (_is_phrase(subject) and _is_phrase(thing)):
            continue
        if _PARTICIPLE_AFTER.search(subject) or _ADVERB_FIRST.match(thing) or _AMOUNT.match(thing):
            continue
        last = thing.split()[-1].lower()
        if _UNFINISHED.search(thing) and last not in _NOUNS:
            continue
        if _UNFINISHED.search(subject) and subject.split()[-1].lower() not in _NOUNS:
            continue
        denied = match["denial"] is not None
        fields = match.groupdict()
        copula = fields.get("copula") or ""
        verb, tense = (
            (match["verb"], "past") if copula else (_FORMS[match["verb"]][0].base, _FORMS[match["verb"]][1])
        )
        # A base form without an auxiliary needs a plural subject; the others are nouns ("the lower limit").
        if tense == "base" and not denied and not subject.endswith("s"):
            continue
        if tense != "base" and denied and not copula:
            continue
        if denied and not copula:
            tense = "past" if match["denial"] in ("did not", "failed to") else "third"
        return Statement(subject, copula, verb, thing, denied, tense, match["lead"] or "", match["tail"])
    return None


def _is_phrase(phrase: str) -> bool:
    return (
        len(phrase.split()) <= MOST_WORDS
        and not _NOT_SIMPLE.search(phrase)
        and not _PREPOSITION_FIRST.match(phrase)
        and sum(c.isalpha() for c in phrase) >= 0.7 * len(phrase)
    )


def statements(sentences: list[str]) -> Iterator[tuple[int, Statement]]:
    """Yields the statements of a text with the numbers of their sentences."""
    for number, sentence in enumerate(sentences):
        statement = statement_of(sentence)
        if statement is not None:
            yield number, statement
