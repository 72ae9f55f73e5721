"""Imports a released question model as a run."""

from pathlib import Path

import torch
from transformers import BertConfig

from ..common.import_checkpoint import ReleasedGraph, encoder_state, write_run_folder
from .options import RUN_FILE


def import_questions(folder: Path, output: Path) -> None:
    """Writes a run from a released question model: ``questions.pt``, encoder, config and tokenizer."""
    graph = ReleasedGraph(folder / "model.onnx")
    state = encoder_state(graph, "")
    products = list(graph.products())
    for name in ("span", "verdict"):
        matrix = next(m for output_name, m in products if output_name.strip("/").startswith(name))
        state[f"{name}.weight"] = torch.from_numpy(matrix.T.copy())
        state[f"{name}.bias"] = torch.from_numpy(graph[f"{name}.bias"].copy())
    write_run_folder(folder, output, BertConfig.from_pretrained(folder), state)
    torch.save(state, output / RUN_FILE)
