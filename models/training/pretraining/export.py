"""Writes the encoder as it ships (half precision, Hugging Face layout), and its ONNX graph for a check."""

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from transformers import BertForMaskedLM, BertModel

from ..common.encoder import Encoder
from ..common.folders import TOKENIZER_FILES
from ..common.onnx_graph import OPSET

#: Largest accepted difference of a last hidden state between the ONNX graph and PyTorch.
TOLERANCE = 1e-4
#: Sentences for the check: long and short ones, with capitals, Greek letters and numbers.
SENTENCES = [
    "Olaparib was well tolerated in carriers of a BRCA1 mutation.",
    "TNF-α and IL-6 rose within 24 h (p < 0.001), whereas CRP did not change.",
    "Does metformin lower the risk of colorectal cancer in type 2 diabetes?",
    "NaCl.",
    "We measured phosphorylation of ERK1/2 at 5, 15 and 30 min after stimulation with EGF, "
    "with or without 10 µM gefitinib, and repeated every experiment at least three times.",
    "2-(acetyloxy)benzoic acid inhibits cyclooxygenase irreversibly.",
    "No patient died; 3/41 (7.3 %) withdrew because of nausea.",
    "Mice lacking Trp53 develop lymphoma at a median age of 4.5 months.",
    "“Café-au-lait” spots suggest neurofibromatosis type 1.",
]


def release(run: Path, output: Path) -> None:
    """Writes the encoder and the masked-word head of a finished run to ``output`` in float16."""
    model = BertForMaskedLM.from_pretrained(run).half()
    # Pre-training used no dropout, but users who fine-tune the encoder expect that of BERT.
    model.config.hidden_dropout_prob = model.config.attention_probs_dropout_prob = 0.1
    output.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(output)
    for name in TOKENIZER_FILES:
        shutil.copyfile(run / name, output / name)
    settings = json.loads((run / "tokenizer_config.json").read_text())
    settings.pop("name_or_path", None)
    settings["model_max_length"] = model.config.max_position_embeddings
    (output / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    shutil.copyfile(run / "pretrain.json", output / "pretrain.json")


class _States(torch.nn.Module):
    """A model that returns only the last hidden state, so that the graph has one output."""

    def __init__(self, model: BertModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        """Takes tensors [rows, length]. Returns the last hidden states [rows, length, hidden]."""
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export_encoder(folder: Path, path: Path) -> None:
    """Writes the fp32 graph. Inputs: three int64 tensors [batch, sequence]; output: ``last_hidden_state``."""
    model = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    model = model.float().eval()
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "sequence"} for name in (*names, "last_hidden_state")}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _States(model),
        (ids, (ids != 0).long(), torch.zeros_like(ids)),
        str(path),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def graph_difference(folder: Path, path: Path, texts: list[str]) -> float:
    """Returns the largest absolute difference of a last hidden state between graph and PyTorch, without padding."""
    import onnxruntime

    encoder = Encoder(folder)
    model = BertModel.from_pretrained(folder, add_pooling_layer=False).float().eval()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    for first in range(0, len(texts), 8):
        ids, shapes = _rows(encoder, texts[first : first + 8])
        mask = (ids != encoder.special.pad).astype(np.int64)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": shapes}
        with torch.inference_mode():
            expected = model(**{k: torch.from_numpy(v) for k, v in feeds.items()})
        given = session.run(None, feeds)[0]
        difference = np.abs(given - expected.last_hidden_state.numpy())[mask > 0]
        worst = max(worst, float(difference.max()))
    return worst


def _rows(encoder: Encoder, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    rows = []
    for text in texts:
        tokens = [(i, shape) for w in text.split() for ids, shape in encoder.word(w) for i in ids]
        rows.append([(encoder.special.cls, 0), *tokens[:254], (encoder.special.sep, 0)])
    ids = np.full((len(rows), max(map(len, rows))), encoder.special.pad, np.int64)
    shapes = np.zeros_like(ids)
    for row, tokens in enumerate(rows):
        ids[row, : len(tokens)], shapes[row, : len(tokens)] = zip(*tokens)
    return ids, shapes
