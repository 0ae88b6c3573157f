"""Everything about one entity as items: its values, then its claims from either end."""

from __future__ import annotations

from papergraph.insight.show import Fact, Profile
from papergraph.mcp.found import Item, quotes_of, short_id
from papergraph.ontology.relation_labels import relation_label


def profile_items(profile: Profile, base: str) -> tuple[Item, ...]:
    """Return the items of a profile; `base` is that of the graph."""
    values = [Item(f"{name}: {value}", "value") for name, value in profile.values]
    if profile.aliases:
        values.insert(0, Item(f"also: {', '.join(profile.aliases)}", "value"))
    if profile.notes:
        values.append(Item(f"in notes: {', '.join(profile.notes)}", "value"))
    return (*values, *(_fact(profile, fact, base) for fact in profile.facts))


def _fact(profile: Profile, fact: Fact, base: str) -> Item:
    called = relation_label(fact.predicate, outgoing=fact.outgoing)
    negated = "not: " if fact.polarity == "negative" else ""
    text = f"{negated}{profile.label} {called} {fact.label}"
    ids = (short_id(fact.other, base),)
    return Item(text, called, ids, fact.confidence, quotes_of(fact.evidence), len(fact.evidence))
