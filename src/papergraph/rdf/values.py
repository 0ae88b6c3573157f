"""The literals of the graph, and the properties that hold an entity's own values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from papergraph.model import Place
from papergraph.ontology.terms import DCTERMS, PG, SCHEMA, XSD
from papergraph.text.folding import is_chinese

#: Characters that XML and terminals cannot hold: C0 controls but tab and line ends, non-characters, lone surrogates.
_UNFIT = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]")
_PLACE = re.compile(r"(\d+):(\d+)-(\d+):(.*)", re.DOTALL)
_GYEAR = re.compile(r"\d{4}", re.ASCII)
#: What the engine keeps as it is: other numbers are written as text.
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?(e-?[0-9])?")
INTEGER, _DECIMAL, _YEAR = NamedNode(XSD + "integer"), NamedNode(XSD + "decimal"), NamedNode(XSD + "gYear")
#: Attributes with a property of their own, and how their values are written.
_ATTRIBUTES: dict[str, tuple[str, NamedNode | None]] = {
    "title": (DCTERMS + "title", None),
    "venue": (PG + "venue", None),
    "year": (DCTERMS + "issued", _YEAR),
    "code": (PG + "code", None),
    "memoryGB": (PG + "memoryGB", _DECIMAL),
    "hardwareClass": (PG + "hardwareClass", None),
    "vendor": (PG + "vendor", None),
    "url": (SCHEMA + "url", None),
}
#: The property of every other attribute, as `key=value`.
_OTHER = PG + "attribute"
_ATTRIBUTE_OF = {iri: key for key, (iri, _) in _ATTRIBUTES.items()}


def text(value: str, language: str | None = None) -> Literal:
    """Return a string, with the replacement character for what RDF/XML cannot hold."""
    clean = without_unfit(value)
    return Literal(clean, language=language) if language else Literal(clean)


def without_unfit(value: str) -> str:
    """Return a text as literals have it."""
    return _UNFIT.sub("\ufffd", value)


def tagged(value: str) -> Literal:
    """Return a string tagged as Chinese if it holds Chinese, else as English."""
    return text(value, "zh" if is_chinese(value) else "en")


def integer(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), datatype=INTEGER)


def number(value: float) -> Literal:
    """Return the shortest xsd:decimal, at most six places, which every engine keeps as it is."""
    return _decimal(str(round(value, 6))) or text(str(value))


def _decimal(value: str) -> Literal | None:
    if not _NUMBER.fullmatch(value):
        return None
    return Literal(format(Decimal(value).normalize(), "f"), datatype=_DECIMAL)


def link(page: str) -> NamedNode | None:
    """Return the page as a node; None for what notes write that is no IRI."""
    try:
        return NamedNode(_UNFIT.sub("\ufffd", page))
    except ValueError:
        return None


def place_value(place: Place) -> Literal:
    """Return where in its note a thing is named, as one string."""
    return text(f"{place.line}:{place.start}-{place.end}:{place.surface}")


def read_place(note: str, value: str) -> Place | None:
    """Return the place in `note` that `place_value` wrote; None for what it never writes.

    >>> read_place("a.md", "3:10-13:H2O")
    Place(note='a.md', line=3, start=10, end=13, surface='H2O')
    """
    match = _PLACE.fullmatch(value)
    return Place(note, int(match[1]), int(match[2]), int(match[3]), match[4]) if match else None


def attribute_value(key: str, value: str) -> tuple[NamedNode, Literal]:
    """Return the property and the literal of an attribute; one that does not fit goes to the others."""
    property_iri, datatype = _ATTRIBUTES.get(key, (_OTHER, None))
    if property_iri == _OTHER:
        literal = None
    elif datatype == _DECIMAL:
        literal = _decimal(value)
    elif datatype == _YEAR:
        literal = Literal(value, datatype=_YEAR) if _GYEAR.fullmatch(value) else None
    else:
        literal = text(value)
    if literal is None:
        return NamedNode(_OTHER), text(f"{key}={value}")
    return NamedNode(property_iri), literal


def read_attributes(values: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the attributes among pairs of property IRI and value."""
    for property_iri, value in values:
        if property_iri == _OTHER:
            key, _, rest = value.partition("=")
            yield key, rest
        elif key := _ATTRIBUTE_OF.get(property_iri, ""):
            yield key, value
