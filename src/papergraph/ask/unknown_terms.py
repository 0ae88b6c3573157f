"""Terms of the ontology that a query names and that do not exist, such as `pg:use`: they match nothing, silently."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache

from papergraph.ask.nesting import COMMENT, IRI, LOCAL, STRING
from papergraph.ontology.terms import PG
from papergraph.resources import read_resource

_TERM = re.compile(rf"{STRING}|{COMMENT}|[?$]\w+|(?P<iri>{IRI})|(?<![\w.:-])pg(?P<local>{LOCAL})")
_OURS = re.compile(r"\bprefix\s+pg:", re.IGNORECASE)
_DEFINED = re.compile(r"^pg:(\w+) a ", re.MULTILINE)
#: How many near terms are named, and how like they are.
_MOST, _LIKE = 3, 0.6


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that the ontology does not define, with the nearest that it does."""

    name: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        """Say what is wrong and what may be meant."""
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else "; see docs/ontology.md"
        return f"the ontology has no {self.name}, which matches nothing{hint}"


def unknown_terms(sparql: str) -> tuple[UnknownTerm, ...]:
    """Return the terms with our prefix, or our IRI, that the ontology does not define, in order.

    A query that declares the prefix `pg` itself may mean anything by it.

    >>> [str(term) for term in unknown_terms("SELECT * { ?a pg:use ?b ; pg:uses ?c 'pg:no' }")]
    ['the ontology has no pg:use, which matches nothing; did you mean pg:uses?']
    """
    own = not _OURS.search(sparql)
    found: dict[str, None] = {}
    for match in _TERM.finditer(sparql):
        if own and match["local"]:
            found.setdefault(match["local"][1:])
        elif match["iri"] and match["iri"].startswith(f"<{PG}"):
            found.setdefault(match["iri"][len(PG) + 1 : -1])
    defined = _defined()
    return tuple(UnknownTerm(f"pg:{name}", _near(name, defined)) for name in found if name and name not in defined)


def _near(name: str, defined: tuple[str, ...]) -> tuple[str, ...]:
    folded = {term.casefold(): f"pg:{term}" for term in reversed(defined)}
    return tuple(folded[near] for near in difflib.get_close_matches(name.casefold(), folded, _MOST, _LIKE))


@cache
def _defined() -> tuple[str, ...]:
    return tuple(_DEFINED.findall(read_resource("ontology/papergraph.ttl")))
