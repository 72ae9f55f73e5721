"""Finds training text that repeats test text, so that it can be dropped.

The rule (in the README of the corpora) is to drop every training sentence or document that also occurs in a test set.
Texts are compared in lower case, and only by their letters and digits. This module is a little stricter, because
sentence splitters differ: a training text is dropped if it contains the first 40 of these characters of any test
sentence, or if it equals a shorter test sentence.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .iob import read_iob

#: Number of characters of a test sentence that are compared.
SHINGLE = 40
_DROPPED = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
#: Names of files and folders of test sets: ``…/Test/…``, ``test.tsv``.
_TEST_NAME = re.compile(r"(^|[^a-z])tests?([^a-z]|$)|testset|evalset", re.IGNORECASE)
#: All files of these folders are test data, except training files. The tests of BioRED and DrugProt are not public, so
#: their dev parts are used as test sets.
_HELD_OUT = ("re/BioRED", "re/DrugProt", "re/EU-ADR", "re/GAD_blurb", "re/PPI_five")
#: DrugProt contains the abstracts of ChemProt again, also those of its train part. No published figure is measured on
#: it.
DRUGPROT = ("re/DrugProt", "ner/AIONER_pubtator/DrugProt")
_TEXT_SUFFIXES = {".tsv", ".txt", ".json", ".jsonl", ".in", ".pubtator", ".xml", ".csv"}


def normalise(text: str) -> str:
    """Returns the letters and digits of ``text``, in lower case."""
    return _DROPPED.sub("", text.lower())


class TestText:
    """The text of test sets: the first 40 characters of each sentence, and shorter sentences as a whole."""

    __test__ = False  # not a pytest class

    def __init__(self, texts: Iterable[str]) -> None:
        self.openings: set[str] = set()
        self.short: set[str] = set()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Adds sentences of test sets."""
        for text in texts:
            normalised = normalise(text)
            if len(normalised) >= SHINGLE:
                self.openings.add(normalised[:SHINGLE])
            elif normalised:
                self.short.add(normalised)

    def holds(self, text: str) -> bool:
        """Whether a training text repeats test text."""
        normalised = normalise(text)
        if normalised in self.short:
            return True
        openings = self.openings
        return any(normalised[i : i + SHINGLE] in openings for i in range(len(normalised) - SHINGLE + 1))


def read_test_text(root: Path, skip: tuple[str, ...] = ()) -> TestText:
    """Reads the sentences of every test file in the folders ``ner``, ``re`` and ``qa`` of ``root``.

    ``skip``: beginnings of relative paths of test sets that no figure is measured on.
    """
    return TestText(
        sentence
        for path in test_files(root)
        if not path.relative_to(root).as_posix().startswith(skip)
        for sentence in _sentences(path)
    )


def test_files(root: Path) -> list[Path]:
    """Returns the files of all test sets, which are found by their names, and those in folders of test data."""
    files = []
    for top in ("ner", "re", "qa"):
        for path in sorted((root / top).rglob("*")):
            relative = path.relative_to(root).as_posix()
            held_out = relative.startswith(_HELD_OUT) and "train" not in path.name.lower()
            has_test_name = bool(_TEST_NAME.search(relative))
            if path.is_file() and path.suffix.lower() in _TEXT_SUFFIXES and (has_test_name or held_out):
                files.append(path)
    return files


def _sentences(path: Path) -> Iterator[str]:
    if path.suffix == ".tsv" and _is_iob(path):
        yield from (" ".join(s.words) for s in read_iob(path))
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    for string in _strings(text, path.suffix):
        # The fields of a table are separate texts, and the prefix ``id|t|`` of PubTator is no text.
        for field in re.split(r"[\t\n]", re.sub(r"(?m)^\d+\|[ta]\|", "", string)):
            if len(field) >= SHINGLE:
                yield from sentences_of(field)


def sentences_of(text: str) -> list[str]:
    """Splits a text into sentences, by punctuation only."""
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
