"""Sentence mixing: makes new texts from sentences of different abstracts.

An abstract has one topic, but a paragraph of a review combines statements of many papers. A model that was trained only
on whole abstracts misses relations that a single sentence states, and it predicts relations between names only because
they are near each other.

Some corpora annotate the relations of a whole abstract, but not the sentences that state them. Here, a relation is
stated by those pairs of mentions that a model trained on whole abstracts scores highest (the "at least one" assumption:
Zeng et al. 2015, Distant supervision via piecewise convolutional neural networks, section 3.5).
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .heads import BY_NAME
from .texts import Mention, Target, Text, by_concept, concept_pairs, crossed, sentence_of, sentences

#: Numbers of sentences in a mixed text; each entry is drawn equally often.
_SIZES = (1, 1, 1, 1, 2, 2, 3, 5)

#: Two concepts or two mentions, without order.
UnorderedPair = frozenset
#: Maps each related pair of concepts to the pairs of mentions that state the relation.
StatingPairs = Mapping[UnorderedPair[str], frozenset[UnorderedPair[int]]]


class Statement(NamedTuple):
    """A sentence of a text. ``stated``: for each pair of concepts that it relates, the labels and the pairs of its
    mentions that state them. ``related``: all pairs of concepts that the whole text relates."""

    text: str
    mentions: tuple[Mention, ...]
    head: str
    stated: dict[UnorderedPair[str], tuple[tuple[str, ...], frozenset[UnorderedPair[int]]]]
    related: frozenset[UnorderedPair[str]]


def document_head(text: Text) -> str | None:
    """Returns the head whose relations are annotated for the whole text, or None if the text has no such head."""
    heads = (t.head for t in text.targets if BY_NAME[t.head].scope == "document")
    return next(heads, None)


def statements_of(text: Text, stating: StatingPairs) -> list[Statement]:
    """Returns the sentences of a text that contain mentions; none if the text has no :func:`document_head`."""
    head = document_head(text)
    labels = {UnorderedPair(t.key): t.labels for t in text.targets if t.labels}
    spans = sentences(text.text, text.mentions)
    sentence_numbers = [sentence_of(spans, mention) for mention in text.mentions]
    statements = []
    for number, (start, end) in enumerate(spans):
        inside_sentence = [
            m for m, at in enumerate(sentence_numbers) if at == number and text.mentions[m].end <= end
        ]
        if not inside_sentence or head is None:
            continue
        new_numbers = {mention: index for index, mention in enumerate(inside_sentence)}
        stated = {}
        for key, pairs in stating.items():
            stating_here = frozenset(
                UnorderedPair(new_numbers[m] for m in pair) for pair in pairs if pair <= new_numbers.keys()
            )
            if stating_here:
                stated[key] = (labels[key], stating_here)
        mentions = tuple(_moved(text.mentions[m], -start) for m in inside_sentence)
        statements.append(Statement(text.text[start:end], mentions, head, stated, frozenset(labels)))
    return statements


def mixed_texts(statements: Sequence[Statement], rng: random.Random) -> list[Text]:
    """Joins all statements, in random order, to texts of one to five sentences with the same head."""
    by_head: dict[str, list[Statement]] = {}
    for statement in statements:
        by_head.setdefault(statement.head, []).append(statement)
    texts = []
    for same_head in by_head.values():
        rng.shuffle(same_head)
        place = 0
        while place < len(same_head):
            size = rng.choice(_SIZES)
            texts.append(join_statements(same_head[place : place + size]))
            place += size
    return texts


def join_statements(statements: Sequence[Statement]) -> Text:
    """Joins sentences to one text.

    Two concepts are related if one of the sentences states it, and unrelated if none of the original texts relates
    them. If an original text relates them but these sentences do not state it, the pair gets no target, because it is
    unknown whether the sentences imply the relation.
    """
    mentions: list[Mention] = []
    stated: dict[UnorderedPair[str], tuple[tuple[str, ...], set[UnorderedPair[int]]]] = {}
    at = 0
    for statement in statements:
        first = len(mentions)
        for key, (labels, pairs) in statement.stated.items():
            _, stating = stated.setdefault(key, (labels, set()))
            stating.update(UnorderedPair(m + first for m in pair) for pair in pairs)
        mentions.extend(_moved(m, at) for m in statement.mentions)
        at += len(statement.text) + 1
    related = frozenset().union(*(statement.related for statement in statements))
    head = statements[0].head
    targets = []
    concepts = by_concept(mentions)
    for first, second in concept_pairs(list(concepts)):
        pairs = crossed(concepts[first], concepts[second])
        key = UnorderedPair((first[1], second[1]))
        if (first[0], second[0]) not in BY_NAME[head].pairs or not pairs or len(key) < 2:
            continue
        if key in stated:
            labels, stating = stated[key]
            pairs = tuple(pair for pair in pairs if UnorderedPair(pair) in stating)
            if pairs:
                targets.append(Target(head, labels, pairs, (first[1], second[1])))
        elif key not in related:
            targets.append(Target(head, (), pairs, (first[1], second[1])))
    text = " ".join(statement.text for statement in statements)
    return Text("mixed", text, tuple(mentions), tuple(targets))


def _moved(mention: Mention, by: int) -> Mention:
    return mention._replace(start=mention.start + by, end=mention.end + by)
