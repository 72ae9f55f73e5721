"""Ranked answers and verdicts from PyTorch or ONNX; the same decoding as the product's."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from ..common.start import autocast, cpu_precision
from .abbreviations import definitions
from .data.rows import MAX_ANSWER, MAX_TOKENS, OVERLAP, Row, TokenEncoder, by_length, pad, windows

#: ``run(ids, mask, shapes)`` → span logits [rows, length, 2], verdicts [rows, 3], vectors [rows, hidden].
Outputs = tuple[np.ndarray, np.ndarray, np.ndarray]
Runner = Callable[[np.ndarray, np.ndarray, np.ndarray], Outputs]
OUTPUTS = ("span_logits", "verdict_logits", "embedding")
#: Best starts and ends of a window that are paired; spans kept of a window.
BEST_BORDERS = 20
KEPT_SPANS = 20
#: Words that alone are no answer; the same as in src/core/questions/terms.ts and answerRules.ts.
SILENT_WORDS = frozenset(
    "a an the of in on at to for from by with without and or but as is are was were be been being do does did "
    "has have had can could should would will may might must which what who whom whose where when why how that "
    "this these those it its their there than then into between among during used use using please list name "
    "not no nor none".split()
)
_MARKS = " \t\n\r.,;:!?\"'`“”‘’•"
_LEADING, _TRAILING = _MARKS + ")]}", _MARKS + "([{"
_BRACKETS = ("()", "[]", "{}")
#: A sentence ends in it and another begins; "St. John's wort" and "E. coli" are one name.
_SENTENCE_BREAK = re.compile(r"[^\W_A-Z]{3}[.!?]\s+[A-Z]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = re.compile(r"^(the|a|an)\s+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class Place(NamedTuple):
    """A span of a passage. ``margin``: its logit over that of "no answer" in the same window."""

    passage: int
    start: int
    end: int
    margin: float


class Answer(NamedTuple):
    """One answer with all its places, best first. ``score``: log of the sum of exp(margin)."""

    text: str
    score: float
    places: tuple[Place, ...]


class PassageAnswers(NamedTuple):
    """Answers and verdicts from the passages of a question. ``verdicts`` [passages, 3] are means over windows."""

    answers: list[Answer]
    verdicts: np.ndarray


def torch_runner(network: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Runs a ``QuestionNetwork`` in mixed precision without gradients."""
    network.eval()

    def run(*arrays: np.ndarray) -> Outputs:
        with torch.inference_mode(), autocast(device, amp):
            found = network(*(torch.from_numpy(a).to(device) for a in arrays))
        spans, verdicts, vectors = (f.float().cpu().numpy() for f in found)
        return spans, verdicts, vectors

    return run


def onnx_runner(path: Path, threads: int = 2) -> Runner:
    """Runs an exported file on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    names = ("input_ids", "attention_mask", "token_type_ids")

    def run(*arrays: np.ndarray) -> Outputs:
        found: Any = session.run(list(OUTPUTS), dict(zip(names, arrays)))
        spans, verdicts, vectors = found
        return spans, verdicts, vectors

    return run


def run_rows(
    run: Runner, encoder: TokenEncoder, rows: Sequence[Row], tokens: int = 4096
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Span logits [tokens, 2], verdict [3] and vector [hidden] of each row, in the order given."""
    found: list = [None] * len(rows)
    for batch in by_length([len(r.ids) for r in rows], tokens):
        arrays = pad([rows[i] for i in batch], encoder)
        spans, verdicts, vectors = run(
            arrays["input_ids"], arrays["attention_mask"], arrays["token_type_ids"]
        )
        for number, index in enumerate(batch):
            found[index] = (spans[number, : len(rows[index].ids)], verdicts[number], vectors[number])
    return found


def read(
    run: Runner, encoder: TokenEncoder, asked: Sequence[tuple[str, Sequence[str]]]
) -> list[PassageAnswers]:
    """Reads the passages of each question; all rows share batches."""
    rows, where = [], []
    for question_number, (question, passages) in enumerate(asked):
        room = encoder.room(question, MAX_TOKENS)
        for passage_number, passage in enumerate(passages):
            tokens = encoder.encode(passage)
            for start, end in windows(len(tokens.ids), room, OVERLAP) if len(tokens.ids) else ():
                rows.append(encoder.row(question, tokens, start, end))
                where.append((question_number, passage_number, start))
    logits = run_rows(run, encoder, rows)
    places: list[dict[tuple[int, int, int], float]] = [{} for _ in asked]
    verdicts: list[list[list[np.ndarray]]] = [[[] for _ in p] for _, p in asked]
    for row, (spans, verdict, _), (question_number, passage_number, start) in zip(
        rows, logits, where, strict=True
    ):
        tokens = encoder.encode(asked[question_number][1][passage_number])
        verdicts[question_number][passage_number].append(verdict)
        offset = start - row.passage[0]
        words = tokens.words[start : start + row.passage[1] - row.passage[0]]
        for first, last, margin in best_spans(row, spans, words):
            key = (passage_number, int(tokens.starts[first + offset]), int(tokens.ends[last + offset]))
            known = places[question_number]
            known[key] = max(known.get(key, -math.inf), margin)
    return [
        PassageAnswers(
            fold([Place(*key, margin) for key, margin in found.items()], passages, question),
            np.asarray([np.mean(v, axis=0) if v else np.zeros(3) for v in own]).reshape(-1, 3),
        )
        for (question, passages), found, own in zip(asked, places, verdicts, strict=True)
    ]


