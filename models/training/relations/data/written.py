"""Written sentences: frames of ``written.txt`` filled with names of the training corpora.

The corpora annotate long abstracts, and what a plain sentence states is rarely all there is. A model that was trained
on them alone misses plain statements, relates names of unrelated sentences, and takes resistance to a drug or its
withdrawal for an effect of the drug. Each frame says which of its names are related; all other pairs are unrelated.
Frames and names are divided, so that the dev part has neither frames nor names of the train part.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .heads import BY_NAME
from .texts import Mention, Target, Text, by_concept, concept_pairs, crossed, sentence_of, sentences

_FRAMES = Path(__file__).with_name("written.txt")
_SLOT_TYPES = {"C": "Chemical", "G": "Gene", "D": "Disease"}
#: The labels of each relation of a frame by head. A head that is not named has no label for it.
_LABELS: dict[str, dict[str, str]] = {
    "inhibitor": {"chemical-gene": "inhibitor", "biored": "Negative_Correlation"},
    "antagonist": {"chemical-gene": "antagonist", "biored": "Negative_Correlation"},
    "activator": {"chemical-gene": "activator", "biored": "Positive_Correlation"},
    "agonist": {"chemical-gene": "agonist", "biored": "Positive_Correlation"},
    "substrate or product": {"chemical-gene": "substrate or product", "biored": "Association"},
    "associated": {"gene-disease": "associated", "biored": "Association"},
    "induces": {"chemical-disease": "induces", "biored": "Positive_Correlation"},
    "treats": {"biored": "Negative_Correlation"},
    "positive": {"biored": "Positive_Correlation"},
    "negative": {"biored": "Negative_Correlation"},
    "binds": {"biored": "Bind"},
    "cotreatment": {"biored": "Cotreatment"},
}
#: The pair of a frame that is not trained on.
_OPEN = "?"
#: The product shows chemicals and genes as the head of ChemProt tells them, so that of BioRED is not trained here.
_NOT_TRAINED = ("biored", "Chemical", "Gene")

#: Frames of the dev part begin with this mark.
_DEV_MARK = "* "
#: Number of texts of each part.
_SIZES = {"train": 12000, "dev": 600}
#: Every sixth name is for the dev part.
_DEV_SHARE = 6
#: Numbers of frames in a text; each entry is drawn equally often.
_FRAMES_OF_TEXT = (1, 1, 1, 1, 2, 2, 3, 5)
_LEADS = (
    "In this study, ",
    "We found that ",
    "Our results show that ",
    "These data show that ",
    "It is known that ",
    "Interestingly, ",
    "In conclusion, ",
    "Earlier work showed that ",
)
_TAILS = (
    " in rats",
    " in this cohort",
    " in our patients",
    " in cultured cells",
    " in a randomised trial",
    " within two weeks",
    " in most cases",
    " as expected",
    " (P < 0.01)",
    " in vitro",
)


class Frame(NamedTuple):
    """A sentence with slots. ``relations``: (type, slot of the subject, slot of the object)."""

    kind: str
    part: str
    text: str
    relations: tuple[tuple[str, str, str], ...]


def frames(path: Path = _FRAMES) -> list[Frame]:
    """Reads the frames. Raises ``ValueError`` with the number of a line that breaks the format."""
    kind, found = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            kind = line[3:]
        elif line and not line.startswith("#"):
            text, _, stated = line.removeprefix(_DEV_MARK).partition("\t")
            relations = [re.fullmatch(r"([^:]+): (\w+) > (\w+)", each) for each in stated.split("; ") if each]
            slots = set(re.findall(r"\{(\w+)\}", text))
            known = {*_LABELS, _OPEN}
            if any(not r or r[1] not in known or {r[2], r[3]} - slots for r in relations):
                raise ValueError(f"{path}:{number}: names a relation or a slot that does not exist")
            part = "dev" if line.startswith(_DEV_MARK) else "train"
            found.append(Frame(kind, part, text, tuple((r[1], r[2], r[3]) for r in relations if r)))
    return found


def names_of_part(names: Sequence[str], part: str) -> list[str]:
    """Returns every sixth name for the dev part, and the others for the train part."""
    return [each for i, each in enumerate(names) if (i % _DEV_SHARE == _DEV_SHARE - 1) == (part == "dev")]


def names_of(texts: Sequence[Text]) -> dict[str, list[str]]:
    """Returns the names of chemicals, genes and diseases in texts, each once, sorted."""
    names: dict[str, set[str]] = {kind: set() for kind in _SLOT_TYPES.values()}
    for text in texts:
        for mention in text.mentions:
            name = text.text[mention.start : mention.end]
            if mention.type in names and not mention.is_masked and _is_plain(name):
                names[mention.type].add(name)
    return {kind: sorted(found) for kind, found in names.items()}


def _is_plain(name: str) -> bool:
    return (
        3 <= len(name) <= 32 and name.count(" ") <= 3 and re.fullmatch(r"[\w][\w '/+-]*\w", name) is not None
    )


class _Name(NamedTuple):
    type: str
    text: str


class _Sentence(NamedTuple):
    """A filled frame. ``places``: start and end of each name, and its slot."""

    text: str
    names: dict[str, _Name]
    places: tuple[tuple[int, int, str], ...]
    relations: tuple[tuple[str, str, str], ...]


def written_texts(
    names: dict[str, list[str]], part: str, seed: int = 1, size: int | None = None
) -> list[Text]:
    """Returns texts of one to five filled frames of the part ``train`` or ``dev``."""
    rng = random.Random(f"{part} {seed}")
    own_frames = [frame for frame in frames() if frame.part == part]
    own = {kind: names_of_part(all_names, part) for kind, all_names in names.items()}
    texts = []
    for number in range(size if size is not None else _SIZES[part]):
        sentences_of_text: list[_Sentence] = []
        for _ in range(rng.choice(_FRAMES_OF_TEXT)):
            sentences_of_text.append(_fill(rng.choice(own_frames), own, sentences_of_text, rng))
        texts.append(_text(f"written-{part}-{number}", sentences_of_text))
    return texts


def _fill(
    frame: Frame, names: dict[str, list[str]], before: Sequence[_Sentence], rng: random.Random
) -> _Sentence:
    """Fills a frame. Its names are others than those of the sentences before it, so that nothing is told twice."""
    used = {name.text.lower() for sentence in before for name in sentence.names.values()}
    pattern = re.sub(r"\(([^()]*\|[^()]*)\)", lambda m: rng.choice(m[1].split("|")), frame.text)
    chosen: dict[str, _Name] = {}
    for slot in dict.fromkeys(re.findall(r"\{(\w+)\}", pattern)):
        kind = _SLOT_TYPES[slot[0]]
        name = rng.choice(names[kind])
        while name.lower() in used:
            name = rng.choice(names[kind])
        used.add(name.lower())
        chosen[slot] = _Name(kind, name)
    relations = tuple(r for r in frame.relations if r[1] in chosen and r[2] in chosen)
    return _placed(_decorated(pattern, rng), chosen, relations)


def _decorated(pattern: str, rng: random.Random) -> str:
    """Puts an opening before the sentence and a phrase at its end, both by chance."""
    if pattern.count(". ") == 0 and rng.random() < 0.2:
        pattern = pattern[:-1] + rng.choice(_TAILS) + "."
    if rng.random() < 0.2:
        first = pattern if pattern.startswith("{") else pattern[0].lower() + pattern[1:]
        pattern = rng.choice(_LEADS) + first
    return pattern


def _placed(pattern: str, chosen: dict[str, _Name], relations: tuple[tuple[str, str, str], ...]) -> _Sentence:
    text, places = "", []
    for piece in re.split(r"(\{\w+\})", pattern):
        slot = piece[1:-1] if piece.startswith("{") else None
        shown = chosen[slot].text if slot else piece
        if slot and not text and re.match(r"[a-z]{3}", shown):
            shown = shown[0].upper() + shown[1:]
        if slot:
            places.append((len(text), len(text) + len(shown), slot))
        text += shown
    return _Sentence(text, chosen, tuple(places), relations)


def _text(identifier: str, filled: Sequence[_Sentence]) -> Text:
    """Joins filled frames to one text with a target for every pair and head; the open pairs have none."""
    text, mentions = "", []
    stated: dict[frozenset[str], tuple[str, str]] = {}
    for number, sentence in enumerate(filled):
        base = len(text) + 1 if text else 0
        text += (" " if text else "") + sentence.text
        concept = {slot: f"{number}{slot}" for slot in sentence.names}
        for start, end, slot in sentence.places:
            mentions.append(Mention(base + start, base + end, sentence.names[slot].type, (concept[slot],)))
        for kind, subject, other in sentence.relations:
            stated[frozenset((concept[subject], concept[other]))] = (kind, concept[subject])
    spans = sentences(text, mentions)
    place = [sentence_of(spans, mention) for mention in mentions]
    concepts = by_concept(mentions)
    targets: list[Target] = []
    for first, second in concept_pairs(list(concepts)):
        kind = stated.get(frozenset((first[1], second[1])), ("", ""))[0]
        if kind == _OPEN:
            continue
        pairs = crossed(concepts[first], concepts[second])
        near = tuple((a, b) for a, b in pairs if place[a] == place[b])
        for name, head in BY_NAME.items():
            label = _LABELS[kind].get(name) if kind else None
            if (first[0], second[0]) not in head.pairs or (name, first[0], second[0]) == _NOT_TRAINED:
                continue
            if head.scope == "sentence":
                targets += [Target(name, (label,) if label else (), (pair,)) for pair in near]
            else:
                # A relation is told by the sentence that has both names, if there is one.
                told = near if label and near else pairs
                targets.append(Target(name, (label,) if label else (), told, (first[1], second[1])))
    return Text(identifier, text, tuple(mentions), tuple(targets))
