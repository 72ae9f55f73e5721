"""Imports the stance model of a released question model as a run."""

import re
from pathlib import Path

import torch
from transformers import BertConfig

from ..common.import_checkpoint import ReleasedGraph, encoder_state, write_run_folder
from .export import GRAPH
from .options import RUN_FILE

_LAYER = re.compile(r"bert\.encoder\.layer\.(\d+)\.")


def import_stances(folder: Path, output: Path) -> None:
    """Writes a run from the stance model in ``folder``: ``stances.pt``, encoder, config and tokenizer."""
    # The graph for answers may give the stances too, from its verdict layer.
    own = (folder / GRAPH).is_file()
    graph = ReleasedGraph(folder / (GRAPH if own else "model.onnx"))
    layer = "stance" if own else "verdict"
    state = encoder_state(graph, "")
    matrix = next(m for name, m in graph.products() if name.strip("/").startswith(layer))
    state["stance.weight"] = torch.from_numpy(matrix.T.copy())
    state["stance.bias"] = torch.from_numpy(graph[f"{layer}.bias"].copy())
    # The stance model may have more layers than the reader whose folder and width it shares.
    config = BertConfig.from_pretrained(folder)
    config.num_hidden_layers = 1 + max(int(m[1]) for name in state if (m := _LAYER.match(name)))
    write_run_folder(folder, output, config, state)
    torch.save(state, output / RUN_FILE)
