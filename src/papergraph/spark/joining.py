"""Which keys stand for one thing, component by component, for collections whose keys do not fit one machine.

Keys that links connect are a component. Joins never reach beyond one, so the resolver of a local build decides on each
by itself, with its order of links and its identifiers that keep things apart, and comes to the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from papergraph.resolve.joins import Claims, Link, Partition, Refusal, Tie, join
from papergraph.resolve.keys import VOCABULARY, NoteKeys
from papergraph.spark.extracting import links_and_claims
from papergraph.spark.rows import Columns, Row, key_bytes, key_text, pack, unpack

#: A link and how often it is stated; or, with `NO_TIE` and twice the same key, what a key claims.
LINKS: Columns = {"hub": bytes, "key": bytes, "tie": int, "times": int, "claims": bytes}
NO_TIE = -1
#: The key that stands for a key, and the vocabulary's entry for it; or, without keys, the `Refusal`s of a component.
OWNED: Columns = {"key": bytes, "owner": bytes, "entry": str, "refusals": bytes}


def link_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of `LINKS` for the notes of a partition, given as packed keys."""
    links, claims = links_and_claims(rows)
    for link, times in links.items():
        yield key_bytes(link.hub), key_bytes(link.key), int(link.tie), times, None
    for key, claimed in claims.items():
        yield key_bytes(key), key_bytes(key), NO_TIE, 0, pack(claimed)


def owner_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of `OWNED`, of rows with a component before the columns of `LINKS` that are sorted by component.

    A component may be of several, since the number it goes by is a hash: that changes nothing.
    """
    for _, group in groupby(rows, key=lambda row: row[0]):
        links: Counter[Link] = Counter()
        claims: dict[str, Claims] = {}
        for _, hub, key, tie, times, claimed in group:
            if tie == NO_TIE:
                claims[key_text(key)] = unpack(claimed, dict)
            else:
                links[Link(Tie(tie), key_text(hub), key_text(key))] += times
        yield from _owned(join(claims, links), {end for link in links for end in (link.hub, link.key)} | claims.keys())


def _owned(partition: Partition, keys: Iterable[str]) -> Iterator[Row]:
    for key in sorted(keys):
        owner, entry = partition.owner(key), partition.claims(key).get(VOCABULARY, "")
        if owner != key or entry:
            yield key_bytes(key), key_bytes(owner), entry, None
    if partition.refusals:
        refusals = (
            Refusal(refusal.tie, tuple(sorted({partition.owner(key) for key in refusal.keys})))
            for refusal in partition.refusals
        )
        yield None, None, None, pack(list(refusals))


def refused(rows: Iterable[Row]) -> Partition:
    """Return a partition of the things that were not joined, by rows with the packed refusals of components."""
    refusals = tuple(refusal for (packed,) in rows for refusal in unpack(packed, list[Refusal]))
    return replace(join({}, {}), refusals=refusals)


def wanted_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows of `CONSULTED` for the keys of each note, given by path and packed keys."""
    for path, packed in rows:
        keys = unpack(packed, NoteKeys)
        stated = (key for by_key in keys.stated.values() for key in by_key)
        yield from ((path, key_bytes(key)) for key in sorted({*keys.own, *stated}))
