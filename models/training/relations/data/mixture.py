"""The training texts: reads corpora, drops texts of test sets, and draws the units of an epoch."""

import logging
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...common.dedup import DRUGPROT, SHINGLE, TestText, read_test_text
from .readers import CORPORA, read
from .rows import MAX_LENGTH, RowEncoder, Unit, chosen_hidden, units_of
from .sentence_mixing import Statement, mixed_texts
from .texts import Text, sentences

log = logging.getLogger(__name__)

#: Corpora with a test part of their own: their dev part may be trained on in the end.
SPLIT = ("ChemProt", "BC5CDR", "GAD")
#: Part of each corpus that is measured while training.
DEV_PARTS = {"ChemProt": "dev", "BC5CDR": "dev", "BioRED": "dev", "GAD": "dev"}
#: Sets that no measured figure of this model comes from: their own text is no test text here.
_NOT_TESTED = (*DRUGPROT, "re/DDI-2013", "re/PPI_five")
#: A document goes when this share of its sentences stands in test sets: single sentences
#: ("These results suggest that …") begin alike in many abstracts.
_SHARE = 0.25


class TestTexts(NamedTuple):
    """Test data to keep out of training: identifiers of documents, and text."""

    __test__ = False  # not a pytest class

    documents: frozenset[str]
    text: TestText


def read_tests(root: Path) -> TestTexts:
    """Everything that some test set holds, and the development sets that stand in for one."""
    documents = {
        t.id
        for name, part in (("ChemProt", "test"), ("BC5CDR", "test"), ("BioRED", "dev"))
        for t in CORPORA[name](root, part)
    }
    for name in ("NCBI-disease_original", "AIONER_pubtator"):
        for path in sorted((root / "ner" / name).rglob("*est*")):
            if path.is_file() and not _is_untested(path.relative_to(root)):
                documents |= {i for i, *_ in _identifiers(path)}
    return TestTexts(frozenset(documents), read_test_text(root, skip=_NOT_TESTED))


def _is_untested(path: Path) -> bool:
    return path.as_posix().startswith(_NOT_TESTED)


def _identifiers(path: Path) -> list[tuple[str, ...]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return [(line.split("|", 1)[0],) for line in text.split("\n") if "|t|" in line]


def is_held(text: Text, tests: TestTexts) -> bool:
    """Whether a training text repeats a test text."""
    if text.id in tests.documents:
        return True
    spans = sentences(text.text, text.mentions)
    if len(spans) < 3:
        return tests.text.holds(text.text)
    long = [text.text[a:b] for a, b in spans if b - a >= SHINGLE]
    held = sum(tests.text.holds(sentence) for sentence in long)
    return held > _SHARE * len(long)


def load(root: Path, wanted: Sequence[tuple[str, str]], tests: TestTexts | None) -> list[Text]:
    """Reads the texts of each ``(corpus, part)``; a corpus that is named twice is read twice.

    With ``tests``, texts that a test set holds are dropped and counted in the log.
    """
    found: list[Text] = []
    for name, part in wanted:
        texts = [t for t in read(root, name, part) if t.targets]
        kept = [t for t in texts if tests is None or not is_held(t, tests)]
        log.info(
            "%s %s: %d texts, %d dropped because a test set holds them",
            name,
            part,
            len(texts),
            len(texts) - len(kept),
        )
        found.extend(kept)
    return found


def epoch(
    texts: Sequence[Text],
    encoder: RowEncoder,
    rng: random.Random,
    *,
    single_sentences: float,
    mask_names: float,
    max_length: int = MAX_LENGTH,
    statements: Mapping[int, Sequence[Statement]] | None = None,
    mix_sentences: float = 0.0,
) -> list[Unit]:
    """One pass: ``single_sentences`` is the share of texts read sentence by sentence where their heads allow
    it, ``mask_names`` the share of names that are masked. Of the share ``mix_sentences`` of the texts that have
    ``statements`` (by the number of the text), these are read instead, among those of other texts."""
    read_now, loose = [], []
    for number, text in enumerate(texts):
        own = statements.get(number) if statements else None
        if own and rng.random() < mix_sentences:
            loose.extend(own)
        else:
            read_now.append(text)
    units: list[Unit] = []
    for text in [*read_now, *mixed_texts(loose, rng)]:
        packing = "sentence" if rng.random() < single_sentences else "window"
        units.extend(units_of(text, encoder, packing, max_length, chosen_hidden(text, mask_names, rng)))
    return [unit for unit in units if unit.targets]


def parts_of(name: str, parts: Sequence[str]) -> list[str]:
    """The parts that a corpus has of those wanted: DrugProt's one part counts as train."""
    if name == "DrugProt":
        return ["train"] if "train" in parts else []
    if name in SPLIT:
        return list(parts)
    return [part for part in parts if part == "train" or part.startswith("fold")]
