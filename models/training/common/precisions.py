"""The ways to quantise that are compared. This module needs no ONNX, so that ``--help`` can list them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """One way to quantise. ``kind``: ``dynamic`` (integer products) or ``blocks`` (MatMulNBits).

    Products whose name matches the pattern ``keep`` stay in fp32.
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
    # The products after GELU see the outliers that one scale for a whole tensor takes badly.
    "int8-reduced-ffn": Candidate(
        "dynamic", per_channel=True, reduce_range=True, keep=r"layer\.\d+/output/dense"
    ),
    "int8-full": Candidate("dynamic", per_channel=True, safe_without_vnni=False),
    "uint8": Candidate("dynamic", signed=False),
    "uint8-channel": Candidate("dynamic", signed=False, per_channel=True),
    "blocks-32": Candidate("blocks", block=32),
    "blocks-128": Candidate("blocks", block=128),
}
