"""From a run to files: Hugging Face folder, ONNX graph, fused, quantised, with a manifest."""

import json
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import BertConfig

from ..common.quantise import fuse, quantise
from ..common.running import TOKENIZER_FILES
from ..common.start import bare_encoder
from .model import RUN_FILE, Tagger, to_hugging_face

log = logging.getLogger(__name__)
OPSET = 17
MAX_TOKENS = 256


def load_run(folder: Path) -> Tagger:
    """The averaged tagger of a finished run, or of the checkpoint of one still going.

    Raises ``FileNotFoundError`` where the folder holds neither.
    """
    done = folder / RUN_FILE
    if done.is_file():
        saved = torch.load(done, map_location="cpu", weights_only=True)
        heads, state = saved["heads"], saved["state"]
    else:
        saved = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=False)
        heads, state = saved["heads"], saved["average"]
    tagger = Tagger(bare_encoder(folder), heads, 0.0)
    tagger.load_state_dict(state)
    return tagger.eval()


def export_graph(tagger: Tagger, path: Path) -> None:
    """Writes the plain fp32 graph: int64 [batch, sequence] ×3 → ``logits`` [batch, sequence, 7]."""
    model = to_hugging_face(tagger)
    # The eager attention is the pattern that the fusions know.
    model.config._attn_implementation = "eager"
    ids = torch.tensor([[2, 1, 3], [2, 3, 0]])
    mask = (ids != 0).long()
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "sequence"} for name in (*names, "logits")}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Logits(model),
        (ids, mask, torch.zeros_like(ids)),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        do_constant_folding=True,
    )


class _Logits(torch.nn.Module):
    """Only the tensor, so that the graph has the one output."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        """The logits of the model."""
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).logits


def export(run: Path, output: Path, precision: str) -> Path:
    """Writes ``model.onnx`` of ``precision`` (``fp32``, ``fused`` or a key of
    ``quantise.CANDIDATES``) and the files of a Hugging Face folder to ``output``.

    ``output`` ending in ``.onnx`` gets the graph alone. Returns the graph's path.
    """
    tagger = load_run(run)
    alone = output.suffix == ".onnx"
    target = output if alone else output / "model.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_graph(lambda plain: export_graph(tagger, plain), tagger.bert.config, target, precision)
    if not alone:
        write_folder(tagger, run, target.parent)
    return target


def write_graph(
    export_plain: Callable[[Path], None], config: BertConfig, target: Path, precision: str, keep: str = ""
) -> None:
    """Writes to ``target`` the graph that ``export_plain`` writes, fused and quantised as wanted.

    ``precision`` as :func:`export`; ``keep``: pattern of products that stay in fp32.
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


def write_folder(tagger: Tagger, run: Path, output: Path) -> None:
    """Writes config.json and the tokenizer's files beside the graph."""
    config = to_hugging_face(tagger).config.to_json_string(use_diff=True)
    (output / "config.json").write_text(config)
    write_tokenizer(run, output)


def write_tokenizer(run: Path, output: Path) -> None:
    """Writes the tokenizer's files, without the cut-off of the published ones."""
    for name in TOKENIZER_FILES:
        shutil.copyfile(run / name, output / name)
    tokenizer = json.loads((run / "tokenizer.json").read_text(encoding="utf-8"))
    # The published file cuts at 128 pieces and pads to 128: ours does neither.
    tokenizer["truncation"] = tokenizer["padding"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (output / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
    settings = json.loads((run / "tokenizer_config.json").read_text())
    settings.pop("name_or_path", None)
    (output / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
