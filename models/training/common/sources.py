"""Sources of pre-training text, their licences and weights, and the cleaning of their documents."""

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

#: A document out of so many, chosen by its hash, is held out for perplexity.
HELD_OUT_EVERY = 50
SHORTEST_DOCUMENT = 200
_SHINGLE_WORDS = 8
_SHINGLES_KEPT = 8  # one in so many, by hash (Broder 1997: sketches modulo p)
_NEAR_DUPLICATE = 0.5
_SPACE = re.compile(r"\s+")
_LINK_OR_DOI = re.compile(r"^(DOI:|https?://)\S*\s*\S*$", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """One folder of shards. ``weight``: readings of it for one reading of a source of weight 1."""

    name: str
    licence: str
    weight: float
    full_text: bool = False


#: ``pmc_crops_tigr2ess`` stays out: some of its articles are NC or ND, and the shards do not say which.
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
    """Documents of one source as lists of paragraphs: xz shards, a blank line between documents."""
    for shard in sorted(folder.glob("*.xz")):
        with lzma.open(shard, "rt", encoding="utf-8", errors="replace") as lines:
            kept: list[str] = []
            for line in lines:
                if line.strip():
                    kept.append(line)
                elif kept:
                    yield kept
                    kept = []
            if kept:
                yield kept


@dataclass
class Cleaner:
    """Cleans documents one by one and counts what goes; a document seen before goes too."""

    test: TestText
    counts: Counter = field(default_factory=Counter)
    _seen: set[int] = field(default_factory=set)

    def clean(self, paragraphs: list[str], full_text: bool) -> str | None:
        """The document as one line, or None where nothing of it may be read.

        An abstract that holds test text goes whole, an article loses the paragraph alone.
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
        # The hash of a tuple of integers is the same in every process, that of a text is not.
        shingles = {
            h
            for i in range(len(words) - _SHINGLE_WORDS + 1)
            if (h := hash(tuple(words[i : i + _SHINGLE_WORDS]))) % _SHINGLES_KEPT == 0
        }
        known = sum(h in self._seen for h in shingles)
        self._seen |= shingles
        return bool(shingles) and known / len(shingles) >= _NEAR_DUPLICATE


def documents(root: Path, source: Source, cleaner: Cleaner) -> Iterator[str]:
    """Clean documents of one source, in the order of its shards; logs what was dropped."""
    before = Counter(cleaner.counts)
    for paragraphs in raw_documents(root / "pretrain" / source.name):
        text = cleaner.clean(paragraphs, source.full_text)
        if text is not None:
            yield text
    found = cleaner.counts - before
    log.info("%s: %s", source.name, ", ".join(f"{n:,} {what}" for what, n in found.items()))


def is_held_out(text: str) -> bool:
    """Whether a document is kept for perplexity, whatever the seed and the order of the shards."""
    digest = hashlib.sha256(text[:500].encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_EVERY == 0


def _is_prose(text: str) -> bool:
    """Not a link, a number table or a row of symbols."""
    if _LINK_OR_DOI.match(text):
        return False
    letters = sum(c.isalpha() for c in text)
    return letters >= 0.6 * len(text.replace(" ", ""))
