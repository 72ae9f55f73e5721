"""The kinds of quantisation that can be exported. This module needs no ONNX, so that ``--help`` can list them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A kind of quantisation.

    ``kind``: ``dynamic`` (integer products) or ``blocks`` (MatMulNBits). ``signed``: whether weights are signed
    integers. ``per_channel``: whether each channel has a scale. ``reduce_range``: whether weights use one bit less.
    ``block``: weights in a block with one scale. ``safe_without_vnni``: see :mod:`training.common.quantise`.
    ``keep``: pattern of the names of products that stay in fp32.
    """

    kind: str
    signed: bool = True
    per_channel: bool = False
    reduce_range: bool = False
    block: int = 32
    safe_without_vnni: bool = True
    keep: str = ""


CANDIDATES: Mapping[str, Candidate] = {
    "int8-reduced": Candidate("dynamic", per_channel=True, reduce_range=True),
    # The inputs of the products after GELU have outliers, for which one scale for the whole tensor is too coarse.
    "int8-reduced-ffn": Candidate(
        "dynamic", per_channel=True, reduce_range=True, keep=r"layer\.\d+/output/dense"
    ),
    "int8-full": Candidate("dynamic", per_channel=True, safe_without_vnni=False),
    "uint8": Candidate("dynamic", signed=False),
    "uint8-channel": Candidate("dynamic", signed=False, per_channel=True),
    "blocks-32": Candidate("blocks", block=32),
    "blocks-128": Candidate("blocks", block=128),
}
