"""Compares converted graphs with PyTorch: ``python -m training.checks.conversion``.

The program makes randomly initialised BERT and DistilBERT checkpoints in every format that ``biobert convert`` reads,
converts each with the built command line, and compares the outputs on a padded batch of sentences. Checkpoints in the
format of the original release are written by TensorFlow; for them, ``--tensorflow`` must name a Python that has it.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
import transformers
from transformers import BertConfig

from .random_checkpoints import FORMATS, ROOT, SIZES, Case, random_model, vocabulary, write, write_tensorflow

TOLERANCE = 1e-4
HEADS = {
    "TokenClassification": ["logits"],
    "SequenceClassification": ["logits"],
    "QuestionAnswering": ["start_logits", "end_logits"],
    "Model": ["last_hidden_state", "pooler_output"],
}
TASKS = {
    "TokenClassification": "token-classification",
    "SequenceClassification": "sequence-classification",
    "QuestionAnswering": "question-answering",
    "Model": "encoder",
}


@dataclass(frozen=True)
class Comparison:
    """The comparison of a converted graph with PyTorch.

    ``difference``: largest absolute difference of an output; ``value``: largest absolute output of PyTorch;
    ``agreement``: share of positions with the same best label; ``megabytes``, ``seconds``: memory and time of the
    conversion.
    """

    difference: float
    value: float
    agreement: float
    megabytes: float
    seconds: float


def sentences() -> list[str]:
    """Returns sentences of different lengths, which were written for the tests."""
    text = (ROOT / "test/fixtures/abstracts/abstract.txt").read_text(encoding="utf-8")
    return [s.strip() + "." for s in text.replace("\n", " ").split(". ") if s.strip()][:8]


def convert(source: Path, output: Path, case: Case, precision: str) -> tuple[float, float]:
    """Runs the built command line. Returns its peak memory (MB, from Linux) and its time in seconds."""
    begun = time.monotonic()
    running = subprocess.Popen(
        [
            "node",
            ROOT / "dist/cli.js",
            "convert",
            source,
            "--output",
            output,
            "--quiet",
            "--task",
            TASKS[case.head],
            "--precision",
            precision,
        ]
    )
    peak, status = 0, Path(f"/proc/{running.pid}/status")
    while running.poll() is None:
        # getrusage would include the memory of this process before it started the other.
        match = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        peak = max(peak, int(match[1]) if match else 0)
        time.sleep(0.02)
    if running.returncode:
        raise SystemExit(f"{case.name} was not converted")
    return peak / 1024, time.monotonic() - begun


def run_graph(folder: Path, encoded: dict) -> list[Any]:
    """Returns the outputs of the converted graph, in their order."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)
    names = {i.name for i in session.get_inputs()}
    return list(session.run(None, {k: v for k, v in encoded.items() if k in names}))


def differences(case: Case, precision: str, scratch: Path, tensorflow: str | None) -> Comparison:
    """Makes, converts and compares one checkpoint. Outputs at padding are not compared."""
    folder, output = scratch / "checkpoint", scratch / "converted"
    folder.mkdir()
    tokenizer = vocabulary(folder, case.cased)
    model = random_model(case, len(tokenizer))
    source = write(model, case, folder, tensorflow)
    if case.format == "archive":
        source = Path(shutil.make_archive(str(scratch / "packed"), "zip", folder))
    memory, seconds = convert(source, output, case, precision)
    encoded: dict[str, Any] = dict(tokenizer(sentences(), padding=True, return_tensors="pt"))
    if case.family == "DistilBert":
        encoded.pop("token_type_ids", None)
    with torch.no_grad():
        outputs: Any = model(**encoded)
    expected = [outputs[name].numpy() for name in HEADS[case.head] if name in outputs]
    actual = run_graph(output, {k: v.numpy() for k, v in encoded.items()})
    mask = encoded["attention_mask"].numpy().astype(bool)
    assert len(expected) == len(actual)
    largest, value, agree = 0.0, 0.0, []
    for left, right in zip(expected, actual, strict=True):
        assert left.shape == right.shape, (left.shape, right.shape)
        if left.shape[:2] == mask.shape:
            left, right = left[mask], right[mask]
        largest = max(largest, float(np.abs(left - right).max()))
        value = max(value, float(np.abs(left).max()))
        agree.append(float((left.argmax(-1) == right.argmax(-1)).mean()))
    return Comparison(largest, value, min(agree), memory, seconds)


