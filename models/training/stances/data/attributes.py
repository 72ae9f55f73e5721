"""Written sentences on other claims than effects: usefulness, safety, kinds and traits, and comparisons of groups.

Each table row has sentences that state something, sentences that deny it, and the questions that ask for it. A question
of the row is supported by the first and contradicted by the second; a question about another subject is not answered.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ...common.iob import read_iob, spans_of
from ...questions.data.examples import MAYBE, NO, YES
from .stance import StanceExample
from .wording import is_plural, lowered, raised, sentence


class Attribute(NamedTuple):
    """Templates with the slots ``{s}`` (subject), ``{o}`` (object), ``{is}`` and ``{does}`` (present forms that agree
    with the subject).

    ``questions`` ask whether the sentences of ``stated`` are true; ``contrary`` ask for the opposite.
    """

    stated: tuple[str, ...]
    denied: tuple[str, ...]
    questions: tuple[str, ...]
    contrary: tuple[str, ...] = ()


USEFUL = Attribute(
    (
        "{s} {is} effective in {o}",
        "{s} {is} effective against {o}",
        "{s} {is} an effective treatment for {o}",
        "{s} {is} approved for {o}",
        "{s} {is} the treatment of choice for {o}",
        "{s} {is} beneficial in {o}",
        "{s} {is} used to treat {o}",
        "patients with {o} responded to {s}",
        "{s} showed activity against {o}",
        "{o} responded well to {s}",
    ),
    (
        "{s} {is} ineffective in {o}",
        "{s} {is} not effective in {o}",
        "{s} {is} of no benefit in {o}",
        "{s} {has} no activity against {o}",
        "{s} {has} no role in {o}",
        "{s} {is} not useful in {o}",
        "{o} did not respond to {s}",
        "{s} {does} not work in {o}",
        "{s} failed to improve {o}",
        "{s} showed no benefit in {o}",
        "no benefit of {s} was seen in {o}",
    ),
    (
        "{Is} {s} effective in {o}?",
        "{Is} {s} effective for {o}?",
        "{Is} {s} effective against {o}?",
        "{Does} {s} work in {o}?",
        "{Does} {s} help in {o}?",
        "{Is} {s} beneficial in {o}?",
        "Can {s} be used to treat {o}?",
        "{Is} {s} active against {o}?",
    ),
    (
        "{Is} {s} ineffective in {o}?",
        "{Is} {s} of no use in {o}?",
        "{Does} {s} fail in {o}?",
        "Was {s} unsuccessful in {o}?",
    ),
)
SAFE = Attribute(
    (
        "{s} {is} safe in {o}",
        "{s} {is} well tolerated in {o}",
        "{s} can be given safely in {o}",
        "{s} {is} recommended in {o}",
        "{s} caused no harm in {o}",
    ),
    (
        "{s} {is} contraindicated in {o}",
        "{s} {is} not safe in {o}",
        "{s} {is} unsafe in {o}",
        "{s} should be avoided in {o}",
        "{s} must not be given in {o}",
        "{s} {is} not recommended in {o}",
        "{s} caused serious harm in {o}",
    ),
    (
        "{Is} {s} safe in {o}?",
        "Can {s} be given in {o}?",
        "{Is} {s} recommended in {o}?",
        "{Is} {s} safe to use in {o}?",
    ),
    ("{Is} {s} contraindicated in {o}?", "Should {s} be avoided in {o}?", "{Is} {s} harmful in {o}?"),
)
#: Sentences that name both, and do not say whether one helps, harms or is safe in the other.
_SILENT = (
    "{s} {is} being studied in {o}",
    "it is not known whether {s} {is} of use in {o}",
    "the aim was to assess {s} in {o}",
    "we reviewed the records of 212 patients with {o} who had received {s}",
    "patients with {o} were randomised to {s} or placebo",
    "the efficacy and safety of {s} in {o} remain to be determined",
    "the dose of {s} in {o} was 10 mg twice daily",
    "further trials of {s} in {o} are needed",
    "levels of {s} were measured in {o}",
    "{s} may be of use in {o}, but trials are lacking",
    "{s} might be effective in {o}",
    "is {s} effective in {o}?",
    "{o} was an exclusion criterion of the trial of {s}",
)
SAFETY_SETTINGS = (
    "pregnancy", "breast-feeding", "children", "older adults", "renal failure", "liver disease", "heart failure", "asthma",
    "patients with epilepsy", "infants", "women of childbearing age", "patients with diabetes",
)  # fmt: skip

_NAME = re.compile(r"[\w-]+(?: [\w-]+){0,3}")

#: Groups of properties of which a subject has only one, with the kinds of subjects that have them.
PROPERTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("disease", ("an autosomal dominant", "an autosomal recessive", "an X-linked", "a mitochondrial")),
    ("tumour", ("a benign tumour", "a malignant tumour")),
    ("drug", ("a tyrosine kinase inhibitor", "a monoclonal antibody", "an antihistamine", "a beta blocker")),
    ("drug", ("an oral drug", "an intravenous drug")),
    ("protein", ("a tumour suppressor", "an oncogene")),
    ("protein", ("a membrane protein", "a nuclear protein", "a secreted protein")),
    ("drug", ("an agonist of the receptor", "an antagonist of the receptor")),
    ("microbe", ("a virus", "a bacterium", "a fungus", "a parasite")),
    ("disease", ("a viral", "a bacterial", "a parasitic", "an autoimmune", "a genetic")),
    ("disease", ("a common", "a rare")),
)
_HEADS = {"disease": "disorder"}
_GROUP_PAIRS = (
    ("men", "women"), ("children", "adults"), ("smokers", "non-smokers"), ("boys", "girls"),
    ("older patients", "younger patients"), ("diabetic patients", "non-diabetic patients"),
    ("urban areas", "rural areas"), ("black patients", "white patients"), ("the drug group", "the placebo group"),
)  # fmt: skip


class Names(NamedTuple):
    """Names of diseases and of chemicals."""

    diseases: Sequence[str]
    chemicals: Sequence[str]


def read_names(root: Path) -> Names:
    """Reads the names of at least two words, or of at least five letters, that BC5CDR (Li et al. 2016) marks in its
    training abstracts."""

    def names(task: str) -> list[str]:
        found: set[str] = set()
        for words, tags in read_iob(root / "ner" / f"BC5CDR-{task}" / "train.tsv"):
            found.update(" ".join(words[start:end]) for _, start, end in spans_of(tags))
        found = {name.replace(" - ", "-") for name in found}
        return sorted(name for name in found if _NAME.fullmatch(name) and len(name) >= 5)

    return Names(names("disease"), names("chem"))


def written(names: Names, rng: random.Random, count: int) -> Iterator[StanceExample]:
    """Yields examples on about ``count`` written sentences."""
    for _ in range(count):
        kind = rng.random()
        if kind < 0.5:
            yield from _useful_or_safe(names, rng)
        elif kind < 0.6:
            yield from _causes(names, rng)
        elif kind < 0.8:
            yield from _properties(names, rng)
        else:
            yield from _groups(names.diseases, rng)


def _filled(template: str, subject: str, thing: str) -> str:
    plural = is_plural(subject)
    forms = {
        "s": lowered(subject),
        "o": lowered(thing),
        "is": "are" if plural else "is",
        "has": "have" if plural else "has",
        "does": "do" if plural else "does",
        "Is": "Are" if plural else "Is",
        "Does": "Do" if plural else "Does",
    }
    return raised(template.format(**forms))


def _useful_or_safe(names: Names, rng: random.Random) -> Iterator[StanceExample]:
    useful = rng.random() < 0.65
    attribute = USEFUL if useful else SAFE
    subject, other_subject = rng.sample(names.chemicals, 2)
    thing, other = rng.sample(names.diseases if useful else SAFETY_SETTINGS, 2)
    holds = rng.random() < 0.5
    text = _filled(rng.choice(attribute.stated if holds else attribute.denied), subject, thing)
    context = ""
    roll = rng.random()
    if roll < 0.3:
        # The sentence before says the opposite of another object, and the subject becomes a pronoun.
        context = sentence(
            _filled(rng.choice(attribute.denied if holds else attribute.stated), subject, other)
        )
        if text.startswith(raised(lowered(subject)) + " "):
            text = f"{'They' if is_plural(subject) else 'It'}{text[len(subject) :]}"
    elif roll < 0.55:
        text += rng.choice((" but not in ", ", in contrast to ", ", unlike in ")) + lowered(other)
        if holds:
            yield StanceExample(
                _filled(rng.choice(attribute.questions), subject, other), sentence(text), "", NO
            )
    text = sentence(text)
    stance = YES if holds else NO
    yield StanceExample(_filled(rng.choice(attribute.questions), subject, thing), text, context, stance)
    if rng.random() < 0.3:
        stance = NO if holds else YES
        yield StanceExample(_filled(rng.choice(attribute.contrary), subject, thing), text, context, stance)
    if rng.random() < 0.5:
        yield StanceExample(
            _filled(rng.choice(attribute.questions), other_subject, thing), text, context, MAYBE
        )
    if rng.random() < 0.5:
        silent = sentence(_filled(rng.choice(_SILENT), subject, thing))
        yield StanceExample(_filled(rng.choice(attribute.questions), subject, thing), silent, context, MAYBE)


def _properties(names: Names, rng: random.Random) -> Iterator[StanceExample]:
    kind, values = rng.choice(PROPERTIES)
    head = _HEADS.get(kind)
    subjects = names.diseases if kind in ("disease", "tumour", "microbe") else names.chemicals
    subject = rng.choice(subjects)
    value, other = (f"{v} {head}" if head else v for v in rng.sample(values, 2))
    s, plural = lowered(subject), is_plural(subject)
    if plural:
        return
    stated = [f"{s} is {value}", f"{s}, {value}, was studied here", f"like many others, {s} is {value}"]
    if head:
        trait = value.removesuffix(f" {head}")
        stated += [f"{s} is inherited as {trait} trait", f"inheritance of {s} is {trait.split(' ', 1)[1]}"]
    if rng.random() < 0.65:
        text = sentence(rng.choice(stated))
        yield StanceExample(f"Is {s} {value}?", text, "", YES)
        yield StanceExample(f"Is {s} {other}?", text, "", NO)
    else:
        text = sentence(
            rng.choice(
                (
                    f"{s} is not {value}",
                    f"{s} is {other}, not {value}",
                    f"{s} is no longer thought to be {value}",
                )
            )
        )
        yield StanceExample(f"Is {s} {value}?", text, "", NO)
    if rng.random() < 0.6:
        yield StanceExample(f"Is {lowered(rng.choice(subjects))} {value}?", text, "", MAYBE)


def _causes(names: Names, rng: random.Random) -> Iterator[StanceExample]:
    """Two causes with their effects, or two drugs with their uses: each belongs to one of them only."""
    s, t = (lowered(name) for name in rng.sample(names.chemicals, 2))
    o, p = (lowered(name) for name in rng.sample(names.diseases, 2))
    verb, passive = rng.choice(
        (("cause", "is caused by"), ("treat", "is treated with"), ("prevent", "is prevented by"))
    )
    text = sentence(
        rng.choice(
            (
                f"{s} {verb}s {o}, whereas {p} {passive} {t}",
                f"{s} {verb}s {o}, while {t} {verb}s {p}",
                f"{o} {passive} {s} and {p} by {t}"
                if verb != "treat"
                else f"{o} {passive} {s} and {p} with {t}",
                f"{o} {passive} {s}, in contrast to {p}, which {passive} {t}",
                f"the {verb if verb == 'cause' else 'drug'} of {o} is {s}; that of {p} is {t}"
                if verb == "cause"
                else f"for {o} one gives {s}, for {p} {t}",
            )
        )
    )
    ask = rng.choice((f"Does {{0}} {verb} {{1}}?", f"Can {{0}} {verb} {{1}}?", f"{{1}} {passive} {{0}}?"))

    def question(one: str, thing: str) -> str:
        if ask.startswith("{1}"):
            return f"Is {thing} {passive.removeprefix('is ')} {one}?"
        return ask.format(one, thing)

    yield StanceExample(question(s, o), text, "", YES)
    yield StanceExample(question(t, p), text, "", YES)
    yield StanceExample(question(s, p), text, "", NO if verb == "cause" else MAYBE)
    yield StanceExample(question(t, o), text, "", NO if verb == "cause" else MAYBE)


def _groups(diseases: Sequence[str], rng: random.Random) -> Iterator[StanceExample]:
    one, other = rng.sample(rng.choice(_GROUP_PAIRS), 2)
    o, another = (lowered(d) for d in rng.sample(diseases, 2))
    more = [
        f"{o} was more common in {one} than in {other}",
        f"{o} was less common in {other} than in {one}",
        f"the risk of {o} was higher in {one} than in {other}",
        f"{o} occurred more often in {one} than in {other}",
        f"{one} had twice the risk of {o} of {other}",
        f"{one} are affected by {o} three times as often as {other}",
        f"{o} affects {one} more often than {other}",
        f"{o} was found in {rng.randint(21, 60)}% of {one} and in {rng.randint(2, 20)}% of {other}",
    ]
    equal = [
        f"{o} was equally common in {one} and {other}",
        f"{one} and {other} were affected equally by {o}",
        f"the risk of {o} did not differ between {one} and {other}",
        f"no difference in {o} was found between {one} and {other}",
        f"{o} occurred as often in {one} as in {other}",
    ]

    def asked(first: str, second: str) -> str:
        return rng.choice(
            (
                f"Is {o} more common in {first} than in {second}?",
                f"Does {o} affect {first} more often than {second}?",
                f"Is the risk of {o} higher in {first} than in {second}?",
                f"Do {first} have a higher risk of {o} than {second}?",
                f"Is {o} less common in {second} than in {first}?",
            )
        )

    if rng.random() < 0.4:
        text = sentence(rng.choice(more).replace(o, another))
        yield StanceExample(asked(one, other), text, "", MAYBE)
    difference = rng.choice(
        (
            f"Does the risk of {o} differ between {one} and {other}?",
            f"Does {o} differ between {one} and {other}?",
        )
    )
    if rng.random() < 0.5:
        text = sentence(rng.choice(more))
        yield StanceExample(asked(one, other), text, "", YES)
        yield StanceExample(asked(other, one), text, "", NO)
        yield StanceExample(difference, text, "", YES)
    else:
        text = sentence(rng.choice(equal))
        yield StanceExample(asked(*rng.sample((one, other), 2)), text, "", NO)
        yield StanceExample(difference, text, "", NO)
        yield StanceExample(f"Are {one} and {other} equally affected by {o}?", text, "", YES)
