"""The hashes of a generation's files, in `files.json` beside its seal.

They are not part of the seal, which names the generation, since the same graph gives different bytes in every build.

Not among them are `graph/LOG`, the log of the engine, and `graph/LOCK`, which is empty: the engine reads
neither, so that nothing in them can change an answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

FILES = "files.json"
#: The table of names.
NAMES = "names.tsv"
#: Bytes that are read at a time.
_PIECE = 1 << 18

#: Called with the number of bytes read after every piece; it may wait, or raise an exception to stop.
Pace = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class FileHash:
    """What a file must be."""

    size: int
    """Bytes."""
    sha256: str


def hash_files(generation: Path, base: Path | None = None) -> str:
    """Return the text of `files.json` for a generation that is complete: a digest of the rest, then the hashes.

    Files that are those of the generation `base` under another name are not read: their hashes are known.
    """
    known = {n: h for n, h in read_files(base).items() if _is_same(generation, base, n)} if base else {}
    hashes = {name: astuple(known.get(name) or _hash(generation / name)) for name in _present(generation)}
    text = json.dumps(hashes, indent=1, sort_keys=True) + "\n"
    return f"{_digest(text)}\n{text}"


def read_files(generation: Path) -> dict[str, FileHash]:
    """Return the hash of every sealed file by its name, such as `graph/000012.sst`.

    Raises:
        OSError, ValueError: if `files.json` is missing or damaged.
    """
    digest, _, text = (generation / FILES).read_text(encoding="utf-8").partition("\n")
    if digest != _digest(text):
        raise ValueError(f"{FILES} has changed since it was built (possibly disk corruption)")
    return {name: FileHash(*values) for name, values in json.loads(text).items()}


def find_damage(
    generation: Path,
    sealed: Mapping[str, FileHash],
    *,
    among: Collection[str],
    pace: Pace = lambda _: None,
) -> Iterator[str]:
    """Yield what is wrong with the files of a generation, one sentence for each.

    Only the content of those `among` them is read.

    Raises:
        OSError: if there is no such generation.
    """
    present = _present(generation)
    # The engine would replay such a log over what was built.
    yield from (f"{name} did not exist when the store was built" for name in sorted(present) if _is_log(name, sealed))
    for name, built in sorted(sealed.items()):
        if name not in present:
            yield f"{name} is missing"
        elif fault := _fault(generation / name, built, read=name in among, pace=pace):
            yield f"{name} {fault}"


def _is_log(name: str, sealed: Mapping[str, FileHash]) -> bool:
    return name.endswith(".log") and name not in sealed


def _fault(path: Path, built: FileHash, *, read: bool, pace: Pace) -> str:
    try:
        size = path.stat().st_size
        if size < built.size:
            return f"is shorter than when it was built: {size:,} instead of {built.size:,} bytes"
        if size > built.size:
            return f"is longer than when it was built: {size:,} instead of {built.size:,} bytes"
        if read and _hash(path, pace) != built:
            return "has changed since it was built (possibly disk corruption)"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return ""


def _present(generation: Path) -> set[str]:
    database = (f"graph/{path.name}" for path in (generation / "graph").iterdir())
    sealed = {name for name in database if not name.startswith(("graph/LOG", "graph/LOCK"))}
    return sealed | {name for name in (NAMES,) if (generation / name).exists()}


def _hash(path: Path, pace: Pace = lambda _: None) -> FileHash:
    size, digest, buffer = 0, hashlib.sha256(), memoryview(bytearray(_PIECE))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
            size += count
            pace(count)
    return FileHash(size, digest.hexdigest())


def _is_same(generation: Path, base: Path, name: str) -> bool:
    try:
        return (generation / name).samefile(base / name)
    except OSError:
        return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
