"""The page of one entity: its properties, and what the notes say of it with their sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from papergraph.export.vault.escapes import seen, shown
from papergraph.model import PREDICATES, Entity, Graph, Relation
from papergraph.ontology.identifiers import page_of
from papergraph.ontology.relation_labels import relation_label
from papergraph.text.marks import BEGIN, END, IRI

#: Sentences that a claim is shown with.
_QUOTED = 3
#: Characters of a note's path that a link cannot hold.
_UNLINKABLE = frozenset("#^|[]%\\:")
#: Characters that the text of a link does not show.
_UNSHOWN = frozenset("[]|#^%\\`")
#: Makes a link from the name of a page and the text that it shows.
Link = Callable[[str, str], str]
_NOTES = frozenset({".md", ".markdown"})
_ZOTERO = "zotero/"


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim as its page shows it: what it is called from this end, and the other end."""

    key: str
    other: str
    relation: Relation


def property_of(predicate: str, *, outgoing: bool) -> str:
    """Return the name of the property for a relation, as seen from one end.

    >>> property_of("improvesOn", outgoing=True), property_of("improvesOn", outgoing=False)
    ('improves-on', 'improved-by')
    """
    known = next(p for p in PREDICATES if p == predicate)
    return relation_label(known, outgoing=outgoing).replace(" ", "-")


#: The properties of a page that papergraph writes; all others are the user's.
VALUES = ("kind", "title", "year", "venue", "identifiers", "links", "code")
RELATIONS = tuple(dict.fromkeys(property_of(p, outgoing=o) for o in (True, False) for p in PREDICATES))
OBSIDIAN = frozenset({IRI, "aliases", *VALUES, *RELATIONS})
LOGSEQ = frozenset({IRI, "title", "alias", *VALUES, *RELATIONS})


class Pages:
    """The pages of a graph, as links and lists have them; the same graph and names give the same text."""

    def __init__(self, graph: Graph, names: Mapping[str, str], prefix: str, link: Link) -> None:
        """Sort the claims by both ends; `names` are those of the files, `prefix` the folder of links to them."""
        self.linked = link
        self._entities = {e.iri: e for e in graph.entities}
        self._names, self._prefix = names, prefix
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        self._denied: dict[str, list[Fact]] = defaultdict(list)
        for relation in graph.relations:
            told = self._facts if graph.asserts(relation) else self._denied
            if graph.asserts(relation) or relation.polarity == "negative":
                outgoing = property_of(relation.predicate, outgoing=True)
                told[relation.subject].append(Fact(outgoing, relation.object, relation))
                incoming = property_of(relation.predicate, outgoing=False)
                told[relation.object].append(Fact(incoming, relation.subject, relation))

    def properties(self, entity: Entity) -> dict[str, list[str]]:
        """Return the values and relations of an entity by property, the latter as IRIs; empty ones are left out."""
        values = defaultdict(list)
        for key, value in entity.attributes:
            values[key].append(seen(value))
        found: dict[str, list[str]] = {
            "kind": [entity.type],
            **{key: values[key] for key in ("title", "year", "venue", "code")},
            "identifiers": [seen(i) for i in entity.identifiers],
            "links": [page for i in entity.identifiers if (page := page_of(i))],
        }
        return {key: listed for key, listed in found.items() if listed}

    def related(self, entity: Entity) -> dict[str, list[Fact]]:
        """Return the claims about an entity by relation, each list by how sure they are."""
        return self._sorted(self._facts.get(entity.iri, ()))

    def denied(self, entity: Entity) -> dict[str, list[Fact]]:
        """Return what the notes deny of an entity."""
        return self._sorted(self._denied.get(entity.iri, ()))

    def _sorted(self, facts: Sequence[Fact]) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for key in RELATIONS:
            unique: dict[str, Fact] = {}
            for fact in sorted(facts, key=lambda f: (-f.relation.confidence, self._label(f.other), f.other)):
                if fact.key == key:
                    unique.setdefault(fact.other, fact)
            if unique:
                found[key] = list(unique.values())
        return found

    def _label(self, iri: str) -> str:
        return self._entities[iri].label

    def link(self, iri: str, *, quoted: bool = False) -> str:
        """Return a link to the page of an entity, or its label if it has no page."""
        name, label = self._names.get(iri, ""), seen(self._label(iri))
        if not name:
            return label if quoted else shown(label)
        text = "".join(" " if c in _UNSHOWN else c for c in label)
        text = " ".join(text.replace("::", ": ").split()) or name
        return self.linked(f"{self._prefix}{name}", text)

    def name(self, iri: str) -> str:
        """Return a bare link to the page of an entity, or its label if it has no page."""
        return f"[[{name}]]" if (name := self._names.get(iri, "")) else _bare(self._label(iri))

    def quotes(self, relation: Relation) -> Iterator[str]:
        """Yield the surest sentences of a claim, each with a link to its note that tells the line."""
        surest = sorted(relation.evidence, key=lambda e: (-e.confidence, e.note, e.line, e.iri))
        evidence = list({(e.note, e.line, e.sentence): e for e in reversed(surest)}.values())[::-1]
        for item in evidence[:_QUOTED]:
            yield f"“{shown(item.sentence)}” — {self.note(item.note, f'{item.note}:{item.line}')}"
        if len(evidence) > _QUOTED:
            yield f"and {len(evidence) - _QUOTED} more"

    def places(self, entity: Entity) -> list[str]:
        """Return links to the notes that name an entity."""
        return [self.note(note, note) for note in sorted({place.note for place in entity.places})]

    def note(self, note: str, text: str) -> str:
        """Return a link to a note that shows a text; what is no page of the vault is named only."""
        path = PurePosixPath(note)
        if note.startswith(_ZOTERO) and note.removeprefix(_ZOTERO).isalnum():
            return f"[{note}](zotero://select/library/items/{note.removeprefix(_ZOTERO)})"
        if path.suffix.lower() not in _NOTES or _UNLINKABLE & set(note) or seen(note) != note:
            return shown(text)
        return self.linked(path.with_suffix("").as_posix(), text)


