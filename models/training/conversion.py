"""Holds the converted graph against PyTorch: ``python -m training.conversion``.

Makes randomly initialised BERT and DistilBERT checkpoints in every format that
``biobert convert`` reads, converts each with the built command line, and compares the
logits on sentences, padding included. TensorFlow's own writer makes the checkpoints of
the original release's format where a Python with tensorflow is named.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import transformers
from transformers import BertConfig, BertTokenizerFast, DistilBertConfig

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-4
SIZES = {
    "tiny": {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
             "intermediate_size": 64},
    "small": {"hidden_size": 256, "num_hidden_layers": 4, "num_attention_heads": 4,
              "intermediate_size": 1024},
    "base": {},
    "large": {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16,
              "intermediate_size": 4096},
}
HEADS = {"TokenClassification": ["logits"], "SequenceClassification": ["logits"],
         "QuestionAnswering": ["start_logits", "end_logits"],
         "Model": ["last_hidden_state", "pooler_output"]}
TASKS = {"TokenClassification": "token-classification",
         "SequenceClassification": "sequence-classification",
         "QuestionAnswering": "question-answering", "Model": "encoder"}

# Reads tensors.npz and writes them as tf.compat.v1.train.Saver does; run by the Python that has tensorflow.
TENSORFLOW_WRITER = """
import sys, numpy, tensorflow.compat.v1 as tf
tf.disable_eager_execution()
arrays = numpy.load(sys.argv[1])
with tf.Session() as session:
    variables = [tf.get_variable(name, initializer=tf.zeros(arrays[name].shape)) for name in arrays.files]
    for variable in variables:
        variable.load(arrays[variable.op.name], session)
    tf.train.Saver(variables).save(session, sys.argv[2])
"""


@dataclass(frozen=True)
class Case:
    """One checkpoint to convert. ``family``: ``Bert`` or ``DistilBert``."""

    family: str
    head: str
    size: str
    cased: bool
    format: str

    @property
    def name(self) -> str:
        """For the table."""
        case = "cased" if self.cased else "uncased"
        return f"{self.family}{self.head} {self.size} {case} {self.format}"


def sentences() -> list[str]:
    """Sentences written for the tests, of different lengths."""
    text = (ROOT / "test/fixtures/abstracts/abstract.txt").read_text(encoding="utf-8")
    return [s.strip() + "." for s in text.replace("\n", " ").split(". ") if s.strip()][:8]


def vocabulary(folder: Path, cased: bool) -> BertTokenizerFast:
    """The shipped uncased vocabulary; for the cased one, with its words capitalised as well."""
    pieces = (ROOT / "models/tagger/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    if cased:
        known = set(pieces)
        words = dict.fromkeys(p.capitalize() for p in pieces[1000:6000] if p.isalpha())
        pieces += [word for word in words if word not in known]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=not cased)


def random_model(case: Case, words: int) -> torch.nn.Module:
    """A model whose every parameter matters: transformers would begin with biases of zero."""
    torch.manual_seed(17)
    size, labels = SIZES[case.size], 2 if case.head == "QuestionAnswering" else 7
    if case.family == "Bert":
        config = BertConfig(vocab_size=words, num_labels=labels, **size)
    else:
        config = DistilBertConfig(vocab_size=words, num_labels=labels, dim=size.get("hidden_size", 768),
                                  n_layers=size.get("num_hidden_layers", 6),
                                  n_heads=size.get("num_attention_heads", 12),
                                  hidden_dim=size.get("intermediate_size", 3072))
    name = case.head if case.head == "Model" else f"For{case.head}"
    model = getattr(transformers, f"{case.family}{name}")(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "LayerNorm.weight" in name or "layer_norm.weight" in name:
                parameter.normal_(1.0, 0.1)
            elif name.endswith(".bias"):
                parameter.normal_(0.0, 0.1)
    return model


def write(model: torch.nn.Module, case: Case, folder: Path, tensorflow: str | None) -> Path:
    """Writes the checkpoint. Returns what to convert: a folder, a file or an archive."""
    if case.format.startswith("tensorflow"):
        return write_tensorflow(model, case, folder, tensorflow)
    model.save_pretrained(folder, safe_serialization=case.format == "safetensors",
                          max_shard_size="40MB" if "shards" in case.format else "10GB")
    state = model.state_dict()
    if case.format == "transposed-bin":
        # As transformers' own converter from TensorFlow leaves it: matrices as turned views.
        state = {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in state.items()}
    if case.format in ("legacy-bin", "transposed-bin"):
        torch.save(state, folder / "pytorch_model.bin",
                   _use_new_zipfile_serialization=case.format != "legacy-bin")
    if case.format == "half-bin":
        torch.save({k: v.half() if v.is_floating_point() else v for k, v in state.items()},
                   folder / "pytorch_model.bin")
    return folder


def write_tensorflow(model: torch.nn.Module, case: Case, folder: Path, python: str | None) -> Path:
    """The names and layouts of google-research/bert and of BioBERT's fine-tuning scripts."""
    arrays = dict(tensorflow_arrays(model))
    np.savez(folder / "tensors.npz", **arrays)
    prefix = folder / "model.ckpt-1000"
    subprocess.run([python, "-c", TENSORFLOW_WRITER, folder / "tensors.npz", prefix], check=True,
                   capture_output=True)
    (folder / "tensors.npz").unlink()
    config = {k: v for k, v in model.config.to_dict().items() if k in (
        "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
        "vocab_size", "max_position_embeddings", "type_vocab_size", "initializer_range",
        "hidden_dropout_prob", "attention_probs_dropout_prob")}
    (folder / "bert_config.json").write_text(json.dumps(config))
    if not case.format.endswith("tar.gz"):
        return folder
    archive = folder.parent / f"{folder.name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(folder, arcname="biobert")
    return archive


