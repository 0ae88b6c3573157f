"""The papers as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping

from papergraph.model import Entity, Graph

_SPECIAL = {
    **{c: f"\\{c}" for c in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_YEAR = re.compile(r"\s*[’']?\b\d{2,4}\b\s*$")


def to_bibtex(graph: Graph) -> str:
    """Return one entry per paper, keyed by the last part of its IRI."""
    labels = {e.iri: e.label for e in graph.entities}
    authors: dict[str, list[str]] = {}
    for relation in graph.relations:
        if relation.predicate == "authoredBy" and relation.polarity == "positive":
            authors.setdefault(relation.subject, []).append(labels[relation.object])
    papers = [e for e in graph.entities if e.type == "Paper"]
    return "\n".join(_entry(paper, sorted(authors.get(paper.iri, []))) for paper in papers)


def _entry(paper: Entity, authors: list[str]) -> str:
    values = dict(reversed(paper.attributes))  # of several values the first
    venue = values.get("venue", "")
    fields = {
        "title": f"{{{_escaped(values.get('title', paper.label))}}}",  # inner braces keep its capitals
        "author": " and ".join(map(_escaped, authors)),
        "booktitle": _escaped(_YEAR.sub("", venue)),
        "year": _escaped(values.get("year", "")),
        **_links(paper, values),
    }
    key = re.sub(r"[^A-Za-z0-9.:-]+", "-", paper.iri.rpartition("/")[2])
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'inproceedings' if venue else 'misc'}{{{key},\n{rows}\n}}\n"


def _links(paper: Entity, values: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for identifier in paper.identifiers:
        if identifier.startswith("arXiv:") and "eprint" not in fields:
            fields |= {"eprint": identifier[6:], "archiveprefix": "arXiv"}
            fields["url"] = f"https://arxiv.org/abs/{identifier[6:]}"
        elif identifier.startswith("10."):
            fields.setdefault("doi", identifier)
        elif "://" in identifier:
            fields.setdefault("url", identifier)
    if url := values.get("url"):
        fields.setdefault("url", url)
    return {name: _verbatim(value) for name, value in fields.items()}


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))


def _verbatim(text: str) -> str:
    """Return a link as it is, but for the braces and backslashes that would end or break its field."""
    return re.sub(r"[{}\\\s]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), text)
