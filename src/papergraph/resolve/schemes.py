"""Identifiers of works in one spelling and in one order."""

from __future__ import annotations

import re

from papergraph.model import Mention
from papergraph.ontology.iri import SCHEMES, scheme_of

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)
_VERSION = re.compile(r"(?<=\d)v\d+$")


def canonical(identifier: str) -> str:
    """Return the one spelling of an identifier: an arXiv id without version, for arXiv's DOI too; DOIs in lower case.

    >>> canonical("10.48550/arXiv.2306.14048v2"), canonical("10.1145/ABC")
    ('arXiv:2306.14048', '10.1145/abc')
    """
    if match := _ARXIV_DOI.fullmatch(identifier):
        identifier = f"arXiv:{match[1]}"
    if identifier.startswith("10."):
        return identifier.casefold()
    return _VERSION.sub("", identifier) if identifier.startswith("arXiv:") else identifier


def stated_identifiers(mention: Mention) -> tuple[str, ...]:
    """Return the identifiers of a mention: the first of each scheme, the best scheme first; then its addresses."""
    firsts: dict[str, str] = {}
    for identifier in map(canonical, mention.identifiers):
        firsts.setdefault(scheme_of(identifier) or identifier, identifier)
    return tuple(sorted(firsts.values(), key=identifier_rank))


def identifier_rank(identifier: str) -> tuple[int, str]:
    """Return a key that sorts identifiers: known schemes as they name a paper, then others, then addresses."""
    scheme = scheme_of(identifier)
    return (SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES) + (not scheme)), identifier