def tensorflow_arrays(model: torch.nn.Module) -> Iterator[tuple[str, np.ndarray]]:
    """Each parameter under its name in the original release, kernels as [in, out]."""
    heads = {"qa_outputs.weight": "cls/squad/output_weights", "qa_outputs.bias": "cls/squad/output_bias",
             "classifier.weight": "output_weights", "classifier.bias": "output_bias"}
    for name, parameter in model.named_parameters():
        array = parameter.detach().numpy()
        if name in heads:
            yield heads[name], array
            continue
        is_norm, is_table = "LayerNorm" in name, "_embeddings." in name
        path = ("" if name.startswith("bert.") else "bert.") + name
        path = path.replace(".layer.", ".layer_").replace(".", "/")
        if is_norm:
            path = path.replace("/weight", "/gamma").replace("/bias", "/beta")
        elif is_table:
            path = path.removesuffix("/weight")
        elif path.endswith("/weight"):
            path, array = path.removesuffix("weight") + "kernel", array.T
        yield path, array
        if path.endswith("kernel"):
            yield f"{path}/adam_m", np.zeros_like(array)


def convert(source: Path, output: Path, case: Case, precision: str) -> float:
    """Runs the built command line. Returns the most memory that it held, in MB, as Linux counts it."""
    running = subprocess.Popen(["node", ROOT / "dist/cli.js", "convert", source, "--output", output,
                                "--quiet", "--task", TASKS[case.head], "--precision", precision])
    most, status = 0, Path(f"/proc/{running.pid}/status")
    while running.poll() is None:
        # Not getrusage: it counts what this process held before the other began.
        held = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        most = max(most, int(held[1]) if held else 0)
        time.sleep(0.02)
    if running.returncode:
        raise SystemExit(f"{case.name} was not converted")
    return most / 1024


def run_graph(folder: Path, encoded: dict) -> list[np.ndarray]:
    """The outputs of the converted graph, in their order."""
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    names = {i.name for i in session.get_inputs()}
    return session.run(None, {k: v for k, v in encoded.items() if k in names})


