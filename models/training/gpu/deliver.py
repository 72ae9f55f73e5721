"""Cuts what the machine has made into pieces and hands some of them over."""

import logging
import shutil
from pathlib import Path

from .parts import split
from .unpack import SUFFIX

log = logging.getLogger(__name__)


def deliver(work: Path, out: Path, first: int, count: int) -> list[Path]:
    """Copies the pieces ``first`` … ``first + count - 1`` of the results to ``out``.

    The first call (``first`` 1) cuts them, from what there is: a phase that was cut off is taken from its
    checkpoint. Later calls take the same pieces. Raises ``FileNotFoundError`` where nothing was made.
    """
    pieces = work / "pieces"
    if first == 1:
        # Later calls copy files alone: importing PyTorch would take longer than they do.
        from .phases import read_scale
        from .results import wanted_files, write_unfinished

        shutil.rmtree(pieces, ignore_errors=True)
        scale = read_scale(work)
        log.info("taken from checkpoints: %s", write_unfinished(work, scale) or "nothing")
        names = wanted_files(work, scale)
        if not names:
            raise FileNotFoundError(f"{work} holds no results: run gpu-run first")
        split(work / "results", names, pieces, scale.piece_limit, "piece")
    found = sorted(pieces.glob(f"*{SUFFIX}"))
    chosen = found[first - 1 : first - 1 + count]
    out.mkdir(parents=True, exist_ok=True)
    for path in chosen:
        shutil.copyfile(path, out / path.name)
    print(f"pieces {first} to {first + len(chosen) - 1} of {len(found)} in {out}")
    return chosen