def best_spans(row: Row, logits: np.ndarray, words: np.ndarray) -> list[tuple[int, int, float]]:
    """(first, last, margin) of the best spans of a window, best first.

    ``words``: the basic token of each token of the window: answers begin and end with whole ones.
    """
    begin, end = row.passage
    if begin == end:
        return []
    nothing = float(logits[0, 0] + logits[0, 1])
    opens = np.concatenate([[True], words[1:] != words[:-1]])
    closes = np.concatenate([words[1:] != words[:-1], [True]])
    starts = np.where(opens, logits[begin:end, 0], -np.inf)
    ends = np.where(closes, logits[begin:end, 1], -np.inf)
    firsts = np.argsort(-starts, kind="stable")[:BEST_BORDERS]
    lasts = np.argsort(-ends, kind="stable")[:BEST_BORDERS]
    found = [
        (int(a) + begin, int(b) + begin, float(starts[a] + ends[b]) - nothing)
        for a in firsts
        for b in lasts
        if a <= b < a + MAX_ANSWER and opens[a] and closes[b]
    ]
    return sorted(found, key=lambda f: -f[2])[:KEPT_SPANS]


def fold(places: Sequence[Place], passages: Sequence[str], question: str) -> list[Answer]:
    """Answers of one question: places that overlap a better one of their passage go, equal texts
    become one, an abbreviation and what it stands for too, and what says nothing or crosses sentences
    is no answer; most probable first."""
    asked = _WORD.findall(question.lower())
    full = {
        answer_key(short): answer_key(long)
        for passage in reversed(passages)
        for short, long in reversed(definitions(passage))
    }
    groups: dict[str, list[Place]] = {}
    kept: dict[int, list[Place]] = {}
    for found in sorted(places, key=lambda p: (-p.margin, p.passage, p.start, p.end)):
        place = trimmed(found, passages[found.passage])
        text = passages[place.passage][place.start : place.end]
        own = kept.setdefault(place.passage, [])
        if _SENTENCE_BREAK.search(text) or any(
            place.start < other.end and other.start < place.end for other in own
        ):
            continue
        own.append(place)
        if not says_nothing(text, asked):
            key = answer_key(text)
            groups.setdefault(full.get(key, key), []).append(place)
    answers = [
        Answer(
            passages[g[0].passage][g[0].start : g[0].end],
            float(np.logaddexp.reduce([p.margin for p in g])),
            tuple(g),
        )
        for key, g in groups.items()
        if key
    ]
    return sorted(answers, key=lambda a: -a.score)


def trimmed(place: Place, passage: str) -> Place:
    """Without marks at its edges, and without a bracket there whose partner is outside."""
    start, end = place.start, place.end
    while start < end and passage[start] in _LEADING:
        start += 1
    while start < end and passage[end - 1] in _TRAILING:
        end -= 1
    inside = passage[start:end]
    for opening, closing in _BRACKETS:
        surplus = inside.count(opening) - inside.count(closing)
        end -= surplus < 0 and inside.endswith(closing)
        start += surplus > 0 and inside.startswith(opening)
    return place._replace(start=start, end=end)


def says_nothing(text: str, asked: Sequence[str]) -> bool:
    """Whether no word tells anything, or none that is not in the question ("A or B?" may be answered by its own
    words)."""
    telling = [word for word in _WORD.findall(text.lower()) if word not in SILENT_WORDS]
    return not telling or ("or" not in asked and all(word in asked for word in telling))


def answer_key(text: str) -> str:
    """Returns the key by which answers are merged: letters and digits in lower case, no leading article."""
    folded = _EDGES.sub("", " ".join(text.lower().split()))
    return re.sub(r"[\W_]+", " ", _ARTICLES.sub("", folded)).strip()


def verdict_of(verdicts: np.ndarray, calibration: Mapping[str, float] | None = None) -> np.ndarray:
    """Probabilities [3] of yes, no, maybe from the verdict logits [passages, 3] of a question; the
    calibration's offset is that of maybe."""
    known = calibration or {"scale": 1.0, "offset": 0.0}
    scaled = verdicts * known["scale"] + np.array([0.0, 0.0, known["offset"]])
    shifted = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return (shifted / shifted.sum(axis=1, keepdims=True)).mean(axis=0)


def load_runner(path: Path, threads: int) -> tuple[Runner, TokenEncoder]:
    """Runner and encoder of a run's folder, a model folder, or an .onnx file in one of them."""
    from .model import load_network

    folder = path.parent if path.suffix == ".onnx" else path
    graph = path if path.suffix == ".onnx" else path / "model.onnx"
    if graph.is_file():
        return onnx_runner(graph, threads), TokenEncoder(folder)
    network = load_network(folder)
    return torch_runner(network, torch.device("cpu"), cpu_precision()), TokenEncoder(folder)
