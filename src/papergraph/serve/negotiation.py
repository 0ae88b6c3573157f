"""Which format a client wants, by its Accept header; lenient, since clients send all sorts of things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which the server can answer."""

    name: str
    """As in `papergraph.ask.answer`, and in `?format=`."""
    media_type: str
    """Media type of the response."""
    also: tuple[str, ...] = ()
    """Other media types that clients may ask for."""


_JSON = ("application/json", "text/json", "text/javascript", "application/javascript", "application/x-javascript")
_XML = ("application/xml", "text/xml")

#: For tables and truth values; the first is for clients that take anything.
SOLUTIONS = (
    Format("json", "application/sparql-results+json", _JSON),
    Format("xml", "application/sparql-results+xml", _XML),
    Format("csv", "text/csv", ("text/plain",)),
    Format("tsv", "text/tab-separated-values"),
)
#: For triples.
TRIPLES = (
    Format("turtle", "text/turtle", ("application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3")),
    Format("ntriples", "application/n-triples", ("text/plain", "text/ntriples")),
    Format("jsonld", "application/ld+json", _JSON),
    Format("rdfxml", "application/rdf+xml", _XML),
    Format("trig", "application/trig", ("application/x-trig",)),
    Format("nquads", "application/n-quads", ("text/x-nquads", "text/nquads")),
)
#: For whole datasets: the formats of quads come first.
QUADS = tuple(sorted((f for f in TRIPLES if f.name in {"trig", "nquads", "jsonld"}), key=lambda f: f.name != "trig"))
HTML = Format("html", "text/html", ("application/xhtml+xml",))


def choose_format(accept: str, forms: Sequence[Format]) -> Format | None:
    """Return the form that `accept` likes best, None if it likes none; what cannot be read in it is skipped.

    Among equals the more explicit comes first, then the earlier in the header, then the earlier of `forms`.

    >>> choose_format("text/csv;q=0.5, application/xml", SOLUTIONS).name
    'xml'
    >>> choose_format("image/png", SOLUTIONS) is None
    True
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    best: tuple[float, int, int, int] | None = None
    chosen = None
    for order, form in enumerate(forms):
        quality, explicit, place = _liking(form, ranges)
        rank = (quality, explicit, -place, -order)
        if quality > 0 and (best is None or rank > best):
            best, chosen = rank, form
    return chosen


def format_named(name: str, forms: Sequence[Format]) -> Format | None:
    """Return the form that is called `name`, by its own name or a media type."""
    wanted = name.strip().lower()
    return next((f for f in forms if wanted in {f.name, f.media_type, *f.also}), None)


def _liking(form: Format, ranges: Sequence[tuple[str, float]]) -> tuple[float, int, int]:
    """Return quality, how explicit, and the place in the header of the range that fits the form best."""
    for explicit, names in ((2, {form.media_type, *form.also}), (1, {form.media_type.partition("/")[0] + "/*"})):
        found = [(q, -place) for place, (name, q) in enumerate(ranges) if name in names]
        if found:
            quality, place = max(found)
            return quality, explicit, -place
    found = [(q, -place) for place, (name, q) in enumerate(ranges) if name in {"*/*", "*"}]
    quality, place = max(found, default=(0.0, 0))
    return quality, 0, -place


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.lower().split(","):
        name, *parameters = (p.strip() for p in part.split(";"))
        if "/" in name or name == "*":
            found.append((name, _quality(parameters)))
    return found


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 1.0
    return 1.0
