"""The sources of pre-training text with their licences and weights, and the cleaning of their documents."""

import hashlib
import logging
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from .dedup import TestText, normalise

log = logging.getLogger(__name__)

#: One of this many documents, chosen by its hash, is held out for the perplexity.
HELD_OUT_EVERY = 50
#: Characters of the shortest document that is kept.
SHORTEST_DOCUMENT = 200
_SHINGLE_WORDS = 8
#: One of this many shingles is compared, chosen by its hash (Broder 1997: sketches modulo p).
_SHINGLES_KEPT = 8
#: A document is a near-duplicate if at least this share of its shingles is in earlier documents.
_NEAR_DUPLICATE = 0.5
_SPACE = re.compile(r"\s+")
_LINK_OR_DOI = re.compile(r"^(DOI:|https?://)\S*\s*\S*$", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A folder of shards. ``weight``: how often it is read while a source of weight 1 is read once."""

    name: str
    licence: str
    weight: float
    full_text: bool = False


#: ``pmc_crops_tigr2ess`` is left out: some of its articles have an NC or ND licence, and the shards do not say which.
SOURCES = (
    Source("asreview_sysrev_abstracts", "MIT (repository); abstracts of PubMed", 3.0),
    Source(
        "abstracts_from_train_corpora",
        "as the corpora it collects; one of them, mr-pubmed-abstracts, GPL-3",
        3.0,
    ),
    Source("screening_abstracts_new", "MIT (asreview); none stated (Wallace); abstracts of PubMed", 3.0),
    Source("ohsumed_single23", "none stated (OHSUMED: NLM, research use)", 2.0),
    Source("elife_fulltext", "CC BY 4.0, CC BY 3.0, CC0", 1.0, full_text=True),
    Source("rct_fulltext_open", "CC BY, CC0 and CC BY-SA per article", 1.0, full_text=True),
    Source("plos_starter", "CC BY", 1.0, full_text=True),
    Source("plos_contentmine", "CC BY, CC0 per article", 1.0, full_text=True),
    Source("pmc_petermr_misc1", "mostly CC BY", 1.0, full_text=True),
    Source("pmc_petermr_pathways", "mostly CC BY", 1.0, full_text=True),
    Source("elife_tools_sample", "CC BY", 1.0, full_text=True),
    Source("openstax_nursing", "CC BY 4.0", 0.5),
    Source("medquad_answers", "CC BY 4.0", 0.3),
)


def raw_documents(folder: Path) -> Iterator[list[str]]:
    """Yields the documents of one source as lists of paragraphs.

    Shards are xz files with a paragraph on each line and a blank line between documents.
    """
    for shard in sorted(folder.glob("*.xz")):
        with lzma.open(shard, "rt", encoding="utf-8", errors="replace") as lines:
            paragraphs: list[str] = []
            for line in lines:
                if line.strip():
                    paragraphs.append(line)
                elif paragraphs:
                    yield paragraphs
                    paragraphs = []
            if paragraphs:
                yield paragraphs


@dataclass
class Cleaner:
    """Cleans documents, drops near-duplicates of earlier ones, and counts what was dropped."""

    test: TestText
    counts: Counter = field(default_factory=Counter)
    _seen: set[int] = field(default_factory=set)

    def clean(self, paragraphs: list[str], full_text: bool) -> str | None:
        """Returns the document as one line, or None if it must not be used.

        An abstract that contains test text is dropped. An article loses only the paragraphs with test text.
        """
        self.counts["documents"] += 1
        kept = []
        for paragraph in paragraphs:
            text = _SPACE.sub(" ", paragraph).strip()
            if not _is_prose(text):
                self.counts["paragraphs without prose"] += 1
            elif self.test.holds(text):
                self.counts["paragraphs with test text"] += 1
                if not full_text:
                    self.counts["documents with test text"] += 1
                    return None
            else:
                kept.append(text)
        text = " ".join(kept)
        if len(text) < SHORTEST_DOCUMENT:
            self.counts["documents too short"] += 1
            return None
        if self._is_near_duplicate(text):
            self.counts["near-duplicates"] += 1
            return None
        return text

    def _is_near_duplicate(self, text: str) -> bool:
        words = [crc32(normalise(w).encode()) for w in text.split()]
        # The hash of a tuple of integers is the same in every process; the hash of a string is not.
        shingles = {
            h
            for i in range(len(words) - _SHINGLE_WORDS + 1)
            if (h := hash(tuple(words[i : i + _SHINGLE_WORDS]))) % _SHINGLES_KEPT == 0
        }
        repeated = sum(h in self._seen for h in shingles)
        self._seen |= shingles
        return bool(shingles) and repeated / len(shingles) >= _NEAR_DUPLICATE


def documents(root: Path, source: Source, cleaner: Cleaner) -> Iterator[str]:
    """Yields the clean documents of one source, in the order of its shards. Logs what was dropped."""
    before = Counter(cleaner.counts)
    for paragraphs in raw_documents(root / "pretrain" / source.name):
        text = cleaner.clean(paragraphs, source.full_text)
        if text is not None:
            yield text
    counts = cleaner.counts - before
    log.info("%s: %s", source.name, ", ".join(f"{n:,} {what}" for what, n in counts.items()))


def is_held_out(text: str) -> bool:
    """Whether a document is held out for the perplexity. This depends only on its text."""
    digest = hashlib.sha256(text[:500].encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_EVERY == 0


def _is_prose(text: str) -> bool:
    """Whether a text is prose instead of a link, a table of numbers or a row of symbols."""
    if _LINK_OR_DOI.match(text):
        return False
    letters = sum(c.isalpha() for c in text)
    return letters >= 0.6 * len(text.replace(" ", ""))
