"""Joins the pieces of the results on the local machine, to an encoder and to runs that later steps can start from."""

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BertConfig, BertForMaskedLM

from ..common.folders import TOKENIZER_FILES, write_json
from ..common.start import bare_encoder
from ..questions.model import QuestionNetwork
from ..questions.options import RUN_FILE as QUESTION_FILE
from ..relations.model import RelationModel
from ..relations.options import RUN_FILE as RELATION_FILE
from ..tagger.model import Tagger
from ..tagger.options import RUN_FILE as TAGGER_FILE
from .arrays import load_half, read_arrays
from .results import ENCODER, result_file, vocabulary_digest
from .unpack import extract, missing_numbers, read_parts

log = logging.getLogger(__name__)
_TYPES = "bert.embeddings.token_type_embeddings.weight"
_FILES = {"tagger": TAGGER_FILE, "relations": RELATION_FILE, "questions": QUESTION_FILE}


def collect(folders: list[Path], start: Path, out: Path) -> list[str]:
    """Joins the pieces in ``folders`` and writes a folder for each phase to ``out``. Returns their names.

    ``start``: the folder that was packed, for its tokenizer and configuration. If a piece is missing, the files that
    it is a part of are skipped with a warning. Raises ``DamagedPart`` if the checksum of a piece is wrong, and
    ``ValueError`` if ``start`` has another vocabulary than the start that was packed.
    """
    parts = read_parts(folders)
    raw = out / "raw"
    lost = extract(parts, raw / "results")
    if lost:
        log.warning(
            "pieces %s of %d are missing, therefore these files are incomplete: %s",
            missing_numbers(parts),
            parts[0].count,
            ", ".join(lost),
        )
    written = []
    for member, _, _ in parts[0].members:
        name = member.removesuffix(".arrays")
        if member in lost or member == name:
            continue
        try:
            _write(raw, name, start, out / name)
            written.append(name)
        except FileNotFoundError as error:
            log.warning("%s cannot be used: %s", name, error)
    return written


def _write(raw: Path, name: str, start: Path, out: Path) -> None:
    """Writes the folder of one phase."""
    arrays, meta = read_arrays(result_file(raw, name))
    if meta["vocabulary"] != vocabulary_digest(start):
        raise ValueError(f"{start} has another vocabulary than the start that was packed: give that start")
    if meta.get("shared"):
        encoder = result_file(raw, ENCODER)
        if not encoder.is_file():
            raise FileNotFoundError("its word embeddings are in the file of the encoder, which is incomplete")
        encoder_arrays = read_arrays(encoder)[0]
        arrays |= {shared: encoder_arrays[shared] for shared in meta["shared"]}
    out.mkdir(parents=True, exist_ok=True)
    config = BertConfig.from_pretrained(start)
    config.type_vocab_size = len(arrays[_TYPES])
    config.save_pretrained(out)
    for file in (*TOKENIZER_FILES, "adopted.json"):
        if (start / file).is_file():
            shutil.copyfile(start / file, out / file)
    module = _module(meta, out)
    load_half(module, arrays)
    report = {**meta["report"], "partial": meta.get("partial", False)}
    if meta["kind"] == ENCODER:
        _write_encoder(module, report, out)
    else:
        _write_run(module, meta, report, out)


def _write_encoder(model: Any, report: dict, out: Path) -> None:
    curve = report.pop("curve", [])
    model.save_pretrained(out)
    (out / "curve.jsonl").write_text("".join(json.dumps(row) + "\n" for row in curve))
    write_json(out / "pretrain.json", report)


def _write_run(module: Any, meta: dict, report: dict, out: Path) -> None:
    module.bert.save_pretrained(out)
    state = module.state_dict()
    saved = {"heads": meta["heads"], "state": state} if meta["kind"] == "tagger" else state
    torch.save(saved, out / _FILES[meta["kind"]])
    (out / "run.json").write_text(json.dumps(report, indent=1) + "\n")


def _module(meta: dict, folder: Path) -> nn.Module:
    if meta["kind"] == ENCODER:
        return BertForMaskedLM(BertConfig.from_pretrained(folder))
    encoder = bare_encoder(folder)
    if meta["kind"] == "tagger":
        return Tagger(encoder, meta["heads"], 0.0)
    return (RelationModel if meta["kind"] == "relations" else QuestionNetwork)(encoder, 0.0)
