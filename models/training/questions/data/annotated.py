"""Makes questions from abstracts in which people annotated mentions and relations.

There are only few golden questions, so these add to them. A relation gives one question for each of its sides ("Which
protein is inhibited by gefitinib?"). A title gives one question for each name in it ("Effects of which drug on blood
pressure?"), like the cloze questions of Lewis et al. (2019). But its context is the abstract, so that the answer
cannot be found by matching words.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...relations.data.readers import CORPORA
from ...relations.data.texts import Mention, Text
from .examples import SpanExample, occurrences

#: The corpora and parts that questions are made from. The relation model trains on them too.
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
#: For (type of the subject, type of the object, relation): the questions about the subject, which name the object, and
#: the questions about the object, which name the subject.
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
_QUESTION_WORDS = {
    "Gene": ("which gene", "which protein"),
    "Disease": ("which disease", "which disorder"),
    "Chemical": ("which drug", "which chemical", "which compound"),
    "Variant": ("which mutation",),
}


def annotated_questions(root: Path, rng: random.Random) -> list[SpanExample]:
    """Returns the questions from relations and from titles on every abstract of :data:`SETS`."""
    texts = [text for name, part in SETS for text in CORPORA[name](root, part)]
    return [e for text in texts for e in (*relation_questions(text, rng), *title_questions(text, rng))]


def relation_questions(text: Text, rng: random.Random) -> Iterator[SpanExample]:
    """Yields one question for each name and each of its relations. The answers are all its partners."""
    partners: dict[tuple[str, tuple[str, str, str], int], set[int]] = defaultdict(set)
    for target in text.targets:
        if not target.pairs:
            continue
        for label in target.labels:
            subjects, objects = ({pair[side] for pair in target.pairs} for side in (0, 1))
            subject, other = text.mentions[min(subjects)], text.mentions[min(objects)]
            relation = (subject.type, other.type, label)
            if relation in WORDINGS:
                partners[_longest_name(text, objects), relation, 0] |= subjects
                partners[_longest_name(text, subjects), relation, 1] |= objects
    for (name, relation, side), answers in partners.items():
        question = rng.choice(WORDINGS[relation][side]).format(name)
        example = _example(text, question, (text.mentions[i] for i in answers), 0)
        if example is not None:
            yield example


def title_questions(text: Text, rng: random.Random) -> Iterator[SpanExample]:
    """Yields a question for each name in the title that the abstract mentions too: the title with a question word
    instead of the name."""
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
        replaced = (
            f"{title[: mention.start]}{rng.choice(_QUESTION_WORDS[mention.type])}{title[mention.end :]}"
        )
        question = replaced.strip(" .?[]") + "?"
        same = (
            m
            for m in text.mentions
            if set(m.concepts) & set(mention.concepts) or text.text[m.start : m.end].lower() == name.lower()
        )
        example = _example(text, question[0].upper() + question[1:], same, len(title) + 1)
        if example is not None:
            yield example


def _longest_name(text: Text, mentions: Iterable[int]) -> str:
    """Returns the longest name of the mentions, because an abbreviation alone is ambiguous."""
    names = (text.text[text.mentions[i].start : text.mentions[i].end] for i in sorted(mentions))
    return max(names, key=len)


def _example(text: Text, question: str, answers: Iterable[Mention], start: int) -> SpanExample | None:
    """Returns a question on ``text`` from ``start``, or ``None`` if no answer occurs there or if the question contains
    an answer."""
    context = text.text[start:].replace("\n", " ")
    names = {text.text[m.start : m.end] for m in answers}
    if occurrences(question, names):
        return None
    places = occurrences(context, names)
    return SpanExample(question, context, places, f"made-{text.id}") if places else None
