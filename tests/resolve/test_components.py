"""A component resolved by itself gives the entities that it gives among all others."""

from __future__ import annotations

from hypothesis import given

from papergraph.model import Extraction
from papergraph.ontology.terms import BASE
from papergraph.resolve.components import claims_of, links_of, resolve_components
from papergraph.resolve.facts import Facts
from papergraph.resolve.keys import Keys
from papergraph.vocabulary import Vocabulary
from tests.resolve.test_facts import notes

NONE = Vocabulary(())


@given(notes())
def test_components_do_not_depend_on_each_other(extractions: list[Extraction]) -> None:
    keys = Keys.of(extractions, NONE)
    keyed = [(extraction, keys.of_note(extraction)) for extraction in extractions]
    links, claims = links_of(k for _, k in keyed), claims_of(k for _, k in keyed)
    whole = resolve_components(keyed, links, claims, keys, BASE)
    joined: dict[str, set[str]] = {key: {key} for _, k in keyed for key in (*k.own, *k.claims)}
    for link in links:
        together = joined.setdefault(link.hub, {link.hub}) | joined.setdefault(link.key, {link.key})
        joined.update(dict.fromkeys(together, together))
    for component in joined.values():
        part = resolve_components(
            [note for note in keyed if component & set(note[1].own)],
            {link: count for link, count in links.items() if link.hub in component},
            {key: claim for key, claim in claims.items() if key in component},
            Keys.by_facts(Facts({}, frozenset()), NONE),
            BASE,
            component.__contains__,
        )
        expected = {o: e for o, e in whole.entities.items() if o in component}
        assert dict(part.entities) == expected