def differences(case: Case, precision: str, scratch: Path, tensorflow: str | None) -> tuple:
    """Largest difference at tokens, largest value, agreement of the best label, memory."""
    folder, output = scratch / "checkpoint", scratch / "converted"
    folder.mkdir()
    tokenizer = vocabulary(folder, case.cased)
    model = random_model(case, len(tokenizer))
    source = write(model, case, folder, tensorflow)
    if case.format == "archive":
        source = Path(shutil.make_archive(str(scratch / "packed"), "zip", folder))
    memory = convert(source, output, case, precision)
    encoded = dict(tokenizer(sentences(), padding=True, return_tensors="pt"))
    if case.family == "DistilBert":
        encoded.pop("token_type_ids", None)
    with torch.no_grad():
        found = model(**encoded)
    expected = [found[name].numpy() for name in HEADS[case.head] if name in found]
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
    return largest, value, min(agree), memory


def write_fixtures(folder: Path, tensorflow: str) -> None:
    """One tiny tagger as each library saves it, and its logits: what the TypeScript tests convert."""
    folder.mkdir(parents=True, exist_ok=True)
    case = Case("Bert", "TokenClassification", "tiny", False, "safetensors")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "brca1", "carriers", "with", "breast",
              "cancer", "took", "tamoxifen", "##s", ".", ","]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    torch.manual_seed(17)
    labels = ["O", "B-Gene", "I-Gene", "B-Disease", "I-Disease"]
    config = BertConfig(vocab_size=len(pieces), hidden_size=8, num_hidden_layers=2,
                        num_attention_heads=2, intermediate_size=16, max_position_embeddings=32,
                        id2label=dict(enumerate(labels)))
    model = transformers.BertForTokenClassification(config).eval()
    with torch.no_grad():
        for _, parameter in model.named_parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
    model.save_pretrained(folder, safe_serialization=True)
    state = model.state_dict()
    torch.save(state, folder / "pytorch_model.bin")
    torch.save(state, folder / "legacy.bin", _use_new_zipfile_serialization=False)
    torch.save({k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in state.items()},
               folder / "transposed.bin")
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
    kept = [[[round(float(x), 6) for x in token] for token in row] for row in logits]
    (folder / "expected.json").write_text(json.dumps({"ids": ids, "mask": mask, "logits": kept}))


FORMATS = ["safetensors", "safetensors-shards", "bin", "legacy-bin", "transposed-bin", "archive",
           "tensorflow", "tensorflow.tar.gz"]


def cases(sizes: list[str], formats: list[str]) -> list[Case]:
    """Small: every head in every format. Larger: every format once."""
    found = []
    for size in sizes:
        thorough = size in ("tiny", "small")
        for head in HEADS if thorough else ("TokenClassification",):
            for form in formats:
                found.append(Case("Bert", head, size, head != "TokenClassification", form))
            if thorough:
                found.append(Case("DistilBert", head, size, True, "safetensors"))
                found.append(Case("DistilBert", head, size, False, "bin"))
    return found


def main() -> int:
    """Prints a row a checkpoint. Returns 1 where one differs by more than the tolerance."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["tiny", "small"])
    parser.add_argument("--precision", choices=["fp32", "int8"], default="fp32")
    parser.add_argument("--tensorflow", help="a Python that has tensorflow 2")
    parser.add_argument("--fixtures", type=Path, help="write what the TypeScript tests convert, and stop")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    options = parser.parse_args()
    if options.fixtures:
        write_fixtures(options.fixtures, options.tensorflow)
        return 0
    worst = 0.0
    formats = [f for f in options.formats if options.tensorflow or not f.startswith("tensorflow")]
    for case in cases(options.sizes, formats):
        with tempfile.TemporaryDirectory() as scratch:
            largest, value, agree, memory = differences(case, options.precision, Path(scratch),
                                                        options.tensorflow)
        worst = max(worst, largest)
        print(f"{case.name:62} differs by {largest:.1e} of {value:5.2f}, best label the same "
              f"{100 * agree:6.2f} %, at most {memory:5.0f} MB", flush=True)
    print(f"worst {worst:.1e}")
    return int(options.precision == "fp32" and worst > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
