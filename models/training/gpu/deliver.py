"""Splits the results of the job into pieces and copies some of them to the folder that is brought back."""

import logging
import shutil
from pathlib import Path

from .parts import split
from .unpack import SUFFIX

log = logging.getLogger(__name__)


def deliver(work: Path, out: Path, first: int, count: int) -> list[Path]:
    """Copies the pieces ``first`` … ``first + count - 1`` of the results to ``out``.

    The call with ``first`` 1 splits the results that exist; for an unfinished phase it takes the last checkpoint.
    Later calls copy from the same pieces. Returns the copied pieces. Raises ``FileNotFoundError`` if there is no
    result.
    """
    pieces = work / "pieces"
    if first == 1:
        # Later calls only copy files, which takes less time than to import PyTorch.
        from .phases import read_scale
        from .results import wanted_files, write_unfinished

        shutil.rmtree(pieces, ignore_errors=True)
        scale = read_scale(work)
        log.info("results from checkpoints: %s", write_unfinished(work, scale) or "none")
        names = wanted_files(work, scale)
        if not names:
            raise FileNotFoundError(f"{work} contains no results: run gpu-run first")
        split(work / "results", names, pieces, scale.piece_limit, "piece")
    found = sorted(pieces.glob(f"*{SUFFIX}"))
    chosen = found[first - 1 : first - 1 + count]
    out.mkdir(parents=True, exist_ok=True)
    for path in chosen:
        shutil.copyfile(path, out / path.name)
    print(f"pieces {first} to {first + len(chosen) - 1} of {len(found)} in {out}")
    return chosen
