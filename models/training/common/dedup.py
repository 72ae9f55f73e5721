"""Keeps test text out of training.

Rule (data README): drop every training sentence or document that also occurs in
any test set, compared after lower-casing and keeping letters and digits only.
We are a little stricter, because sentence splitters differ: a training text goes
if it holds the first 40 kept characters of any test sentence anywhere inside it,
or is equal to a (shorter) test sentence.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .iob import read_iob

SHINGLE = 40
_DROPPED = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
# ``…/Test/…``, ``test.tsv``, ``dev`` of BioRED and DrugProt (their tests are not public).
_TEST_NAME = re.compile(r"(^|[^a-z])tests?([^a-z]|$)|testset|evalset", re.IGNORECASE)
_HELD_OUT = ("re/BioRED", "re/DrugProt", "re/EU-ADR", "re/GAD_blurb", "re/PPI_five")
#: DrugProt holds ChemProt's abstracts again, train part and all; no published figure comes from it.
DRUGPROT = ("re/DrugProt", "ner/AIONER_pubtator/DrugProt")
_TEXT_SUFFIXES = {".tsv", ".txt", ".json", ".jsonl", ".in", ".pubtator", ".xml", ".csv"}


def normalise(text: str) -> str:
    """Letters and digits of ``text``, lower-cased."""
    return _DROPPED.sub("", text.lower())


class TestText:
    """Everything that some test set holds, as 40-character openings and short whole sentences."""

    __test__ = False  # not a pytest class

    def __init__(self, texts: Iterable[str]) -> None:
        self.openings: set[str] = set()
        self.short: set[str] = set()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Adds sentences of test sets."""
        for text in texts:
            kept = normalise(text)
            if len(kept) >= SHINGLE:
                self.openings.add(kept[:SHINGLE])
            elif kept:
                self.short.add(kept)

    def holds(self, text: str) -> bool:
        """Whether a training text repeats test text."""
        kept = normalise(text)
        if kept in self.short:
            return True
        openings = self.openings
        return any(kept[i : i + SHINGLE] in openings for i in range(len(kept) - SHINGLE + 1))


def read_test_text(root: Path, skip: tuple[str, ...] = ()) -> TestText:
    """Collects the sentences of every test file under ``root`` (ner, re, qa).

    ``skip``: openings of relative paths that a run does not test on.
    """
    return TestText(
        sentence
        for path in test_files(root)
        if not path.relative_to(root).as_posix().startswith(skip)
        for sentence in _sentences(path)
    )


def test_files(root: Path) -> list[Path]:
    """Files of any test set, by their names; folders used whole for testing included."""
    found = []
    for top in ("ner", "re", "qa"):
        for path in sorted((root / top).rglob("*")):
            relative = path.relative_to(root).as_posix()
            held_out = relative.startswith(_HELD_OUT) and "train" not in path.name.lower()
            named = bool(_TEST_NAME.search(relative))
            if path.is_file() and path.suffix.lower() in _TEXT_SUFFIXES and (named or held_out):
                found.append(path)
    return found


def _sentences(path: Path) -> Iterator[str]:
    if path.suffix == ".tsv" and _is_iob(path):
        yield from (" ".join(s.words) for s in read_iob(path))
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    for string in _strings(text, path.suffix):
        # Tab fields and PubTator's ``id|t|`` prefix are not part of the sentence.
        for field in re.split(r"[\t\n]", re.sub(r"(?m)^\d+\|[ta]\|", "", string)):
            if len(field) >= SHINGLE:
                yield from sentences_of(field)


def sentences_of(text: str) -> list[str]:
    """Sentences of running text, cut roughly."""
    return _SENTENCE_END.split(text)


def _is_iob(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as lines:
        head = [line.rstrip("\n").split("\t") for line, _ in zip(lines, range(20))]
    rows = [fields for fields in head if fields != [""]]
    return bool(rows) and all(len(f) == 2 and re.match(r"[BIO](-|$)", f[1]) for f in rows)


def _strings(text: str, suffix: str) -> Iterator[str]:
    if suffix == ".xml":
        for quoted, between in re.findall(r'text="([^"]*)"|>([^<]{40,})<', text):
            yield quoted or between
        return
    if suffix in {".json", ".jsonl"}:
        try:
            yield from _json_strings(json.loads(text))
            return
        except json.JSONDecodeError:
            pass
    yield text


def _json_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _json_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _json_strings(item)
