"""Names resolved by joins are those that the driver would find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from papergraph.extract import extract
from papergraph.model import Extraction
from papergraph.ontology.sameness import DisjointSets
from papergraph.resolve.apart import kept_apart, reasons_apart
from papergraph.resolve.components import claims_of, links_of
from papergraph.resolve.joins import join
from papergraph.resolve.keys import Keys, NoteKeys
from papergraph.resolve.profile import Profile
from papergraph.sources import parse_document
from papergraph.spark.joining import NO_TIE, link_rows, owner_rows, refused, wanted_rows
from papergraph.spark.knowing import consulted_rows, fact_rows, informed_rows, known_rows
from papergraph.spark.resolving import Owners, profile_rows, unpack_profile
from papergraph.spark.rows import Row, filled, key_bytes, key_text, pack, unpack
from papergraph.vocabulary import Vocabulary
from tests.conftest import NOTES
from tests.spark.plain import Part, grouped, over
from tests.spark.test_plain import ODD

#: One identifier with two titles, names and plurals, a subtitle that two papers share, a paper with two identifiers.
MANY = {
    "plural.md": "# Zorb\n\n- We propose ZorbNets, which extend ZorbNet.\n- ZorbNet extends H2O.\n",
    "mistake.md": "# Hoof\n\n## [Quick Hooves for Very Long Roads](https://arxiv.org/abs/2403.00001)\n\n- Quick.\n\n"
    "## [A Study of Entirely Unlike Animals](https://arxiv.org/abs/2403.00001)\n\n- Slow.\n",
    "subtitle.md": "# Two\n\n## [Zib: Shared Words of a Title That Is Long](https://arxiv.org/abs/2403.00002)\n\n"
    "- One.\n\n## [Zab: Shared Words of a Title That Is Long](https://arxiv.org/abs/2403.00003)\n\n- Two.\n",
    "doi.md": "# Three\n\n## [Zib: Shared Words of a Title That Is Long](https://doi.org/10.1000/zib)\n\n- Three.\n",
}


@pytest.fixture(scope="module")
def notes(vocabulary: Vocabulary) -> list[Extraction]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md"))[2:4]}
    both = texts | ODD | MANY
    return [extract(parse_document(text, name, sha256=name), vocabulary) for name, text in both.items()]


def dealt(extractions: Iterable[Extraction], parts: int) -> list[Part]:
    rows: Part = [(e.path, pack(e), "") for e in extractions]
    return [rows[number::parts] for number in range(parts)]


def with_found(rows: Iterable[Row], asked: Iterable[Row], table: dict[bytes, bytes]) -> list[Row]:
    """Join rows with what they ask for, as Spark does it."""
    found: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
    for path, key in asked:
        if key in table:
            found[path].append((key, table[key]))
    return [(*row, found.get(row[0])) for row in rows]


def keyed(extractions: list[Extraction], vocabulary: Vocabulary, parts: int) -> list[Part]:
    extracted = dealt(extractions, parts)
    known: dict[bytes, bytes] = dict(known_rows(grouped(over(extracted, fact_rows), 1)))
    informed = [with_found(part, consulted_rows(part), known) for part in extracted]
    return over(informed, lambda rows: informed_rows(rows, vocabulary))


def owned(parts: list[Part]) -> list[Row]:
    """Give the links of keyed notes to their components, and resolve each."""
    links = [row for part in parts for row in link_rows((row[2],) for row in part)]
    sets = DisjointSets[str]()
    for hub, key, tie, _, _ in links:
        if tie != NO_TIE:
            sets.join([key_text(hub), key_text(key)])
    claims = {hub: row for row in links if row[2] == NO_TIE for hub in row[:1]}
    rows = [*(row for row in links if row[2] != NO_TIE), *claims.values()]
    return list(owner_rows(sorted(((sets.find(key_text(row[0])), *row) for row in rows), key=lambda row: row[0])))


@pytest.mark.parametrize("parts", [1, 4])
def test_a_note_gets_the_keys_that_all_notes_give_it(
    notes: list[Extraction], vocabulary: Vocabulary, parts: int
) -> None:
    keys = Keys.of(notes, vocabulary)
    assert keys.doubtful, "one identifier has two titles"
    found = {path: unpack(packed, NoteKeys) for part in keyed(notes, vocabulary, parts) for path, _, packed in part}
    assert found == {note.path: keys.of_note(note) for note in notes}


def test_components_have_the_owners_entries_and_reasons_of_the_whole(
    notes: list[Extraction], vocabulary: Vocabulary
) -> None:
    parts = keyed(notes, vocabulary, 3)
    of_notes = [unpack(packed, NoteKeys) for part in parts for _, _, packed in part]
    links, claims = links_of(of_notes), claims_of(of_notes)
    whole = join(claims, links)
    expected = Owners.of(whole, {end for link in links for end in (link.hub, link.key)} | claims.keys())
    rows = owned(parts)
    pairs = [(key_text(key), key_text(owner), entry) for key, owner, entry, _ in rows if key is not None]
    assert {key: owner for key, owner, _ in pairs if key != owner} == expected.owners
    assert {owner: entry for key, owner, entry in pairs if entry and key == owner} == expected.vocabulary
    apart = refused((refusals,) for _, _, _, refusals in rows if refusals)
    assert kept_apart(apart) == kept_apart(whole) != set()
    keyed_notes = [(note, Keys.of(notes, vocabulary).of_note(note)) for note in notes]
    profiles: dict[str, Profile] = {
        key_text(owner): unpack_profile(packed) for owner, packed in profile_rows(keyed_notes, expected)
    }
    assert reasons_apart(apart, profiles) == reasons_apart(whole, profiles) != {}


def test_a_note_holds_the_owners_of_its_own_keys_only(notes: list[Extraction], vocabulary: Vocabulary) -> None:
    (part,) = keyed(notes, vocabulary, 1)
    asked = list(wanted_rows((path, packed) for path, _, packed in part))
    table = {key: owner for key, owner, _, _ in owned([part]) if key is not None and key != owner}
    owners: dict[str, str] = {}
    sizes = [len(owners) for _ in filled(with_found(part, asked, table), owners, str)]
    assert len(sizes) == len(notes)
    assert 0 < max(sizes) < len(table)
    assert set(asked) >= {(row[0], key_bytes(key)) for row in part for key in unpack(row[2], NoteKeys).own}
