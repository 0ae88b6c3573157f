"""The papers as BibTeX."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from papergraph.model import Entity, Graph, Place, Relation
from papergraph.ontology.identifiers import ARXIV, CITATION_KEY, find_scheme, page_of
from papergraph.text.folding import is_chinese

_SPECIAL = {
    **{c: f"\\{c}" for c in "#$%&_"},
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
#: What ends a key, or begins something else in it.
_NO_KEY = re.compile(r"[\s,{}()=\"#%~\\'@]+")
#: Between two signs that LaTeX would read as one.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)")
#: The year behind a venue, as in `MLSys 2024` and `ICML'24`.
_YEAR = re.compile(r"\s*[’']?(?<!\d)((?:19|20)?\d\d)\s*$", re.ASCII)
_PREPRINT = re.compile(r"\b(?:\w*rxiv|CoRR|preprint)\b", re.IGNORECASE)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|JMLR|TMLR|TACL|TPAMI|IJCV|Nature|Science)(?!\w)|学报|期刊",
    re.IGNORECASE,
)
#: What BibTeX would take for several names, or for one in another order.
_SEVERAL = re.compile(r"\band\b|,", re.IGNORECASE)
#: A list of names: its note, where it begins and where it ends.
_List = tuple[str, int, int]


def to_bibtex(graph: Graph) -> str:
    """Return one entry per paper, under the key that the notes give it, or the last part of its IRI.

    Authors come in the order of the note that lists most of them. The year is that of the venue, where one is known;
    the preprint is recognised by its eprint.
    """
    people = {e.iri: e for e in graph.entities if e.type == "Person"}
    authors: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        if relation.predicate == "authoredBy" and relation.polarity == "positive" and relation.object in people:
            authors[relation.subject].append(relation)
    papers = [e for e in graph.entities if e.type == "Paper"]
    keys = _keys(papers)
    return "\n".join(_entry(keys[p.iri], p, _in_order(authors[p.iri], people)) for p in papers)


def _given(paper: Entity) -> list[str]:
    """Return the citation keys of a paper, sorted, without what ends a key."""
    given = (CITATION_KEY.number(i) for i in paper.identifiers if find_scheme(i) is CITATION_KEY)
    return sorted({key for key in (_NO_KEY.sub("-", key) for key in given) if key})


def _keys(papers: Iterable[Entity]) -> dict[str, str]:
    """Return a key for each paper, which no other has: the one that the notes give, or the last part of its IRI."""
    keys: dict[str, str] = {}
    uses: Counter[str] = Counter()
    for paper in papers:
        given = _given(paper)[:1] or [re.sub(r"[^A-Za-z0-9.:-]+", "-", paper.iri.rpartition("/")[2])]
        plain = given[0]
        uses[plain.casefold()] += 1  # BibTeX keys ignore case
        number = uses[plain.casefold()]
        keys[paper.iri] = plain if number == 1 else f"{plain}:{number}"
    return keys


def _in_order(relations: list[Relation], people: Mapping[str, Entity]) -> list[str]:
    """Return the names of authors as the longest list of them has it, then those that stand in other lists only."""
    lengths = Counter(where for r in relations for where in _lists(r))
    ranks = {where: rank for rank, where in enumerate(sorted(lengths, key=lambda w: (-lengths[w], w)))}

    def position(relation: Relation) -> tuple[int, int, str]:
        person = people[relation.object]
        best = min(_lists(relation), key=ranks.__getitem__, default=None)
        if best is None:
            return len(ranks), 0, person.label
        return ranks[best], min((p.start for p in person.places if _within(p, best)), default=best[2]), person.label

    return [_name(people[r.object]) for r in sorted(relations, key=position)]


def _lists(relation: Relation) -> set[_List]:
    return {(e.note, e.start, e.end) for e in relation.evidence}


def _within(place: Place, where: _List) -> bool:
    note, start, end = where
    return place.note == note and start <= place.start < end


def _entry(key: str, paper: Entity, authors: list[str]) -> str:
    values = dict(reversed(paper.attributes))  # of several values the first
    venue = next((v for k, v in paper.attributes if k == "venue" and not _PREPRINT.search(v)), "")
    kind, holder = ("article", "journal") if _JOURNAL.search(venue) else ("inproceedings", "booktitle")
    fields = {
        "title": f"{{{_escaped(values.get('title', paper.label))}}}",  # inner braces keep its capitals
        "author": " and ".join(authors),
        holder: _escaped(_YEAR.sub("", venue)),
        "year": _escaped(_year_of(venue) or values.get("year", "")),
        **_links(paper, values),
        "ids": ",".join(_given(paper)[1:]),
    }
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind if venue else 'misc'}{{{key},\n{rows}\n}}\n"


def _year_of(venue: str) -> str:
    """Return the year that a venue is written with, in four digits; "" where there is none.

    >>> _year_of("MLSys 2024"), _year_of("ICML'98"), _year_of("ICML")
    ('2024', '1998', '')
    """
    match = _YEAR.search(venue)
    if not match or len(match[1]) == 4:
        return match[1] if match else ""
    return f"{'19' if match[1] > '60' else '20'}{match[1]}"


def _name(person: Entity) -> str:
    """Return a name that BibTeX takes for one: its parts as a library has them, else as the notes write it."""
    parts = dict(reversed(person.attributes)).get("indexName", "").split(", ")
    if len(parts) > 1:
        return ", ".join(f"{{{_escaped(p)}}}" if _SEVERAL.search(p) else _escaped(p) for p in parts)
    whole = _SEVERAL.search(person.label) or (not is_chinese(person.label) and _is_one_part(person))
    return f"{{{_escaped(person.label)}}}" if whole else _escaped(person.label)


def _is_one_part(person: Entity) -> bool:
    """Tell whether a library has the name as a whole, like that of an organisation."""
    return ("indexName", person.label) in person.attributes


def _links(paper: Entity, values: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for identifier in paper.identifiers:
        scheme = find_scheme(identifier)
        if scheme and scheme.bibtex and scheme.bibtex not in fields:
            fields[scheme.bibtex] = scheme.number(identifier)
            if scheme is ARXIV:
                fields |= {"archiveprefix": scheme.name, "url": page_of(identifier)}
        elif "://" in identifier:
            fields.setdefault("url", identifier)
    if url := values.get("url"):
        fields.setdefault("url", url)
    return {name: _verbatim(value) for name, value in fields.items()}


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", "".join(_SPECIAL.get(c, c) for c in " ".join(text.split())))


def _verbatim(text: str) -> str:
    """Return a link as it is, but for the braces and backslashes that would end or break its field."""
    return re.sub(r"[{}\\\s]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), text)
