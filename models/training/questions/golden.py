"""Writes ``test/fixtures/questions/golden.json``, with which the TypeScript tests compare their results.

The file contains rows, windows and answers of invented texts with invented logits. It shows that both implementations
encode, split, decode and merge in the same way. To write it, run ``python -m training.questions.golden`` in
``models``.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from .data.rows import MAX_ANSWER, MAX_QUESTION, MAX_TOKENS, OVERLAP, TokenEncoder
from .predict import read

FIXTURE = Path(__file__).parents[3] / "test" / "fixtures" / "questions" / "golden.json"
VOCABULARY = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] . , ? ( ) - which gene causes hunting ##ton disease the of is "
    "in htt cag repeat ##s expansion caf ##e il 6 brca ##1 patients with and mice β α aspirin treats"
).split()
QUESTION = "Which gene causes Huntington disease?"
PASSAGES = (
    "Expansion of CAG repeats in HTT causes Huntington disease.",
    "In mice, the gene is Htt (HTT); IL-6 of patients.",
    "Patients with Huntington disease (HD). HD and BRCA1 (n = 2).",
    "Café α-β and BRCA1: aspirin treats patients with 𝒳 disease.",
    "",
    "The gene of patients with disease and mice and aspirin. " * 60,
)


def write_golden(path: Path = FIXTURE) -> None:
    """Writes the fixture."""
    with tempfile.TemporaryDirectory() as folder:
        tokenizer = Tokenizer(models.WordPiece({p: i for i, p in enumerate(VOCABULARY)}, unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.save(str(Path(folder) / "tokenizer.json"))
        encoder = TokenEncoder(Path(folder))
    rows: list[dict] = []

    def run(
        ids: np.ndarray, mask: np.ndarray, shapes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        for row, size in enumerate(mask.sum(axis=1)):
            rows.append({"ids": ids[row, :size].tolist(), "shapes": shapes[row, :size].tolist()})
        return invented_logits(ids)

    [reading] = read(run, encoder, [(QUESTION, PASSAGES)])
    value = {
        "vocabulary": VOCABULARY,
        "question": QUESTION,
        "passages": PASSAGES,
        "config": {
            "maxTokens": MAX_TOKENS,
            "overlap": OVERLAP,
            "maxQuestionTokens": MAX_QUESTION,
            "maxAnswerTokens": MAX_ANSWER,
        },
        "rows": sorted(rows, key=json.dumps),
        "answers": [
            {
                "text": a.text,
                "score": round(a.score, 4),
                "places": [
                    [p.passage, _utf16(p.passage, p.start), _utf16(p.passage, p.end)] for p in a.places
                ],
            }
            for a in reading.answers[:30]
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


def invented_logits(ids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns logits that depend only on the token and its position, so that the TypeScript tests compute the same."""
    places = np.arange(ids.shape[1])[None, :]
    starts = (ids * 37 + places * 11) % 23 / 4 - 3
    ends = (ids * 17 + places * 29) % 19 / 4 - 2
    spans = np.stack([starts, ends], axis=-1)
    return spans, np.zeros((len(ids), 3)), np.zeros((len(ids), 4))


def _utf16(passage: int, place: int) -> int:
    return len(PASSAGES[passage][:place].encode("utf-16-le")) // 2


if __name__ == "__main__":
    write_golden()
