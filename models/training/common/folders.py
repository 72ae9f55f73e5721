"""The folder of the runs, and writing files so that a reader never sees half of one. Imports no PyTorch."""

import json
import os
from pathlib import Path

#: ``models/``, the folder in which ``python -m training`` is run.
MODELS = Path(__file__).resolve().parents[2]
#: Files of a tokenizer in the Hugging Face layout.
TOKENIZER_FILES = ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


def runs_folder() -> Path:
    """The folder of all runs: the environment variable BIOBERT_RUNS, by default ``models/runs``."""
    return Path(os.environ.get("BIOBERT_RUNS") or MODELS / "runs").resolve()


def replace_file(path: Path, content: bytes) -> None:
    """Writes ``content`` beside the old file, then takes its place: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(content)
    os.replace(fresh, path)


def write_json(path: Path, value: object) -> None:
    """Writes ``value`` as :func:`replace_file` does."""
    replace_file(path, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))


def read_json(path: Path) -> dict | None:
    """The object in ``path``; None where there is no such file or it is not valid JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
