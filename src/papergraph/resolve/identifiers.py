"""The identifiers of a mention in one spelling and in one order."""

from __future__ import annotations

from papergraph.model import Mention
from papergraph.ontology.identifiers import canonical, identifier_rank, scheme_of
from papergraph.resolve.naming import Naming


def stated_identifiers(mention: Mention | Naming) -> tuple[str, ...]:
    """Return the identifiers of a mention: the first of each scheme, the best scheme first; then its addresses."""
    if not mention.identifiers:  # few mentions have some
        return ()
    firsts: dict[str, str] = {}
    for identifier in map(canonical, mention.identifiers):
        firsts.setdefault(scheme_of(identifier) or identifier, identifier)
    return tuple(sorted(firsts.values(), key=identifier_rank))
