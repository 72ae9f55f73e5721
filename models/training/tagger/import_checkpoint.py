"""Imports a released tagger as a run."""

from pathlib import Path

import torch
from transformers import BertConfig

from ..common.import_checkpoint import ReleasedGraph, encoder_state, write_run_folder
from .options import RUN_FILE


def import_tagger(folder: Path, output: Path) -> None:
    """Writes the run of a released tagger: ``tagger.pt``, encoder, config and tokenizer."""
    graph = ReleasedGraph(folder / "model.onnx")
    config = BertConfig.from_pretrained(folder)
    heads = [label[2:] for label in (config.id2label or {}).values() if label.startswith("B-")]
    state = encoder_state(graph, "model.")
    *_, (_, classifier) = graph.products()
    # Row 0 is O, whose logit is 0 by definition.
    state["classifier.weight"] = torch.from_numpy(classifier.T[1:].copy())
    state["classifier.bias"] = torch.from_numpy(graph["model.classifier.bias"][1:].copy())
    write_run_folder(folder, output, config, state)
    torch.save({"heads": heads, "state": state}, output / RUN_FILE)
