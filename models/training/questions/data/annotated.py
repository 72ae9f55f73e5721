"""Questions made from abstracts in which people have marked names and relations.

The golden questions are few. A relation gives one for each of its sides ("Which protein is inhibited
by gefitinib?"), a title one for each of its names ("Effects of which drug on blood pressure?", after
the cloze questions of Lewis et al. 2019, but with the abstract as the context, so that the answer is not
found by matching words).
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...relations.data.readers import CORPORA
from ...relations.data.texts import Mention, Text
from .examples import SpanExample, occurrences

#: Corpora with the parts that are read: those that relations are trained on.
SETS = (("ChemProt", "train"), ("DrugProt", "dev"), ("BC5CDR", "train"), ("BioRED", "train"))
_TREATS = (
    ("Which drug is used for the treatment of {}?", "What can be given for {}?"),
    ("Which disease is treated with {}?", "What is {} used for?"),
)
_CAUSES = (
    ("Which drug causes {}?", "Which chemical induces {}?", "What can lead to {}?"),
    ("Which disease is caused by {}?", "What is a side effect of {}?", "What does {} induce?"),
)
_GENES = (
    ("Which gene is associated with {}?", "Which gene is involved in {}?", "Which protein is linked to {}?"),
    ("Which disease is associated with {}?", "{} plays a role in which disorder?"),
)
_PARTNERS = ("Which protein interacts with {}?", "What is associated with {}?")
#: (type of the subject, of the object, relation) → questions for the subject, which name the object,
#: and for the object, which name the subject.
WORDINGS: dict[tuple[str, str, str], tuple[Sequence[str], Sequence[str]]] = {
    ("Chemical", "Gene", "inhibitor"): (
        ("Which drug inhibits {}?", "Name an inhibitor of {}.", "What reduces {}?"),
        ("Which protein is inhibited by {}?", "What is the target of {}?", "What does {} inhibit?"),
    ),
    ("Chemical", "Gene", "activator"): (
        ("Which chemical activates {}?", "What increases the expression of {}?"),
        ("Which protein is activated by {}?", "Which gene is induced by {}?"),
    ),
    ("Chemical", "Gene", "agonist"): (
        ("Name an agonist of {}.", "Which drug stimulates {}?"),
        ("{} is an agonist of which receptor?", "Which receptor does {} activate?"),
    ),
    ("Chemical", "Gene", "antagonist"): (
        ("Which drug is an antagonist of {}?", "What blocks {}?"),
        ("Which receptor is blocked by {}?", "{} is an antagonist of which receptor?"),
    ),
    ("Chemical", "Gene", "substrate or product"): (
        ("What is a substrate or product of {}?", "Which molecule does {} act on?"),
        ("Which enzyme metabolizes {}?", "Which protein is responsible for {}?"),
    ),
    ("Chemical", "Disease", "induces"): _CAUSES,
    ("Chemical", "Disease", "Positive_Correlation"): _CAUSES,
    ("Chemical", "Disease", "Negative_Correlation"): _TREATS,
    ("Gene", "Disease", "Association"): _GENES,
    ("Gene", "Disease", "Positive_Correlation"): _GENES,
    ("Disease", "Variant", "Association"): (
        ("Which disease is associated with the mutation {}?",),
        ("Which mutation is associated with {}?", "Which mutation is found in {}?"),
    ),
    ("Gene", "Gene", "Association"): (_PARTNERS, _PARTNERS),
    ("Gene", "Gene", "Bind"): (_PARTNERS, _PARTNERS),
}
_ASKED = {
    "Gene": ("which gene", "which protein"),
    "Disease": ("which disease", "which disorder"),
    "Chemical": ("which drug", "which chemical", "which compound"),
    "Variant": ("which mutation",),
}


def annotated_questions(root: Path, rng: random.Random) -> list[SpanExample]:
    """Questions of both kinds on every abstract of :data:`SETS`."""
    texts = [text for name, part in SETS for text in CORPORA[name](root, part)]
    return [e for text in texts for e in (*relation_questions(text, rng), *title_questions(text, rng))]


def relation_questions(text: Text, rng: random.Random) -> Iterator[SpanExample]:
    """For each name and relation that it stands in, one question for all its partners."""
    asked: dict[tuple[str, tuple[str, str, str], int], set[int]] = defaultdict(set)
    for target in text.targets:
        if not target.pairs:
            continue
        for label in target.labels:
            subjects, objects = ({pair[side] for pair in target.pairs} for side in (0, 1))
            subject, other = text.mentions[min(subjects)], text.mentions[min(objects)]
            relation = (subject.type, other.type, label)
            if relation in WORDINGS:
                asked[_fullest(text, objects), relation, 0] |= subjects
                asked[_fullest(text, subjects), relation, 1] |= objects
    for (name, relation, side), answers in asked.items():
        question = rng.choice(WORDINGS[relation][side]).format(name)
        example = _example(text, question, (text.mentions[i] for i in answers), 0)
        if example is not None:
            yield example


def title_questions(text: Text, rng: random.Random) -> Iterator[SpanExample]:
    """For each name of the title that the abstract names too: the title with a question word in its place."""
    title, _, _ = text.text.partition("\n")
    for number, mention in enumerate(text.mentions):
        name = text.text[mention.start : mention.end]
        overlapped = any(
            other.start < mention.end and mention.start < other.end
            for i, other in enumerate(text.mentions)
            if i != number
        )
        if mention.end > len(title) or overlapped or len(occurrences(title, [name])) != 1:
            continue
        asked = f"{title[: mention.start]}{rng.choice(_ASKED[mention.type])}{title[mention.end :]}"
        question = asked.strip(" .?[]") + "?"
        same = (
            m
            for m in text.mentions
            if set(m.concepts) & set(mention.concepts) or text.text[m.start : m.end].lower() == name.lower()
        )
        example = _example(text, question[0].upper() + question[1:], same, len(title) + 1)
        if example is not None:
            yield example


def _fullest(text: Text, mentions: Iterable[int]) -> str:
    """The longest of the names: abbreviations say too little on their own."""
    names = (text.text[text.mentions[i].start : text.mentions[i].end] for i in sorted(mentions))
    return max(names, key=len)


def _example(text: Text, question: str, answers: Iterable[Mention], start: int) -> SpanExample | None:
    """On ``text`` from ``start``; ``None`` where no answer stands there, or it stands in the question."""
    context = text.text[start:].replace("\n", " ")
    names = {text.text[m.start : m.end] for m in answers}
    if occurrences(question, names):
        return None
    places = occurrences(context, names)
    return SpanExample(question, context, places, f"made-{text.id}") if places else None
