"""What a job wrote, by which a reader knows that all of it is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields

from papergraph.rdf.digest import added, digest_of
from papergraph.spark.rows import Columns, Row

PARTS: Columns = {"part": str, "quads": int, "digest": str}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of N-Quads."""

    name: str
    """Below the folder of the output."""
    quads: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the folder of a job holds, and how it was made."""

    version: str
    configuration: str
    """SHA-256 of the settings, vocabulary and patterns, as in the seal of a store."""
    input: str
    """SHA-256 of the paths and hashes of the notes."""
    base: str
    threshold: float
    notes: int
    """That were read."""
    quads: int = 0
    digest: str = ""
    """Of the quads in any order, as in the seal of a store; see `papergraph.rdf.digest`."""
    entities: dict[str, int] = field(default_factory=dict)
    """How many of each type."""
    relations: dict[str, int] = field(default_factory=dict)
    """How many of each predicate."""
    problems: dict[str, int] = field(default_factory=dict)
    """How many of each kind."""
    parts: tuple[Part, ...] = ()
    """The files of N-Quads; one after the other they are sorted."""
    tables: tuple[str, ...] = ()
    """Folders of Parquet."""

    def to_json(self) -> str:
        """Return the text of the file."""
        return json.dumps(asdict(self), indent=1) + "\n"


def is_manifest(text: str) -> bool:
    """Tell whether a text is a manifest of ours.

    >>> is_manifest(Manifest("0.1", "", "", "", 0.5, 9).to_json()), is_manifest('{"name": "a web page"}')
    (True, False)
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.keys() >= {each.name for each in fields(Manifest)}


def count_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield a row of `PARTS` for each file of which lines are given, each with the address of its file."""
    lines: dict[str, list[str]] = {}
    sums: dict[str, tuple[int, str]] = {}
    for address, line in rows:
        found = lines.setdefault(address, [])
        found.append(f"{line}\n")
        if len(found) >= 10_000:
            sums[address] = _added(sums.get(address), lines.pop(address))
    for address, found in lines.items():
        sums[address] = _added(sums.get(address), found)
    yield from ((address.rpartition("/")[2], count, digest) for address, (count, digest) in sums.items())


def _added(known: tuple[int, str] | None, lines: list[str]) -> tuple[int, str]:
    count, digest = known or (0, digest_of(()))
    return count + len(lines), added(digest, digest_of(lines))


def sum_parts(rows: Iterable[Row]) -> tuple[dict[str, int], str]:
    """Return how many quads each file has, of rows of `PARTS`, and the digest of all."""
    counts: dict[str, int] = {}
    total = digest_of(())
    for name, count, digest in rows:
        counts[name] = counts.get(name, 0) + count
        total = added(total, digest)
    return counts, total
