"""Writes the rows of invented texts, with which a TypeScript test compares its rows.

Run ``python -m training.relations.golden FILE`` again after a change of ``rows.py``.
"""

import json
import sys
import tempfile
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ..common.encoder import Encoder
from .data.rows import Row, RowEncoder
from .data.texts import Mention, Text, sentences

WORDS = (
    "[PAD] [unused0] [unused1] [unused2] [unused3] [unused4] [unused5] [unused6] [unused7] "
    "[UNK] [CLS] [SEP] [MASK] aspirin in ##hib ##its cox ##2 did not bind we saw fever after the "
    "b ##rca ##1 gene of patients . , ( ) - a café"
).split()
#: Text, mentions (start, end, type), max_length.
CASES = (
    (
        "Aspirin inhibits COX2. We saw fever after aspirin.",
        ((0, 7, "Chemical"), (17, 21, "Gene"), (30, 35, "Disease"), (42, 49, "Chemical")),
        510,
    ),
    (
        "Aspirin inhibits COX2. We saw fever after aspirin. The gene. BRCA1 of patients.",
        ((0, 7, "Chemical"), (17, 21, "Gene"), (30, 35, "Disease"), (42, 49, "Chemical"), (61, 66, "Gene")),
        22,
    ),
    # A mention inside another one, a mention that begins inside a word, and a masked mention.
    (
        "The BRCA1 gene in café (COX2-aspirin) after @GENE$ fever.",
        (
            (4, 14, "Gene"),
            (4, 9, "Gene"),
            (24, 28, "Gene"),
            (29, 36, "Chemical"),
            (44, 50, "Gene"),
            (53, 56, "Disease"),
        ),
        510,
    ),
    ("No names. In here.", (), 510),
)


def main(target: Path) -> None:
    """Writes vocabulary, markers and the rows of every case to ``target``."""
    with tempfile.TemporaryDirectory() as folder:
        tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.save(str(Path(folder) / "tokenizer.json"))
        encoder = RowEncoder(Encoder(Path(folder)))
    golden = {
        "vocabulary": WORDS,
        "maskId": encoder.encoder.special.mask,
        "markers": {
            t: {"open": encoder.markers.open[t], "close": encoder.markers.close[t]}
            for t in encoder.markers.open
        },
        "cases": [_case(encoder, *case) for case in CASES],
    }
    target.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")


def _case(encoder: RowEncoder, text: str, places: tuple, max_length: int) -> dict:
    mentions = tuple(Mention(a, b, kind, is_masked=text[a:b] == "@GENE$") for a, b, kind in places)
    item = Text("", text, mentions, ())
    rows = [encoder.row(item, span) for span in encoder.windows(item, max_length)]
    return {
        "text": text,
        "mentions": places,
        "longest": max_length,
        "sentences": sentences(text, mentions),
        "rows": [_row(row) for row in rows],
    }


def _row(row: Row) -> dict:
    return {"ids": row.ids.tolist(), "shapes": row.shapes.tolist(), "marker": sorted(row.marker.items())}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
