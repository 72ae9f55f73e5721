"""Imports the stance model of a released question model as a run."""

from pathlib import Path

import torch
from transformers import BertConfig

from ..common.import_checkpoint import ReleasedGraph, encoder_state, write_run_folder
from .export import GRAPH
from .options import RUN_FILE


def import_stances(folder: Path, output: Path) -> None:
    """Writes a run from the stance model in ``folder``: ``stances.pt``, encoder, config and tokenizer."""
    graph = ReleasedGraph(folder / GRAPH)
    state = encoder_state(graph, "")
    matrix = next(m for name, m in graph.products() if name.strip("/").startswith("stance"))
    state["stance.weight"] = torch.from_numpy(matrix.T.copy())
    state["stance.bias"] = torch.from_numpy(graph["stance.bias"].copy())
    write_run_folder(folder, output, BertConfig.from_pretrained(folder), state)
    torch.save(state, output / RUN_FILE)
