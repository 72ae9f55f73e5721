"""Writes the ONNX graph of a model, fused and quantised, and its tokenizer."""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

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
