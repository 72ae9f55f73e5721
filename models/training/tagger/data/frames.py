"""Frames: sentence templates that are filled with names of terminologies.

A tagger that was trained only on abstracts relies on the context instead of the name: in "We studied X." it finds no
gene, whatever X is. In these sentences the context is the same for every type, so that only the name tells the type.
The names come from :mod:`training.tagger.data.names`. Every word outside a name is labelled O.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...common.iob import Sentence, read_iob, spans_of
from ...common.pubtator import pubtator_documents
from ...common.words import words_of
from .guidelines import is_person
from .names import NOT_NAMES, read_names, recent_names, short_forms, variant
from .weak import read_abstracts

#: Frames for every type. ``{x}``: a name of any type; ``{n}``: a word that is no name but is used like one.
_NEUTRAL = (
    "We studied {x}.",
    "{x} is discussed below.",
    "Little is known about {x}.",
    "Here we focus on {x} and {x}.",
    "What is known about {x}?",
    "{x}: an update",
    "{x} and {x}: a narrative review",
    "An overview of {x}",
    "{x}",
    "{x} ({x})",
    "{x}, {x} and {x}",
    "{x} versus {x}",
    "Data on {x} were scarce.",
    "Interest in {x} has grown.",
    "The authors mention {x}, {x}, and {x}.",
    "Results for {x} are shown in Table 2.",
    "{x} was not considered further.",
    "The search terms were {x}, {x} and {x}.",
    "Our group has long worked on {x}.",
    "Studies of {x} are needed.",
    "This was also true of {x}.",
    "The same held for {x}.",
    "It depends on {x}.",
    "{x} remains poorly understood.",
    "Keywords: {x}; {x}; {x}",
    "{x} | {x} | 0.42",
    "{x} 12 (3.4) 15 (4.2) 0.03",
    "{x}; {x}; {x}; {x}",
    "no {x}",
    "with {x}, without {x}",
    "see also {x}",
    "Compared with {x}, {x} was more frequent.",
    "{x} was measured with {n}.",
    "We used {n} to study {x}.",
    "{n} was used, and {x} was found.",
    "{n}",
    "{n} and {n} were used.",
    "{n}, {n} and {x}",
    "Data were analysed with {n}.",
    "The results of {n} are shown.",
    "{n} showed no difference.",
    "According to {n}, {x} was rare.",
    "{x} was assessed by {n} and {n}.",
    "{n} was performed as described.",
    "Abbreviations: {x}, {n}, {x}.",
    "Chapter 4: {x}",
    "Q: What about {x}? A: See {x}.",
    "(a) {x}, (b) {x}, (c) {n}",
    "- {x}\n- {x}",
    "Effect of {x} on {x}",
    "{x} in {x}",
    "{x} and risk of {x}",
    "{x} is linked to {x}.",
    "Patients were asked about {x}.",
    "{x} was reported in five studies.",
    "All groups were similar with regard to {x}.",
    "The increase was due to {x}.",
    "{x} did not change.",
    "High {x} was seen in most samples.",
    "Low levels of {x} were found.",
    "New insights into {x}",
    "{x} status was available for 312 samples.",
    "{x} was positive in 24 of 60 cases.",
    "The role of {x} is unclear.",
    "{x}-related changes were seen.",
)
#: Frames for one type, in which such names are used as in papers. About one sentence in three is made from these.
_TYPED: Mapping[str, Sequence[str]] = {
    "Gene": (
        "{g} expression was reduced.",
        "Knockdown of {g} reduced migration.",
        "{g} is phosphorylated by {g}.",
        "The {g} gene was sequenced.",
        "{g} protein was detected by {n}.",
        "{g} mRNA levels rose twofold.",
        "{g}-deficient {s} were viable.",
        "{g} binds {g} and {g}.",
        "Mutations in {g} cause {d}.",
        "{c} inhibits {g}.",
        "{c} targets {g} in {d}.",
        "{d} with high {g} had a worse outcome.",
        "Antibodies against {g} and {g} were used.",
        "Loss of {g} in {l} cells",
        "{g} knockout mice",
        "{g}, a target of {g}, was upregulated.",
    ),
    "Chemical": (
        "Patients received {c} 20 mg daily.",
        "{c} was given with {c}.",
        "Treatment with {c} was well tolerated.",
        "{c} or placebo was given.",
        "{c} improved {d}.",
        "Adverse events of {c} included {d}.",
        "{c}, {c} and {c} were dissolved in {c}.",
        "{c} (10 µM) was added.",
        "{c} blocked {g} activity.",
        "{c}-treated {s}",
        "Serum {c} was measured.",
        "Response to {c} in {d}",
        "{c} monotherapy",
        "{c} plus {c}",
        "Cells were washed and {c} was added.",
        "{c} and its metabolites",
        "{l} cells were exposed to {c}.",
        "{c} reduced {g} in {s}.",
    ),
    "Disease": (
        "Patients with {d} were enrolled.",
        "{d} occurred in 5% of patients.",
        "History of {d} or {d}",
        "{d} is treated with {c}.",
        "Risk factors for {d} include {d} and {d}.",
        "Diagnosis of {d} was confirmed.",
        "{d} was excluded.",
        "{d} mortality fell.",
        "{d} due to {s}",
        "Deaths from {d} and {d}",
        "Survivors of {d}",
        "A mouse model of {d}",
        "{g} in {d}",
        "{d}, {d}, or death",
    ),
    "Species": (
        "{s} were housed in cages.",
        "The genome of {s} was sequenced.",
        "{s} and {s} were compared.",
        "Infection with {s} was confirmed.",
        "{s} isolates were resistant to {c}.",
        "Male {s} were fed a high-fat diet.",
        "{g} of {s}",
        "Extracts of {s} contain {c}.",
        "{s} carries {g}.",
        "Orthologues in {s}, {s} and {s}",
        "The gene {g} in {s}",
        "{s} causes {d}.",
        "Strains of {s} were grown at 30 °C.",
    ),
    "CellLine": (
        "{l} cells were cultured in {n}.",
        "{l} and {l} cells were treated with {c}.",
        "In {l} cells, {g} was silenced.",
        "{g} in {l} cells",
        "The {l} cell line was obtained from ATCC.",
    ),
    "Variant": (
        "The {v} mutation of {g} was found.",
        "{g} {v} carriers",
        "{v} and {v} were associated with {d}.",
        "{g} {v} confers resistance to {c}.",
        "Genotyping of {v} in {g}",
        "The polymorphism {v} ({v}) was not associated with {d}.",
    ),
}
_LETTERS = {"g": "Gene", "c": "Chemical", "d": "Disease", "s": "Species", "l": "CellLine", "v": "Variant"}
#: Weight of each type when ``{x}`` is filled.
_WEIGHTS = {"Gene": 38, "Chemical": 27, "Disease": 21, "Species": 10, "CellLine": 2, "Variant": 2}
_ANNOTATED = {
    "Gene": "Gene",
    "GeneOrGeneProduct": "Gene",
    "Disease": "Disease",
    "DiseaseOrPhenotypicFeature": "Disease",
    "Chemical": "Chemical",
    "ChemicalEntity": "Chemical",
    "Species": "Species",
    "OrganismTaxon": "Species",
    "CellLine": "CellLine",
}
_GREEK = (("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("kappa", "κ"), ("delta", "δ"))
_SLOT = re.compile(r"\{(\w)\}")


def name_sentences(root: Path, limit: int = 24_000) -> Iterator[Sentence]:
    """Yields ``limit`` sentences with names of the shown types, drawn with a fixed seed.

    ``root``: folder of the unpacked corpora.
    """
    rng = random.Random(11)
    names = read_names(root)
    listed = [
        Counter(dict.fromkeys(((kind, name) for kind, entries in lists.items() for name in entries), 2))
        for lists in (recent_names(root), short_forms(names))
    ]
    names = pools(names, read_abstracts(root)[1], annotated_names(root), *listed)
    for _ in range(limit):
        if rng.random() < 0.65:
            frame = rng.choice(_NEUTRAL)
        else:
            frame = rng.choice(_TYPED[rng.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]])
        yield fill(frame, names, rng)


def annotated_names(root: Path) -> Counter:
    """Counts how often each (type, name) is annotated in the train parts of corpora that follow the shown guidelines.

    These are the names that papers use most. A name that is annotated with two types is left out.
    """
    counts: Counter = Counter()
    for path in (
        *sorted((root / "ner/AIONER_pubtator").glob("*_Train.PubTator")),
        root / "re/BioRED/Train.PubTator",
    ):
        for _, text, rows in pubtator_documents(path):
            counts.update(
                (_ANNOTATED[row[4]], " ".join(words_of(text[int(row[1]) : int(row[2])])))
                for row in rows
                if len(row) > 4 and row[4] in _ANNOTATED
            )
    for folder in ("BC5CDR", "NCBI-disease"):
        for sentence in read_iob(root / "ner" / folder / "train.tsv"):
            counts.update(
                (kind, " ".join(sentence.words[start:end])) for kind, start, end in spans_of(sentence.tags)
            )
    owners = Counter(name for _, name in {(kind, name.lower()) for kind, name in counts})
    return Counter(
        {
            key: count
            for key, count in counts.items()
            if owners[key[1].lower()] == 1 and not (key[0] == "Species" and is_person(key[1]))
        }
    )


def pools(names: Mapping[str, Sequence[str]], *counts: Counter) -> dict[str, tuple[Sequence[str], ...]]:
    """Returns the pools of names of each type: all its names, and for each of ``counts`` the names that it counts at
    least twice.

    :func:`fill` chooses every pool equally often, so that frequent names are drawn more often. ``counts``: numbers of
    occurrences by (type, name). Names of two letters are only in the pool of all names, because they are ambiguous
    abbreviations.
    """
    by_type = {kind: [entries] for kind, entries in names.items()}
    for counted in counts:
        common: dict[str, list[str]] = {kind: [] for kind in names}
        for (kind, name), count in counted.items():
            if count >= 2 and len(name) > 2 and kind in common:
                common[kind].append(name)
        for kind, entries in common.items():
            if entries:
                by_type[kind].append(sorted(entries))
    return {kind: tuple(entries) for kind, entries in by_type.items()}


def fill(frame: str, names: Mapping[str, Sequence[Sequence[str]]], rng: random.Random) -> Sentence:
    """Fills the slots of a frame with random names. Returns the sentence, tagged with their types."""
    words: list[str] = []
    tags: list[str] = []
    last = 0
    for slot in (*_SLOT.finditer(frame), None):
        between = words_of(frame[last : slot.start() if slot else len(frame)])
        words += between
        tags += ["O"] * len(between)
        if slot is None:
            break
        last = slot.end()
        kind, name = _draw(slot.group(1), names, rng)
        if not words:
            name = name[0].upper() + name[1:]
        parts = words_of(name)
        words += parts
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(parts) - 1)] if kind else ["O"] * len(parts)
    if rng.random() < 0.02:
        words = [word.upper() for word in words]
    return Sentence(tuple(words), tuple(tags))


def _draw(letter: str, names: Mapping[str, Sequence[Sequence[str]]], rng: random.Random) -> tuple[str, str]:
    """Draws (type, name) for a slot. The type is empty for a word that is no name."""
    if letter == "n":
        return "", rng.choice(NOT_NAMES)
    kind = _LETTERS.get(letter) or rng.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]
    if kind == "Variant":
        return kind, variant(rng)
    name = rng.choice(rng.choice(names[kind]))
    if kind == "Gene" and rng.random() < 0.5:
        for spelled_out, greek in _GREEK:
            name = re.sub(rf"\b{spelled_out}\b|(?<=-){spelled_out}", greek, name)
    return kind, name
