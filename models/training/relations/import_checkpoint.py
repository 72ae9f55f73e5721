"""Imports a released relation model as a run."""

from pathlib import Path

import torch
from transformers import BertConfig

from ..common.import_checkpoint import ReleasedGraph, encoder_state, write_run_folder
from .options import RUN_FILE


def import_relations(folder: Path, output: Path) -> None:
    """Writes a run from a released relation model: ``relations.pt``, encoder, config and tokenizer."""
    graph = ReleasedGraph(folder / "model.onnx")
    state = encoder_state(graph, "")
    for output_name, matrix in list(graph.products())[-5:]:
        name = output_name.strip("/").split("/")[0]
        state[f"{name}.weight"] = torch.from_numpy(matrix.T.copy())
    for name in ("subject", "output"):
        state[f"{name}.bias"] = torch.from_numpy(graph[f"{name}.bias"].copy())
    write_run_folder(folder, output, BertConfig.from_pretrained(folder), state)
    torch.save(state, output / RUN_FILE)
