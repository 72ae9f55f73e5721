"""Writes randomly initialised checkpoints in every format that ``biobert convert`` reads.

Checkpoints in the format of the original release are written by TensorFlow, in another Python that has it.
"""

import json
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from transformers import BertConfig, BertTokenizerFast, DistilBertConfig

ROOT = Path(__file__).resolve().parents[3]
SIZES = {
    "tiny": {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64},
    "small": {
        "hidden_size": 256,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "intermediate_size": 1024,
    },
    "base": {},
    "large": {
        "hidden_size": 1024,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "intermediate_size": 4096,
    },
}
FORMATS = [
    "safetensors",
    "safetensors-shards",
    "bin",
    "legacy-bin",
    "transposed-bin",
    "archive",
    "tensorflow",
    "tensorflow.tar.gz",
]

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
        """The name of the case in messages."""
        case = "cased" if self.cased else "uncased"
        return f"{self.family}{self.head} {self.size} {case} {self.format}"


def vocabulary(folder: Path, cased: bool) -> BertTokenizerFast:
    """Writes the shipped uncased vocabulary or, if ``cased``, this with capitalised words in addition. Returns its
    tokenizer."""
    tokens = (ROOT / "models/tagger/vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    if cased:
        known = set(tokens)
        words = dict.fromkeys(p.capitalize() for p in tokens[1000:6000] if p.isalpha())
        tokens += [word for word in words if word not in known]
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    return BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=not cased)


def random_model(case: Case, words: int) -> torch.nn.Module:
    """Returns a model whose biases and norms are random too, so that a comparison detects a mistake in any of them."""
    torch.manual_seed(17)
    size, labels = SIZES[case.size], 2 if case.head == "QuestionAnswering" else 7
    if case.family == "Bert":
        config = BertConfig(vocab_size=words, num_labels=labels, **size)
    else:
        config = DistilBertConfig(
            vocab_size=words,
            num_labels=labels,
            dim=size.get("hidden_size", 768),
            n_layers=size.get("num_hidden_layers", 6),
            n_heads=size.get("num_attention_heads", 12),
            hidden_dim=size.get("intermediate_size", 3072),
        )
    name = case.head if case.head == "Model" else f"For{case.head}"
    model = getattr(transformers, f"{case.family}{name}")(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "LayerNorm.weight" in name or "layer_norm.weight" in name:
                parameter.normal_(1.0, 0.1)
            elif name.endswith(".bias"):
                parameter.normal_(0.0, 0.1)
    return model


def write(model: Any, case: Case, folder: Path, tensorflow: str | None) -> Path:
    """Writes the checkpoint. Returns the folder, file or archive to convert."""
    if case.format.startswith("tensorflow"):
        return write_tensorflow(model, case, folder, tensorflow)
    model.save_pretrained(
        folder,
        safe_serialization=case.format == "safetensors",
        max_shard_size="40MB" if "shards" in case.format else "10GB",
    )
    state = model.state_dict()
    if case.format == "transposed-bin":
        # The converter from TensorFlow in transformers leaves matrices as transposed views.
        state = {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in state.items()}
    if case.format in ("legacy-bin", "transposed-bin"):
        torch.save(
            state, folder / "pytorch_model.bin", _use_new_zipfile_serialization=case.format != "legacy-bin"
        )
    return folder


def write_tensorflow(model: Any, case: Case, folder: Path, python: str | None) -> Path:
    """Writes a checkpoint with the names and layouts of google-research/bert and of BioBERT's fine-tuning scripts.

    ``python``: path of a Python that has tensorflow. Raises ``ValueError`` without it.
    """
    if python is None:
        raise ValueError("TensorFlow checkpoints need the path of a Python that has tensorflow")
    arrays = dict(tensorflow_arrays(model))
    np.savez(folder / "tensors.npz", **arrays)  # type: ignore[arg-type]
    prefix = folder / "model.ckpt-1000"
    subprocess.run(
        [python, "-c", TENSORFLOW_WRITER, str(folder / "tensors.npz"), str(prefix)],
        check=True,
        capture_output=True,
    )
    (folder / "tensors.npz").unlink()
    config = {
        k: v
        for k, v in model.config.to_dict().items()
        if k
        in (
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "hidden_act",
            "vocab_size",
            "max_position_embeddings",
            "type_vocab_size",
            "initializer_range",
            "hidden_dropout_prob",
            "attention_probs_dropout_prob",
        )
    }
    (folder / "bert_config.json").write_text(json.dumps(config))
    if not case.format.endswith("tar.gz"):
        return folder
    archive = folder.parent / f"{folder.name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        tar.add(folder, arcname="biobert")
    return archive


def tensorflow_arrays(model: torch.nn.Module) -> Iterator[tuple[str, np.ndarray]]:
    """Yields each parameter with its name in the original release. Kernels are [in, out]."""
    heads = {
        "qa_outputs.weight": "cls/squad/output_weights",
        "qa_outputs.bias": "cls/squad/output_bias",
        "classifier.weight": "output_weights",
        "classifier.bias": "output_bias",
    }
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
