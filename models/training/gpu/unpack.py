"""Checks bundles and extracts their files. Needs only the standard library.

The files are joined to one stream, which is split into numbered parts of limited size. Each part is one file: a
magic line, a line of JSON, then its bytes of the stream. The JSON contains the number of the part, its SHA-256, and the
position of every file in the stream. Therefore each part can be checked separately, and complete files can be used
even if a part is missing. ``pack`` puts a copy of this script beside each bundle, because it is the only code
on the machine at first::

    python3 upload-1/unpack.py upload-1 --work job
"""

import argparse
import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MAGIC = b"biobert-gpu-1\n"
SUFFIX = ".part"


class DamagedPart(ValueError):
    """A part whose bytes are damaged. The message names the file."""


class Part(NamedTuple):
    """A checked part. ``number`` counts from 1; ``begin`` is the position of its first byte in the stream;
    ``offset`` is the position of that byte in the file; ``members`` has (path, first byte, size) of every file in
    the whole stream."""

    path: Path
    stream: str
    number: int
    count: int
    begin: int
    size: int
    offset: int
    members: list[tuple[str, int, int]]

    def bytes(self, begin: int, end: int) -> bytes:
        """Returns those of the bytes ``[begin, end)`` of the stream that are in this part."""
        low, high = max(begin, self.begin), min(end, self.begin + self.size)
        if low >= high:
            return b""
        with self.path.open("rb") as file:
            file.seek(self.offset + low - self.begin)
            return file.read(high - low)


def read_part(path: Path) -> Part:
    """Reads and checks one part. Raises :class:`DamagedPart` if its SHA-256 differs."""
    data = path.read_bytes()
    try:
        if not data.startswith(MAGIC):
            raise ValueError("wrong first line")
        end = data.index(b"\n", len(MAGIC))
        head = json.loads(data[len(MAGIC) : end])
        body = memoryview(data)[end + 1 :]
        if hashlib.sha256(body).hexdigest() != head["sha256"]:
            raise ValueError("wrong SHA-256")
        members = [(name, int(begin), int(size)) for name, begin, size in head["members"]]
        return Part(
            path, head["stream"], head["number"], head["count"], head["begin"], len(body), end + 1, members
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedPart(f"{path.name} is damaged ({error}): fetch this part again") from error


def read_parts(folders: list[Path]) -> list[Part]:
    """Returns all parts in ``folders``, by number.

    Raises :class:`DamagedPart`, ``FileNotFoundError`` if the folders contain no part, and ``ValueError`` if the parts
    belong to different streams.
    """
    paths = [path for folder in folders for path in sorted(folder.rglob(f"*{SUFFIX}"))]
    parts = list(map(read_part, paths))
    if not parts:
        raise FileNotFoundError(f"no *{SUFFIX} file in {', '.join(map(str, folders))}")
    if len({part.stream for part in parts}) > 1:
        raise ValueError("these parts belong to different jobs: use a separate folder for each job")
    return sorted({part.number: part for part in parts}.values(), key=lambda part: part.number)


def missing_numbers(parts: list[Part]) -> list[int]:
    """Returns the numbers of the missing parts."""
    here = {part.number for part in parts}
    return [number for number in range(1, parts[0].count + 1) if number not in here]


def extract(parts: list[Part], target: Path) -> list[str]:
    """Writes every complete file. Returns the paths of the incomplete files.

    Raises ``ValueError`` for a path outside ``target``.
    """
    lost = []
    for name, begin, size in parts[0].members:
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise ValueError(f"{name!r} is outside the target folder")
        if sum(len(chunk) for chunk in _chunks(parts, begin, size)) != size:
            lost.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for chunk in _chunks(parts, begin, size):
                file.write(chunk)
    return lost


def _chunks(parts: list[Part], begin: int, size: int) -> Iterator[bytes]:
    for part in parts:
        yield part.bytes(begin, begin + size)


def keep(part: Part, store: Path) -> None:
    """Copies a part to ``store`` atomically. Removes parts of an earlier stream."""
    store.mkdir(parents=True, exist_ok=True)
    for old in store.glob(f"*{SUFFIX}"):
        if read_part(old).stream != part.stream:
            old.unlink()
    fresh = store / f"{part.path.name}.new"
    fresh.write_bytes(part.path.read_bytes())
    os.replace(fresh, store / part.path.name)


def main(arguments: list[str] | None = None) -> int:
    """Stores the bundles of a folder and, when all are there, extracts them.

    Returns 1 if a bundle is damaged, otherwise 0, even if bundles are missing.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bundles", type=Path, help="folder of one or more bundles")
    parser.add_argument("--work", type=Path, required=True, help="folder of the job on this machine")
    args = parser.parse_args(arguments)
    store = args.work / "bundles"
    try:
        for part in read_parts([args.bundles]):
            keep(part, store)
        parts = read_parts([store])
    except (ValueError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    missing = missing_numbers(parts)
    if missing:
        print(f"{len(parts)} of {parts[0].count} bundles have arrived; missing: {missing}")
        return 0
    extract(parts, args.work)
    for archive in sorted(args.work.glob("*.zip")):
        with zipfile.ZipFile(archive) as files:
            files.extractall(args.work / archive.stem)
    print(f"all {len(parts)} bundles have arrived: {len(parts[0].members)} files in {args.work}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
