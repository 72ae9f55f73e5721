"""Writes the ONNX graph of a model, fused and quantised, and its tokenizer."""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig

from .folders import TOKENIZER_FILES
from .quantise import fuse, quantise

log = logging.getLogger(__name__)
OPSET = 17


def write_graph(
    export_plain: Callable[[Path], None], config: BertConfig, target: Path, precision: str, keep: str = ""
) -> None:
    """Writes the graph of a model to ``target``.

    ``export_plain``: writes the fp32 graph to a path. ``precision``: ``fp32``, ``fused`` (fp32 with fused operators)
    or a key of :data:`training.common.precisions.CANDIDATES`. ``keep``: pattern of the names of products that stay in
    fp32.
    """
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        export_plain(plain)
        if precision != "fp32":
            fuse(plain, fused, config.num_attention_heads, config.hidden_size)
        if precision in ("fp32", "fused"):
            shutil.copyfile(plain if precision == "fp32" else fused, target)
        else:
            quantise(fused, target, precision, keep)
    log.info("%s: %.1f MB", target, target.stat().st_size / 1e6)


def export_rows(network: Any, path: Path, inputs: Sequence[str], output: str) -> None:
    """Writes the fp32 graph, without fused operators, of a network with one result for each row.

    The inputs are int64 [batch, sequence]: token ids, mask, and token types if ``inputs`` names three.
    """
    network.bert.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        network.eval(),
        (ids, (ids != 0).long(), torch.zeros_like(ids))[: len(inputs)],
        str(path),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes={**{name: {0: "batch", 1: "sequence"} for name in inputs}, output: {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


def write_tokenizer(run: Path, output: Path) -> None:
    """Copies the files of the tokenizer, without truncation and padding."""
    for name in TOKENIZER_FILES:
        shutil.copyfile(run / name, output / name)
    tokenizer = json.loads((run / "tokenizer.json").read_text(encoding="utf-8"))
    # The published file truncates and pads to 128 tokens, which the product must not do.
    tokenizer["truncation"] = tokenizer["padding"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (output / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
    settings = json.loads((run / "tokenizer_config.json").read_text())
    settings.pop("name_or_path", None)
    (output / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
