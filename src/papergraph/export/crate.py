"""A description of exported files as an RO-Crate 1.2: what they hold, how large they are, and what made them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from papergraph.errors import ConfigError
from papergraph.model import Graph
from papergraph.system.version import __version__

#: What the file is called that describes the others in its folder.
CRATE = "ro-crate-metadata.json"
_TYPES = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".db": "application/vnd.sqlite3",
    ".sqlite": "application/vnd.sqlite3",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".cypher": "application/x-cypher-query",
    ".bib": "application/x-bibtex",
}
_PROGRAM, _MAKING = "#papergraph", "#export"


def describe_files(files: Sequence[tuple[str, bytes]], graph: Graph, *, date: str, before: str = "") -> str:
    """Return the description of files of a graph, dated `date` (YYYY-MM-DD), with those that `before` describes.

    Raises:
        ConfigError: if `before` is no description that papergraph wrote.
    """
    described = {**_kept(before), **{_id(name): _file(name, data) for name, data in files}}
    parts = [described[key] for key in sorted(described)]
    references = [{"@id": part["@id"]} for part in parts]
    nodes = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
            "about": {"@id": "./"},
        },
        _root(graph, date, references),
        *parts,
        {"@id": _PROGRAM, "@type": "SoftwareApplication", "name": "papergraph", "version": __version__},
        {
            "@id": _MAKING,
            "@type": "CreateAction",
            "name": "Export of the graph",
            "instrument": {"@id": _PROGRAM},
            "result": references,
        },
    ]
    record = {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": nodes}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _root(graph: Graph, date: str, parts: list[dict[str, str]]) -> dict[str, Any]:
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(Counter(e.type for e in graph.entities).items()))
    text = f"{len(graph.entities):,} entities ({kinds}) and {len(graph.relations):,} claims, read from notes."
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": "Knowledge graph of reading notes on machine learning",
        "description": f"{text} Every claim has the sentence, note and line that it was read from.",
        "datePublished": date,
        "hasPart": parts,
        "mentions": {"@id": _MAKING},
    }


def _file(name: str, data: bytes) -> dict[str, Any]:
    kind = next((kind for ending, kind in _TYPES.items() if name.lower().endswith(ending)), "application/octet-stream")
    return {
        "@id": _id(name),
        "@type": "File",
        "name": name,
        "encodingFormat": kind,
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _id(name: str) -> str:
    return quote(name, safe="/", errors="surrogatepass")


def _kept(before: str) -> dict[str, dict[str, Any]]:
    """Return the files that an earlier description of ours names."""
    if not before:
        return {}
    try:
        nodes: Iterable[Mapping[str, Any]] = json.loads(before)["@graph"]
        by_id = {node["@id"]: dict(node) for node in nodes}
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{CRATE}: not a description of files; move it away to have a new one") from error
    if _MAKING not in by_id or _PROGRAM not in by_id:
        raise ConfigError(f"{CRATE}: papergraph did not write it; move it away to have a new one")
    return {key: node for key, node in by_id.items() if node.get("@type") == "File"}
