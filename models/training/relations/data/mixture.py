"""Reads the training texts, drops those that are in test sets, and draws the units of an epoch."""

import logging
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...common.dedup import DRUGPROT, SHINGLE, TestText, read_test_text
from .readers import CORPORA, read
from .rows import MAX_LENGTH, RowEncoder, Unit, choose_masked_mentions, units_of
from .sentence_mixing import Statement, mixed_texts
from .texts import Text, sentences

log = logging.getLogger(__name__)

#: Corpora with a separate test part. The final model may be trained on most of their dev part.
SPLIT = ("ChemProt", "BC5CDR", "GAD")
#: Part of each corpus on which runs are evaluated.
DEV_PARTS = {"ChemProt": "dev", "BC5CDR": "dev", "BioRED": "dev", "GAD": "dev"}
#: No figure of this model is measured on these sets, so their text need not be excluded from training.
_NOT_TESTED = (*DRUGPROT, "re/DDI-2013", "re/PPI_five")
#: A document is dropped if more than this share of its sentences is in test sets. Single sentences ("These results
#: suggest that …") occur in many abstracts.
_SHARE = 0.25


class TestTexts(NamedTuple):
    """Test data that must not be trained on: identifiers of documents, and text."""

    __test__ = False  # not a pytest class

    documents: frozenset[str]
    text: TestText


def read_tests(root: Path) -> TestTexts:
    """Reads the text of every test set, and of the dev part of BioRED, which is used as a test set."""
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


def repeats_test_text(text: Text, tests: TestTexts) -> bool:
    """Whether a training text repeats a test text."""
    if text.id in tests.documents:
        return True
    spans = sentences(text.text, text.mentions)
    if len(spans) < 3:
        return tests.text.holds(text.text)
    long = [text.text[a:b] for a, b in spans if b - a >= SHINGLE]
    repeated = sum(tests.text.holds(sentence) for sentence in long)
    return repeated > _SHARE * len(long)


def load(root: Path, wanted: Sequence[tuple[str, str]], tests: TestTexts | None) -> list[Text]:
    """Reads the texts of each ``(corpus, part)``. A corpus that is named twice is read twice.

    ``tests``: texts that repeat these are dropped, and their number is logged; None: no text is dropped.
    """
    loaded: list[Text] = []
    for name, part in wanted:
        texts = [t for t in read(root, name, part) if t.targets]
        kept = [t for t in texts if tests is None or not repeats_test_text(t, tests)]
        log.info(
            "%s %s: %d texts, %d dropped because a test set contains them",
            name,
            part,
            len(texts),
            len(texts) - len(kept),
        )
        loaded.extend(kept)
    return loaded


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
    """Draws the units of an epoch.

    ``single_sentences``: share of texts that are read sentence by sentence if their heads allow it. ``mask_names``:
    share of names that are masked. ``statements``: by the number of a text. ``mix_sentences``: share of the texts
    with statements that are replaced by them; the statements of all these texts are mixed.
    """
    whole, to_mix = [], []
    for number, text in enumerate(texts):
        text_statements = statements.get(number) if statements else None
        if text_statements and rng.random() < mix_sentences:
            to_mix.extend(text_statements)
        else:
            whole.append(text)
    units: list[Unit] = []
    for text in [*whole, *mixed_texts(to_mix, rng)]:
        packing = "sentence" if rng.random() < single_sentences else "window"
        units.extend(
            units_of(text, encoder, packing, max_length, choose_masked_mentions(text, mask_names, rng))
        )
    return [unit for unit in units if unit.targets]


def parts_of(name: str, parts: Sequence[str]) -> list[str]:
    """Returns those of ``parts`` that a corpus has. The only part of DrugProt counts as train."""
    if name == "DrugProt":
        return ["train"] if "train" in parts else []
    if name in SPLIT:
        return list(parts)
    return [part for part in parts if part == "train" or part.startswith("fold")]