def write_fixtures(folder: Path, tensorflow: str) -> None:
    """Writes a tiny tagger in the format of each library, and its logits, for the TypeScript tests of the converter."""
    folder.mkdir(parents=True, exist_ok=True)
    case = Case("Bert", "TokenClassification", "tiny", False, "safetensors")
    tokens = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "brca1",
        "carriers",
        "with",
        "breast",
        "cancer",
        "took",
        "tamoxifen",
        "##s",
        ".",
        ",",
    ]
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    torch.manual_seed(17)
    labels = ["O", "B-Gene", "I-Gene", "B-Disease", "I-Disease"]
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
        id2label=dict(enumerate(labels)),
    )
    model = transformers.BertForTokenClassification(config).eval()
    with torch.no_grad():
        for _, parameter in model.named_parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    model.save_pretrained(folder, safe_serialization=True)
    state = model.state_dict()
    torch.save(state, folder / "pytorch_model.bin")
    torch.save(state, folder / "legacy.bin", _use_new_zipfile_serialization=False)
    torch.save(
        {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in state.items()},
        folder / "transposed.bin",
    )
    with tempfile.TemporaryDirectory() as scratch:
        original = Path(scratch) / "biobert_v1.1"
        original.mkdir()
        shutil.copy(folder / "vocab.txt", original)
        made = write_tensorflow(model, replace(case, format="tensorflow.tar.gz"), original, tensorflow)
        shutil.copy(made, folder / "original.tar.gz")
        for name in ("index", "data-00000-of-00001"):
            shutil.copy(original / f"model.ckpt-1000.{name}", folder)
    ids = [[2, 5, 6, 7, 8, 9, 13, 3], [2, 10, 11, 12, 3, 0, 0, 0]]
    mask = [[1] * 8, [1] * 5 + [0] * 3]
    with torch.no_grad():
        logits = model(torch.tensor(ids), torch.tensor(mask)).logits
    rounded = [[[round(float(x), 6) for x in token] for token in row] for row in logits]
    (folder / "expected.json").write_text(json.dumps({"ids": ids, "mask": mask, "logits": rounded}))


def cases(sizes: list[str], formats: list[str]) -> list[Case]:
    """Returns the checkpoints to compare: every head in every size, cased and uncased.

    In the formats other than safetensors, models larger than ``small`` are only taggers.
    """
    chosen = []
    for size in sizes:
        others = [f for f in formats if f != "safetensors"]
        for head in HEADS:
            if "safetensors" in formats:
                chosen += [Case("Bert", head, size, cased, "safetensors") for cased in (True, False)]
            if size in ("tiny", "small") or head == "TokenClassification":
                chosen += [Case("Bert", head, size, head != "TokenClassification", f) for f in others]
            if size != "large":  # no DistilBERT has that shape
                chosen.append(Case("DistilBert", head, size, True, "safetensors"))
                chosen.append(Case("DistilBert", head, size, False, "bin"))
    return chosen


def main() -> int:
    """Prints a table row for each checkpoint. Returns 1 if an fp32 graph differs by more than the tolerance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["tiny", "small"])
    parser.add_argument("--precision", choices=["fp32", "int8"], default="fp32")
    parser.add_argument("--tensorflow", help="path of a Python that has tensorflow 2")
    parser.add_argument(
        "--fixtures", type=Path, help="folder; writes the fixtures of the TypeScript tests to it and stops"
    )
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--threads", type=int, help="threads of PyTorch and onnxruntime")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    if options.fixtures:
        write_fixtures(options.fixtures, options.tensorflow)
        return 0
    worst = 0.0
    formats = [f for f in options.formats if options.tensorflow or not f.startswith("tensorflow")]
    print(
        "| shape | head | vocabulary | format | difference | largest output | same best label | memory "
        "| seconds |\n|---|---|---|---|--:|--:|--:|--:|--:|"
    )
    for case in cases(options.sizes, formats):
        with tempfile.TemporaryDirectory() as scratch:
            result = differences(case, options.precision, Path(scratch), options.tensorflow)
        worst = max(worst, result.difference)
        print(
            f"| {case.family} {case.size} | {case.head} | {'cased' if case.cased else 'uncased'} "
            f"| {case.format} | {result.difference:.1e} | {result.value:.2f} | {100 * result.agreement:.2f} % "
            f"| {result.megabytes:.0f} MB | {result.seconds:.1f} |",
            flush=True,
        )
    print(f"largest difference {worst:.1e}")
    return int(options.precision == "fp32" and worst > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
