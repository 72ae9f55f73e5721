"""Splits files into parts of limited size.

A part on its way to the GPU machine is called a bundle, a part on its way back a piece. ``unpack`` describes the
format and joins the parts again.
"""

import hashlib
import json
from pathlib import Path

from .unpack import MAGIC, SUFFIX

MEBIBYTE = 1 << 20
#: A call uploads at most 64 MiB. The tracked files without the models take 8 MiB of them.
BUNDLE_LIMIT = 54 * MEBIBYTE
#: A call returns at most 8 files of 64 MiB together, so a piece may have an eighth of that.
PIECE_LIMIT = 8 * MEBIBYTE
PIECES_A_CALL = 8


def split(source: Path, names: list[str], out: Path, limit: int, prefix: str) -> list[Path]:
    """Writes the files ``names`` of the folder ``source`` as ``<prefix>-001.part`` … to ``out``.

    ``limit``: largest size of a part in bytes, header included. Returns the parts in their order. The same files
    give the same bytes. Raises ``ValueError`` if the limit is too small for the header.
    """
    sizes = [(source / name).stat().st_size for name in names]
    begins = [sum(sizes[:number]) for number in range(len(sizes))]
    members = [list(row) for row in zip(names, begins, sizes)]
    digest = hashlib.sha256(json.dumps(members).encode())
    for name in names:
        digest.update((source / name).read_bytes())
    stream, total = digest.hexdigest()[:16], sum(sizes)
    # The other fields of the header (stream, numbers, begin, checksum) take less than 200 bytes.
    room = limit - len(MAGIC) - len(json.dumps(members)) - 200
    if room <= 0:
        raise ValueError(f"a limit of {limit} bytes leaves no room for data: raise it")
    count = max(1, -(-total // room))
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(1, count + 1):
        begin = (number - 1) * room
        body = _read_range(source, members, begin, min(begin + room, total))
        head = {
            "stream": stream,
            "number": number,
            "count": count,
            "begin": begin,
            "sha256": hashlib.sha256(body).hexdigest(),
            "members": members,
        }
        path = out / f"{prefix}-{number:03d}{SUFFIX}"
        path.write_bytes(MAGIC + json.dumps(head).encode() + b"\n" + body)
        written.append(path)
    return written


def _read_range(source: Path, members: list[list], begin: int, end: int) -> bytes:
    """Returns the bytes ``[begin, end)`` of the stream, which is the concatenation of ``members``."""
    chunks = []
    for name, first, size in members:
        low, high = max(begin, first), min(end, first + size)
        if low < high:
            with (source / name).open("rb") as file:
                file.seek(low - first)
                chunks.append(file.read(high - low))
    return b"".join(chunks)
