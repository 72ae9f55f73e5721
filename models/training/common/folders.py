"""The folder of the runs, and functions that write files atomically. Needs no PyTorch."""

import json
import os
from pathlib import Path

#: ``models/``, the folder in which ``python -m training`` is run.
MODELS = Path(__file__).resolve().parents[2]
#: Files of a tokenizer in the Hugging Face layout.
TOKENIZER_FILES = ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


def runs_folder() -> Path:
    """Returns the folder of all runs: BIOBERT_RUNS or, by default, ``models/runs``."""
    return Path(os.environ.get("BIOBERT_RUNS") or MODELS / "runs").resolve()


def replace_file(path: Path, content: bytes) -> None:
    """Replaces a file atomically, so that no reader sees an incomplete file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(content)
    os.replace(fresh, path)


def write_json(path: Path, value: object) -> None:
    """Replaces a file by the JSON of ``value``, atomically."""
    replace_file(path, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))


def read_json(path: Path) -> dict | None:
    """Reads a JSON file. Returns None if it does not exist or is not valid JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
