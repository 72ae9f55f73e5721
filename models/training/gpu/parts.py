"""Cuts files into parts of limited size: bundles on the way out, pieces on the way back."""

import hashlib
import json
from pathlib import Path

from .unpack import MAGIC, SUFFIX

MEBIBYTE = 1 << 20
#: A call carries 64 MiB in all, and the tracked files without the models take 8 of them.
BUNDLE_LIMIT = 54 * MEBIBYTE
#: Eight files of a call may hold 64 MiB together, so a piece has at most an eighth of it.
PIECE_LIMIT = 8 * MEBIBYTE
PIECES_A_CALL = 8


def split(source: Path, names: list[str], out: Path, limit: int, prefix: str) -> list[Path]:
    """Writes the files ``names`` of ``source`` as ``<prefix>-001.part`` … to ``out``.

    ``limit``: bytes of a part, its header included. The same files give the same bytes. Raises
    ``ValueError`` where the limit leaves no room beside the header.
    """
    sizes = [(source / name).stat().st_size for name in names]
    begins = [sum(sizes[:number]) for number in range(len(sizes))]
    members = [list(row) for row in zip(names, begins, sizes)]
    digest = hashlib.sha256(json.dumps(members).encode())
    for name in names:
        digest.update((source / name).read_bytes())
    stream, total = digest.hexdigest()[:16], sum(sizes)
    # Numbers in the header grow with the stream: 200 bytes hold them and the checksum.
    room = limit - len(MAGIC) - len(json.dumps(members)) - 200
    if room <= 0:
        raise ValueError(f"a limit of {limit} bytes leaves no room for data: raise it")
    count = max(1, -(-total // room))
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(1, count + 1):
        begin = (number - 1) * room
        body = _bytes(source, members, begin, min(begin + room, total))
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


def _bytes(source: Path, members: list[list], begin: int, end: int) -> bytes:
    found = []
    for name, first, size in members:
        low, high = max(begin, first), min(end, first + size)
        if low < high:
            with (source / name).open("rb") as file:
                file.seek(low - first)
                found.append(file.read(high - low))
    return b"".join(found)