def obsidian_link(page: str, text: str) -> str:
    """Return a link as Obsidian has it.

    >>> obsidian_link("kv/H2O", "H2O"), obsidian_link("H2O", "H2O")
    ('[[kv/H2O|H2O]]', '[[H2O]]')
    """
    return f"[[{page}]]" if page == text else f"[[{page}|{text}]]"


def logseq_link(page: str, text: str) -> str:
    """Return a link as Logseq has it, which calls a page in a folder by its name alone.

    >>> logseq_link("kv/H2O", "kv/H2O.md:3"), logseq_link("H2O", "H2O")
    ('[kv/H2O.md:3]([[H2O]])', '[[H2O]]')
    """
    page = page.rpartition("/")[2]
    return f"[[{page}]]" if page == text else f"[{text}]([[{page}]])"


def obsidian_head(pages: Pages, entity: Entity) -> str:
    """Return the lines of our properties as Obsidian and Dataview read them: every value a list, links quoted."""
    lines = [f"{IRI}: {entity.iri}"]
    aliases = [entity.label, *entity.aliases]
    for key, values in {"aliases": [seen(a) for a in aliases], **pages.properties(entity)}.items():
        lines += _listed(key, list(dict.fromkeys(filter(None, values))))
    for key, facts in pages.related(entity).items():
        lines += _listed(key, [pages.link(fact.other, quoted=True) for fact in facts])
    return "".join(f"{line}\n" for line in lines)


def _listed(key: str, values: Sequence[str]) -> list[str]:
    plain = key == "kind" or (key == "year" and len(values) == 1)
    if plain:
        return [f"{key}: {values[0]}"]
    return [f"{key}:", *(f"  - {json.dumps(value, ensure_ascii=False)}" for value in values)]


def obsidian_part(pages: Pages, entity: Entity) -> str:
    """Return our part of a page: a heading, and under each relation the other ends with their sentences."""
    lines = [BEGIN, f"# {shown(entity.label)}", ""]
    for denied, sections in ((False, pages.related(entity)), (True, pages.denied(entity))):
        for key, facts in sections.items():
            lines += [f"## {'not ' if denied else ''}{key.replace('-', ' ')}", ""]
            for fact in facts:
                lines.append(f"- {pages.link(fact.other)} ({fact.relation.confidence:g})")
                lines += [f"    - {line}" for line in pages.quotes(fact.relation)]
            lines.append("")
    if places := pages.places(entity):
        lines += [f"Named in: {', '.join(places)}", ""]
    return "".join(f"{line}\n" for line in (*lines, END))


def logseq_head(pages: Pages, entity: Entity, name: str) -> str:
    """Return our page properties as Logseq reads them: one line each, several values between commas."""
    lines = [f"title:: {name}", f"{IRI}:: {entity.iri}"]
    aliases = dict.fromkeys(a for a in map(_bare, (entity.label, *entity.aliases)) if a and a != name)
    if aliases:
        lines.append(f"alias:: {', '.join(aliases)}")
    for key, values in pages.properties(entity).items():
        if key != "title":
            lines.append(f"{key}:: {', '.join(map(_bare, values) if key != 'links' else values)}")
    for key, facts in pages.related(entity).items():
        lines.append(f"{key}:: {', '.join(pages.name(fact.other) for fact in facts)}")
    return "".join(f"{line}\n" for line in lines)


def _bare(value: str) -> str:
    """Return a value for a line of properties, in which commas part values and brackets link."""
    return " ".join("".join(" " if c in ",[]#|{}`" else c for c in seen(value)).replace("::", ": ").split())


def logseq_part(pages: Pages, entity: Entity) -> str:
    """Return our part of a page as blocks: a block for each relation, below it the other ends with their sentences."""
    lines = [f"- <!-- {BEGIN} -->"]
    for denied, sections in ((False, pages.related(entity)), (True, pages.denied(entity))):
        for key, facts in sections.items():
            lines.append(f"- **{'not ' if denied else ''}{key.replace('-', ' ')}**")
            for fact in facts:
                lines.append(f"\t- {pages.link(fact.other)} ({fact.relation.confidence:g})")
                lines += [f"\t\t- {line}" for line in pages.quotes(fact.relation)]
    if places := pages.places(entity):
        lines.append(f"- Named in: {', '.join(places)}")
    return "".join(f"{line}\n" for line in (*lines, f"- <!-- {END} -->"))
