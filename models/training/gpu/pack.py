"""Packs everything that the GPU machine needs into bundles: code, start, corpus, and batches of the fine-tunings."""

import json
import logging
import shutil
import zipfile
from pathlib import Path

from ..common.encoder import Encoder
from ..common.folders import TOKENIZER_FILES
from ..pretraining.data.packing import pack as pack_text
from ..pretraining.train import masked_model
from . import unpack
from .arrays import in_half, write_arrays
from .corpus import pack_corpus
from .options import Scale, Task, scale_to_json
from .parts import split
from .plans import write_plan
from .tasks import heads_of, stored_run

log = logging.getLogger(__name__)
SETTINGS, START, CORPUS = "settings.json", "start.arrays", "corpus.arrays"
#: ``unpack`` extracts each archive into the folder of its name.
CODE, TOKENIZER = "code.zip", "start.zip"
_START_FILES = (*TOKENIZER_FILES, "config.json", "adopted.json")
#: A zip archive stores a date with each file. With a constant date, the same code gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack(corpora: Path, start: Path, out: Path, scale: Scale, packed: Path | None = None) -> list[Path]:
    """Writes a folder ``upload-N`` with a copy of ``unpack.py`` for each bundle. Returns the folders.

    ``packed``: what ``python -m training encoder-pack`` wrote with the vocabulary of ``start``. Default: the text is
    packed here. Files that an earlier call left in ``out/stage`` are used again, so that a stopped call can be
    continued. Empty that folder after a change of corpora, start or settings.
    """
    stage = out / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    if packed is None:
        packed = out / "packed"
        if not (packed / "pack.json").is_file():
            pack_text(corpora, start, packed)
    (stage / SETTINGS).write_text(json.dumps(scale_to_json(scale), indent=1))
    pack_code(stage / CODE)
    _zip(
        stage / TOKENIZER,
        {name: (start / name).read_bytes() for name in _START_FILES if (start / name).is_file()},
    )
    if not (stage / START).is_file():
        pack_start(start, stage / START)
    for task in scale.tasks:
        if not (stage / plan_name(task)).is_file():
            _pack_plan(task, corpora, start, stage, out / "unused")
    if not (stage / CORPUS).is_file():
        pack_corpus(packed, Encoder(start), stage / CORPUS)
    files = [SETTINGS, CODE, TOKENIZER, START, CORPUS, *(plan_name(t) for t in scale.tasks)]
    for name in files:
        log.info("%s: %.1f MiB", name, (stage / name).stat().st_size / (1 << 20))
    return _uploads(stage, files, out, scale.bundle_limit)


def plan_name(task: Task) -> str:
    """Name of the file with the batches of a task."""
    return f"plan-{task.name}.arrays"


def pack_start(start: Path, out: Path) -> None:
    """Writes the encoder of ``start`` in half precision, with its masked-word head if it has one."""
    model, new_head = masked_model(start, False)
    state = model.bert.state_dict() if new_head else model.state_dict()
    write_arrays(out, in_half(state), {"head": not new_head, "token_types": model.config.type_vocab_size})


def pack_code(out: Path) -> None:
    """Writes an archive of the Python files of this package, without tests."""
    root = Path(__file__).parents[1]
    files = {
        f"training/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*.py"))
        if "tests" not in path.parts
    }
    _zip(out, files)


def _zip(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)


def _pack_plan(task: Task, corpora: Path, start: Path, stage: Path, unused: Path) -> None:
    run = stored_run(task, start, unused, corpora)
    count = write_plan(stage / plan_name(task), run.batches(task.epochs), {"heads": heads_of(run)})
    log.info("%s: %d steps in %d epochs", task.name, count, task.epochs)


def _uploads(stage: Path, files: list[str], out: Path, limit: int) -> list[Path]:
    for old in out.glob("upload-*"):
        shutil.rmtree(old)
    folders = []
    # The copy of unpack.py is uploaded too.
    room = limit - Path(unpack.__file__).stat().st_size
    for number, part in enumerate(split(stage, files, out, room, "bundle"), 1):
        folder = out / f"upload-{number}"
        folder.mkdir()
        part.replace(folder / part.name)
        shutil.copyfile(unpack.__file__, folder / "unpack.py")
        folders.append(folder)
    return folders
