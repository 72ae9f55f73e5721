"""Ranked answers and verdicts from a PyTorch or ONNX model. The decoding is that of the product."""

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

#: Span logits [rows, length, 2], verdict logits [rows, 3] and embeddings [rows, hidden].
Outputs = tuple[np.ndarray, np.ndarray, np.ndarray]
#: Runs a model on ids, attention mask and case shapes, each [rows, length].
Runner = Callable[[np.ndarray, np.ndarray, np.ndarray], Outputs]
OUTPUTS = ("span_logits", "verdict_logits", "embedding")
#: Name of the second output of graphs whose verdict layer gives the stances of sentences. They have no embedding.
STANCES = "stance_logits"
#: Number of the best starts and of the best ends in a window that are combined to spans.
BEST_BORDERS = 20
#: Number of spans that are kept from a window.
KEPT_SPANS = 20
#: An answer must contain other words than these. src/core/questions/terms.ts and answerRules.ts have the same list.
SILENT_WORDS = frozenset(
    "a an the of in on at to for from by with without and or but as is are was were be been being do does did "
    "has have had can could should would will may might must which what who whom whose where when why how that "
    "this these those it its their there than then into between among during used use using please list name "
    "not no nor none".split()
)
_MARKS = " \t\n\r.,;:!?\"'`“”‘’•"
_LEADING, _TRAILING = _MARKS + ")]}", _MARKS + "([{"
_BRACKETS = ("()", "[]", "{}")
#: The end of a sentence before another one. It needs three letters before the full stop, so that "St. John's wort" and
#: "E. coli" are not split.
_SENTENCE_BREAK = re.compile(r"[^\W_A-Z]{3}[.!?]\s+[A-Z]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = re.compile(r"^(the|a|an)\s+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class Place(NamedTuple):
    """A span of a passage. ``margin``: its logit minus that of "no answer" in the same window."""

    passage: int
    start: int
    end: int
    margin: float


class Answer(NamedTuple):
    """One answer with all its places, best first. ``score``: log of the sum of exp(margin) over its places."""

    text: str
    score: float
    places: tuple[Place, ...]


class PassageAnswers(NamedTuple):
    """Answers and verdicts from the passages of a question. ``verdicts`` [passages, 3]: logits, averaged over
    windows."""

    answers: list[Answer]
    verdicts: np.ndarray


def torch_runner(network: torch.nn.Module, device: torch.device, amp: torch.dtype) -> Runner:
    """Returns a runner for a ``QuestionNetwork``, in mixed precision and without gradients."""
    network.eval()

    def run(*arrays: np.ndarray) -> Outputs:
        with torch.inference_mode(), autocast(device, amp):
            outputs = network(*(torch.from_numpy(a).to(device) for a in arrays))
        spans, verdicts, vectors = (output.float().cpu().numpy() for output in outputs)
        return spans, verdicts, vectors

    return run


def onnx_runner(path: Path, threads: int = 2) -> Runner:
    """Returns a runner for an exported graph, on the CPU. Without an output for it, embeddings have no elements."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    names = ("input_ids", "attention_mask", "token_type_ids")
    given = {output.name for output in session.get_outputs()}
    wanted = [name for name in (OUTPUTS[0], OUTPUTS[1], STANCES, OUTPUTS[2]) if name in given]

    def run(*arrays: np.ndarray) -> Outputs:
        outputs: Any = session.run(wanted, dict(zip(names, arrays)))
        spans, verdicts, *vectors = outputs
        return spans, verdicts, vectors[0] if vectors else np.zeros((len(spans), 0), np.float32)

    return run


def run_rows(
    run: Runner, encoder: TokenEncoder, rows: Sequence[Row], tokens: int = 4096
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Returns span logits [tokens, 2], verdict logits [3] and embedding [hidden] of each row, in the given order.

    ``tokens``: largest number of tokens in a batch, padding included.
    """
    outputs: list = [None] * len(rows)
    for batch in by_length([len(r.ids) for r in rows], tokens):
        arrays = pad([rows[i] for i in batch], encoder)
        spans, verdicts, vectors = run(
            arrays["input_ids"], arrays["attention_mask"], arrays["token_type_ids"]
        )
        for number, index in enumerate(batch):
            outputs[index] = (spans[number, : len(rows[index].ids)], verdicts[number], vectors[number])
    return outputs


def read(
    run: Runner, encoder: TokenEncoder, items: Sequence[tuple[str, Sequence[str]]]
) -> list[PassageAnswers]:
    """Returns the answers to each question. ``items``: (question, passages). Batches contain rows of all questions."""
    rows, where = [], []
    for question_number, (question, passages) in enumerate(items):
        room = encoder.room(question, MAX_TOKENS)
        for passage_number, passage in enumerate(passages):
            tokens = encoder.encode(passage)
            for start, end in windows(len(tokens.ids), room, OVERLAP) if len(tokens.ids) else ():
                rows.append(encoder.row(question, tokens, start, end))
                where.append((question_number, passage_number, start))
    logits = run_rows(run, encoder, rows)
    # For each question, the best margin of each (passage, start, end): overlapping windows find the same span.
    margins: list[dict[tuple[int, int, int], float]] = [{} for _ in items]
    verdicts: list[list[list[np.ndarray]]] = [[[] for _ in p] for _, p in items]
    for row, (spans, verdict, _), (question_number, passage_number, start) in zip(
        rows, logits, where, strict=True
    ):
        tokens = encoder.encode(items[question_number][1][passage_number])
        verdicts[question_number][passage_number].append(verdict)
        offset = start - row.passage[0]
        words = tokens.words[start : start + row.passage[1] - row.passage[0]]
        for first, last, margin in best_spans(row, spans, words):
            key = (passage_number, int(tokens.starts[first + offset]), int(tokens.ends[last + offset]))
            best = margins[question_number]
            best[key] = max(best.get(key, -math.inf), margin)
    return [
        PassageAnswers(
            fold([Place(*key, margin) for key, margin in best.items()], passages, question),
            np.asarray([np.mean(v, axis=0) if v else np.zeros(3) for v in by_passage]).reshape(-1, 3),
        )
        for (question, passages), best, by_passage in zip(items, margins, verdicts, strict=True)
    ]


def best_spans(row: Row, logits: np.ndarray, words: np.ndarray) -> list[tuple[int, int, float]]:
    """Returns (first, last, margin) of the best spans of a window, best first.

    ``logits`` [tokens, 2]: of the whole row. ``words`` [tokens of the window]: index of the word of each token, because
    an answer begins and ends with a whole word. ``first`` and ``last`` are positions in the row.
    """
    begin, end = row.passage
    if begin == end:
        return []
    no_answer = float(logits[0, 0] + logits[0, 1])
    begins_word = np.concatenate([[True], words[1:] != words[:-1]])
    ends_word = np.concatenate([words[1:] != words[:-1], [True]])
    starts = np.where(begins_word, logits[begin:end, 0], -np.inf)
    ends = np.where(ends_word, logits[begin:end, 1], -np.inf)
    firsts = np.argsort(-starts, kind="stable")[:BEST_BORDERS]
    lasts = np.argsort(-ends, kind="stable")[:BEST_BORDERS]
    spans = [
        (int(a) + begin, int(b) + begin, float(starts[a] + ends[b]) - no_answer)
        for a in firsts
        for b in lasts
        if a <= b < a + MAX_ANSWER and begins_word[a] and ends_word[b]
    ]
    return sorted(spans, key=lambda span: -span[2])[:KEPT_SPANS]


def fold(places: Sequence[Place], passages: Sequence[str], question: str) -> list[Answer]:
    """Merges the places of one question to answers. Returns them with the most probable first.

    A place is dropped if it overlaps a better place of its passage, if it contains the end of a sentence, or if it
    says nothing (:func:`says_nothing`). Places with the same :func:`answer_key` become one answer, and so do an
    abbreviation and its long form.
    """
    question_words = _WORD.findall(question.lower())
    long_keys = {
        answer_key(short): answer_key(long)
        for passage in reversed(passages)
        for short, long in reversed(definitions(passage))
    }
    groups: dict[str, list[Place]] = {}
    kept: dict[int, list[Place]] = {}
    for untrimmed in sorted(places, key=lambda p: (-p.margin, p.passage, p.start, p.end)):
        place = trimmed(untrimmed, passages[untrimmed.passage])
        text = passages[place.passage][place.start : place.end]
        kept_here = kept.setdefault(place.passage, [])
        if _SENTENCE_BREAK.search(text) or any(
            place.start < other.end and other.start < place.end for other in kept_here
        ):
            continue
        kept_here.append(place)
        if not says_nothing(text, question_words):
            key = answer_key(text)
            groups.setdefault(long_keys.get(key, key), []).append(place)
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
    """Removes punctuation from both ends of a place, and a bracket there whose partner is outside the place."""
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


def says_nothing(text: str, question_words: Sequence[str]) -> bool:
    """Whether ``text`` has only words of :data:`SILENT_WORDS` and of the question.

    A question with "or" may be answered by its own words: "A or B?".
    """
    words = [word for word in _WORD.findall(text.lower()) if word not in SILENT_WORDS]
    return not words or ("or" not in question_words and all(word in question_words for word in words))


def answer_key(text: str) -> str:
    """Returns the key by which answers are merged: letters and digits in lower case, no leading article."""
    folded = _EDGES.sub("", " ".join(text.lower().split()))
    return re.sub(r"[\W_]+", " ", _ARTICLES.sub("", folded)).strip()


def verdict_of(verdicts: np.ndarray, calibration: Mapping[str, float] | None = None) -> np.ndarray:
    """Returns the probabilities [3] of yes, no and maybe from the verdict logits [passages, 3] of a question.

    ``calibration``: scale of all logits and offset of the logit of maybe; default: 1 and 0.
    """
    values = calibration or {"scale": 1.0, "offset": 0.0}
    scaled = verdicts * values["scale"] + np.array([0.0, 0.0, values["offset"]])
    shifted = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return (shifted / shifted.sum(axis=1, keepdims=True)).mean(axis=0)


def load_runner(path: Path, threads: int) -> tuple[Runner, TokenEncoder]:
    """Returns runner and encoder of the folder of a run, of a model folder, or of an .onnx file in one of them."""
    from .model import load_network

    folder = path.parent if path.suffix == ".onnx" else path
    graph = path if path.suffix == ".onnx" else path / "model.onnx"
    if graph.is_file():
        return onnx_runner(graph, threads), TokenEncoder(folder)
    network = load_network(folder)
    return torch_runner(network, torch.device("cpu"), cpu_precision()), TokenEncoder(folder)
