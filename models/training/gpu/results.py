"""Writes the results: one file of half-precision weights for each phase, as soon as the phase ends."""

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from ..common.checkpoint import load_state
from .arrays import in_half, read_arrays, write_arrays
from .job import LOG, STATE
from .options import Scale

log = logging.getLogger(__name__)
ENCODER = "encoder"
#: Weights that a fine-tuning may share with the encoder, under the names that they have in the encoder.
_SHARED = ("bert.embeddings.word_embeddings.weight",)


def vocabulary_digest(start: Path) -> str:
    """SHA-256 of ``vocab.txt``. Two folders with the same digest have the same vocabulary."""
    return hashlib.sha256((start / "vocab.txt").read_bytes()).hexdigest()


def result_file(work: Path, name: str) -> Path:
    """Path of the result of a phase."""
    return work / "results" / f"{name}.arrays"


def write_encoder_result(work: Path, state: Mapping[str, torch.Tensor], meta: Mapping) -> None:
    """Writes the encoder with its masked-word head."""
    _write(work, ENCODER, in_half(state), {"kind": ENCODER, **meta})


def write_task_result(work: Path, name: str, state: Mapping[str, torch.Tensor], meta: Mapping) -> None:
    """Writes the weights of a fine-tuning. Weights that equal those of the encoder are only listed by name."""
    arrays = in_half(state)
    file = result_file(work, ENCODER)
    encoder = read_arrays(file)[0] if file.is_file() else {}
    shared = [n for n in _SHARED if n in arrays and n in encoder and np.array_equal(arrays[n], encoder[n])]
    for shared_name in shared:
        del arrays[shared_name]
    _write(work, name, arrays, {**meta, "shared": shared})


def _write(work: Path, name: str, arrays: Mapping[str, np.ndarray], meta: Mapping) -> None:
    digest = vocabulary_digest(work / "start")
    write_arrays(result_file(work, name), arrays, {**meta, "vocabulary": digest}, quickly=True)


def write_unfinished(work: Path, scale: Scale) -> list[str]:
    """Writes the results of unfinished phases from their checkpoints. Returns the names of these phases."""
    written = []
    for name, kind in ((ENCODER, ENCODER), *((t.name, t.kind) for t in scale.tasks)):
        file = result_file(work, name)
        is_finished = file.is_file() and not read_arrays(file)[1].get("partial")
        state = None if is_finished else load_state(work / name)
        if state is None:
            continue
        meta = {"kind": kind, "partial": True, "report": {"steps": state["step"]}}
        if kind == ENCODER:
            write_encoder_result(work, state["model"], meta)
        else:
            meta["heads"] = list(state.get("heads", ()))
            write_task_result(work, name, state["average"], meta)
        written.append(name)
    return written


def wanted_files(work: Path, scale: Scale) -> list[str]:
    """Files to bring back, the most important first: log, encoder, tasks. The result of a task that a later task
    continued is left out."""
    continued = {t.start for t in scale.tasks if result_file(work, t.name).is_file()}
    names = [ENCODER, *(t.name for t in scale.tasks if t.name not in continued)]
    arrays = [f"{name}.arrays" for name in names if result_file(work, name).is_file()]
    return [name for name in (STATE, LOG) if (work / "results" / name).is_file()] + arrays


def encoder_report(out: Path) -> dict:
    """The content of ``pretrain.json`` and the learning curve of an encoder's run."""
    lines = (out / "curve.jsonl").read_text(encoding="utf-8").splitlines()
    return {**json.loads((out / "pretrain.json").read_text()), "curve": list(map(json.loads, lines))}
