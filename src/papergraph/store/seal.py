"""What a generation must be, to be trusted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from papergraph.model import Graph, Run
from papergraph.ontology.terms import BASE
from papergraph.store.lines import Buffer

#: What this papergraph writes and reads: from 3 on names are found by bisection, and digests can be updated.
FORMAT = 3


class NewerFormatError(ValueError):
    """A seal has a format that only a newer papergraph reads."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"it has format {found}")


class OlderFormatError(ValueError):
    """A seal has a format that this papergraph no longer reads."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"it has format {found}")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generation holds, and how it was made."""

    quads: int
    digest: str
    """Of the quads in any order; see `papergraph.rdf.digest`."""
    entities: tuple[tuple[str, int], ...]
    """How many of each type, sorted."""
    relations: tuple[tuple[str, int], ...]
    """How many of each predicate, sorted."""
    run: Run
    base: str = BASE
    names: str = ""
    """SHA-256 of the look-up table of names."""
    format: int = FORMAT


def make_seal(graph: Graph, quads: int, digest: str, names: bytes, run: Run, base: str) -> Seal:
    """Return the seal of a graph, with the number and the digest of its quads and its table of names."""
    return Seal(
        quads=quads,
        digest=digest,
        entities=tuple(sorted(Counter(e.type for e in graph.entities).items())),
        relations=tuple(sorted(Counter(r.predicate for r in graph.relations).items())),
        run=run,
        base=base,
        names=sha256(names),
    )


def sha256(text: str | Buffer) -> str:
    """Return the SHA-256 of a text, or of what is read of it, in hexadecimal."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()


def generation_name(seal_text: str) -> str:
    """Return what a generation with this seal file is called."""
    return sha256(seal_text)[:16]


def seal_to_json(seal: Seal) -> str:
    """Return the text of a seal file; equal seals give equal bytes."""
    record = {
        "format": seal.format,
        "quads": seal.quads,
        "digest": seal.digest,
        "names": seal.names,
        "entities": dict(seal.entities),
        "relations": dict(seal.relations),
        "base": seal.base,
        "version": seal.run.version,
        "configuration": seal.run.configuration,
        "inputs": dict(seal.run.inputs),
    }
    return json.dumps(record, indent=1) + "\n"


def seal_from_json(text: str) -> Seal:
    """Return the seal of a seal file.

    Raises:
        NewerFormatError, OlderFormatError: for that of a newer papergraph, and of one that is too old.
        ValueError: for a text that is none.
    """
    try:
        data: dict[str, Any] = json.loads(text)
        found = data["format"]
        if isinstance(found, int) and found != FORMAT:
            raise NewerFormatError(found) if found > FORMAT else OlderFormatError(found)
        if found != FORMAT:
            raise ValueError(f"its seal has an unknown format, {found!r}")
        return _from_record(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("its seal cannot be read") from error


def _from_record(data: dict[str, Any]) -> Seal:
    return Seal(
        quads=data["quads"],
        digest=data["digest"],
        entities=_pairs(data["entities"]),
        relations=_pairs(data["relations"]),
        run=Run(data["version"], data["configuration"], _pairs(data["inputs"])),
        base=data["base"],
        names=data["names"],
        format=data["format"],
    )


def _pairs(table: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(dict(table).items()))
