"""Sentence mixing: sentences are taken out of their abstracts and put among sentences of other abstracts.

An abstract argues one point from its title to its end, but a paragraph of a review puts together statements of
many papers. A model that has read only whole abstracts misses statements of single sentences, and it takes
names that stand near each other for related.

The corpora annotate relations of a whole abstract without the sentence that states them. We take a relation to be
stated by the pairs of mentions that a model trained on whole abstracts scores highest (the "at least one"
assumption: Zeng et al. 2015, Distant supervision via piecewise convolutional neural networks, section 3.5).
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .heads import BY_NAME
from .texts import Mention, Target, Text, by_concept, concept_pairs, crossed, sentence_of, sentences

#: Sentences put together, drawn evenly.
_SIZES = (1, 1, 1, 1, 2, 2, 3, 5)

#: Two concepts, or two mentions, without order.
Couple = frozenset
#: Maps each related pair of concepts to the pairs of mentions that state the relation.
Stating = Mapping[Couple[str], frozenset[Couple[int]]]


class Statement(NamedTuple):
    """A sentence of a text. ``stated``: labels of two concepts, and the numbers of the mentions here
    that say so. ``related``: all couples that the whole text relates, here or elsewhere."""

    text: str
    mentions: tuple[Mention, ...]
    head: str
    stated: dict[Couple[str], tuple[tuple[str, ...], frozenset[Couple[int]]]]
    related: frozenset[Couple[str]]


def document_head(text: Text) -> str | None:
    """The head that speaks of the whole text; None where each target is of one sentence."""
    heads = (t.head for t in text.targets if BY_NAME[t.head].scope == "document")
    return next(heads, None)


def statements_of(text: Text, stating: Stating) -> list[Statement]:
    """Returns the sentences of a text that hold mentions."""
    head = document_head(text)
    labels = {Couple(t.key): t.labels for t in text.targets if t.labels}
    spans = sentences(text.text, text.mentions)
    place = [sentence_of(spans, mention) for mention in text.mentions]
    found = []
    for number, (start, end) in enumerate(spans):
        own = [m for m, at in enumerate(place) if at == number and text.mentions[m].end <= end]
        if not own or head is None:
            continue
        here = {mention: index for index, mention in enumerate(own)}
        stated = {}
        for key, pairs in stating.items():
            inside = frozenset(Couple(here[m] for m in pair) for pair in pairs if pair <= here.keys())
            if inside:
                stated[key] = (labels[key], inside)
        mentions = tuple(_moved(text.mentions[m], -start) for m in own)
        found.append(Statement(text.text[start:end], mentions, head, stated, frozenset(labels)))
    return found


def mixed_texts(statements: Sequence[Statement], rng: random.Random) -> list[Text]:
    """All statements once, in random order, put together to texts of one to five sentences."""
    by_head: dict[str, list[Statement]] = {}
    for statement in statements:
        by_head.setdefault(statement.head, []).append(statement)
    found = []
    for own in by_head.values():
        rng.shuffle(own)
        place = 0
        while place < len(own):
            size = rng.choice(_SIZES)
            found.append(together(own[place : place + size]))
            place += size
    return found


def together(statements: Sequence[Statement]) -> Text:
    """One text of these sentences. Two concepts are related where a sentence states it, and not where none of
    their texts relates them; what a text relates but perhaps not in this sentence is not asked."""
    mentions: list[Mention] = []
    stated: dict[Couple[str], tuple[tuple[str, ...], set[Couple[int]]]] = {}
    at = 0
    for statement in statements:
        first = len(mentions)
        for key, (labels, pairs) in statement.stated.items():
            _, known = stated.setdefault(key, (labels, set()))
            known.update(Couple(m + first for m in pair) for pair in pairs)
        mentions.extend(_moved(m, at) for m in statement.mentions)
        at += len(statement.text) + 1
    related = frozenset().union(*(statement.related for statement in statements))
    head = statements[0].head
    targets = []
    concepts = by_concept(mentions)
    for first, second in concept_pairs(list(concepts)):
        pairs = crossed(concepts[first], concepts[second])
        key = Couple((first[1], second[1]))
        if (first[0], second[0]) not in BY_NAME[head].pairs or not pairs or len(key) < 2:
            continue
        if key in stated:
            labels, stating = stated[key]
            pairs = tuple(pair for pair in pairs if Couple(pair) in stating)
            if pairs:
                targets.append(Target(head, labels, pairs, (first[1], second[1])))
        elif key not in related:
            targets.append(Target(head, (), pairs, (first[1], second[1])))
    text = " ".join(statement.text for statement in statements)
    return Text("mixed", text, tuple(mentions), tuple(targets))


def _moved(mention: Mention, by: int) -> Mention:
    return mention._replace(start=mention.start + by, end=mention.end + by)
