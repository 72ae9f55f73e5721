"""Writes tiny fine-tuned checkpoints for the TypeScript tests: ``python -m training.checks.fixtures FOLDER``.

There is one checkpoint for each task, like those that other people publish: a tagger with unnamed labels, a
classifier of masked pairs, and a reader trained on SQuAD 1. Each learns a rule about one word in seconds, so that the
tests know its predictions. The logits of PyTorch are written too, so that the tests can compare those of the
converted graph.
"""

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast
from transformers.models.bert.modeling_bert import BertPooler

from .random_checkpoints import Case, write_tensorflow

GENES, DISEASES = ["brca1", "tp53", "egfr"], ["asthma", "cancer"]
FILLERS = ["carriers", "of", "the", "in", "took", "aspirin", "with", "a", "mutation"]
TOKENS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    ".",
    "?",
    "@",
    "$",
    "gene",
    "disease",
    "which",
    "causes",
    "prevents",
    "and",
    *GENES,
    *DISEASES,
    *FILLERS,
]
LENGTH, STEPS, ROWS = 24, 300, 32


def tagger_example(words: random.Random) -> tuple[str, str | None, list[int]]:
    """Returns a sentence and its labels: 1 for genes, otherwise 0."""
    text = words.choices([*GENES, *DISEASES, *FILLERS, "causes", "and", "."], k=8)
    return " ".join(text), None, [int(word in GENES) for word in text]


def relation_example(words: random.Random) -> tuple[str, str | None, int]:
    """Returns a sentence and its label: 1 if it contains "causes", otherwise 0."""
    verb = words.choice(["causes", "prevents", "and", "in"])
    before, after = (" ".join(words.choices(FILLERS, k=words.randrange(3))) for _ in "ab")
    return f"{before} @gene$ {verb} {after} @disease$ .", None, int(verb == "causes")


def question_example(words: random.Random) -> tuple[str, str | None, int]:
    """Returns a question, a passage, and the position of the answer: the gene in the passage."""
    text = words.choices([*DISEASES, *FILLERS, "causes", "and", "."], k=8)
    place = words.randrange(8)
    text[place] = words.choice(GENES)
    return f"which gene causes {words.choice(DISEASES + GENES)} ?", " ".join(text), place


def batch(tokenizer: BertTokenizerFast, example: Callable, words: random.Random) -> dict[str, torch.Tensor]:
    """Returns a batch of random examples with their gold labels."""
    texts, others, gold = zip(*(example(words) for _ in range(ROWS)), strict=True)
    encoded = tokenizer(
        list(texts),
        list(others) if others[0] else None,
        padding="max_length",
        truncation=True,
        max_length=LENGTH,
        return_tensors="pt",
    )
    inputs: dict[str, Any] = dict(encoded)
    if example is tagger_example:
        labels = torch.full((ROWS, LENGTH), -100)
        for row, tags in enumerate(gold):
            labels[row, 1 : 1 + len(tags)] = torch.tensor(tags)
        inputs["labels"] = labels
    elif example is relation_example:
        inputs["labels"] = torch.tensor(gold)
    else:
        first = [encoded.char_to_token(i, 0, sequence_index=1) for i in range(ROWS)]
        places = torch.tensor(first) + torch.tensor(gold)
        inputs["start_positions"] = inputs["end_positions"] = places
    return inputs


def write(folder: Path, head: str, example: Callable) -> float:
    """Trains a model and saves it with its logits. Returns the last loss."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(TOKENS) + "\n", encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=True)
    torch.manual_seed(17)
    config = BertConfig(
        vocab_size=len(TOKENS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        num_labels=2,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = getattr(transformers, f"BertFor{head}")(config)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    words = random.Random(17)
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = model(**batch(tokenizer, example, words)).loss
        loss.backward()
        optimiser.step()
    model.eval().save_pretrained(folder, safe_serialization=True)
    (folder / "expected.json").write_text(json.dumps(expected(model, tokenizer, example)), encoding="utf-8")
    return loss.item()


def expected(model: torch.nn.Module, tokenizer: BertTokenizerFast, example: Callable) -> dict:
    """Returns two rows of input and the logits of PyTorch."""
    inputs = {k: v[:2] for k, v in batch(tokenizer, example, random.Random(3)).items()}
    tensors = {k: inputs[k] for k in ("input_ids", "attention_mask", "token_type_ids")}
    with torch.no_grad():
        outputs = model(**tensors)
    logits = {k: v for k, v in outputs.items() if k.endswith("logits")}
    rounded = {k: [round(float(x), 5) for x in v.flatten()] for k, v in logits.items()}
    return {
        "dims": list(tensors["input_ids"].shape),
        "inputs": {k: v.flatten().tolist() for k, v in tensors.items()},
        "outputs": rounded,
    }


def write_other_formats(folder: Path, tensorflow: str) -> None:
    """Writes the tagger in ``folder`` also in the formats of PyTorch and TensorFlow.

    The TensorFlow checkpoint contains a pooler, as those of BioBERT's scripts do although tagging does not use it. So
    its weights look like those of a classifier of texts.
    """
    model = BertForTokenClassification.from_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    torch.manual_seed(17)
    model.bert.pooler = BertPooler(model.config)
    with tempfile.TemporaryDirectory() as scratch:
        original = Path(scratch) / "genes"
        original.mkdir()
        shutil.copy(folder / "vocab.txt", original)
        case = Case("Bert", "TokenClassification", "tiny", False, "tensorflow.tar.gz")
        shutil.copy(write_tensorflow(model, case, original, tensorflow), folder / "original.tar.gz")


def main() -> int:
    """Writes the checkpoints and prints their losses."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--other-formats",
        metavar="PYTHON",
        help="write the existing tagger in the other formats too, and stop; PYTHON: a Python that has tensorflow 2",
    )
    options = parser.parse_args()
    folder = options.folder
    if options.other_formats:
        write_other_formats(folder / "genes", options.other_formats)
        return 0
    torch.set_num_threads(1)
    for name, head, example in (
        ("genes", "TokenClassification", tagger_example),
        ("gad", "SequenceClassification", relation_example),
        ("squad", "QuestionAnswering", question_example),
    ):
        print(f"{name}: loss {write(folder / name, head, example):.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
