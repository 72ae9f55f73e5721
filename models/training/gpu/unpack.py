"""Checks bundles and lays out what they hold. Needs the standard library alone.

A stream of files is cut into numbered parts of limited size. Each part is one file: a magic line, a
line of JSON, then its share of the bytes. The JSON says which part this is, its SHA-256, and where
every file of the stream lies, so that any part can be checked alone and whatever is complete can be
used when a part is missing. ``pack`` puts a copy of this file beside each bundle, for the machine
has nothing of ours at first::

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
    """A part whose bytes are not those that were written; the message says which file."""


class Part(NamedTuple):
    """A checked part. ``number`` counts from 1; ``begin`` is its first byte's place in the stream;
    ``members`` are (path, first byte, size) of every file of the whole stream."""

    path: Path
    stream: str
    number: int
    count: int
    begin: int
    size: int
    offset: int
    members: list[tuple[str, int, int]]

    def bytes(self, begin: int, end: int) -> bytes:
        """The bytes ``[begin, end)`` of the stream as far as they stand in this part."""
        low, high = max(begin, self.begin), min(end, self.begin + self.size)
        if low >= high:
            return b""
        with self.path.open("rb") as file:
            file.seek(self.offset + low - self.begin)
            return file.read(high - low)


def read_part(path: Path) -> Part:
    """Reads and checks one part. Raises :class:`DamagedPart` where a byte differs."""
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
    """All parts in ``folders``, by number. Raises :class:`DamagedPart`, ``FileNotFoundError`` where
    there is none, and ``ValueError`` where parts of different streams are mixed."""
    paths = [path for folder in folders for path in sorted(folder.rglob(f"*{SUFFIX}"))]
    parts = list(map(read_part, paths))
    if not parts:
        raise FileNotFoundError(f"no *{SUFFIX} file in {', '.join(map(str, folders))}")
    if len({part.stream for part in parts}) > 1:
        raise ValueError("these parts belong to different runs: keep each run in a folder of its own")
    return sorted({part.number: part for part in parts}.values(), key=lambda part: part.number)


def missing_numbers(parts: list[Part]) -> list[int]:
    """Numbers of the parts that are not here."""
    here = {part.number for part in parts}
    return [number for number in range(1, parts[0].count + 1) if number not in here]


def extract(parts: list[Part], target: Path) -> list[str]:
    """Writes every file whose bytes are all here; the paths of the files that are incomplete.

    Raises ``ValueError`` for a path that leads out of ``target``.
    """
    lost = []
    for name, begin, size in parts[0].members:
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise ValueError(f"{name!r} leads out of the folder")
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
    """Copies a part to ``store`` whole or not at all; parts of an earlier stream are removed."""
    store.mkdir(parents=True, exist_ok=True)
    for old in store.glob(f"*{SUFFIX}"):
        if read_part(old).stream != part.stream:
            old.unlink()
    fresh = store / f"{part.path.name}.new"
    fresh.write_bytes(part.path.read_bytes())
    os.replace(fresh, store / part.path.name)


def main(arguments: list[str] | None = None) -> int:
    """Takes up the bundles of a folder; 0 even while others are still to come, 1 where one is damaged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bundles", type=Path, help="folder of one or more bundles")
    parser.add_argument("--work", type=Path, required=True, help="the job's folder on this machine")
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
        print(f"{len(parts)} of {parts[0].count} bundles are here; missing: {missing}")
        return 0
    extract(parts, args.work)
    for archive in sorted(args.work.glob("*.zip")):
        with zipfile.ZipFile(archive) as files:
            files.extractall(args.work / archive.stem)
    print(f"all {len(parts)} bundles are here: {len(parts[0].members)} files in {args.work}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
