"""Validation of a graph against the SHACL shapes of the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from papergraph.errors import ConfigError
from papergraph.resources import read_resource

if TYPE_CHECKING:
    import rdflib

Severity = Literal["Violation", "Warning", "Info"]
_SH = "http://www.w3.org/ns/shacl#"
_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of a SHACL report, in SHACL's own words."""

    focus_node: str
    path: str
    """The property that is wrong; "" where the node itself is."""
    shape: str
    """IRI of the shape, such as `https://w3id.org/papergraph/shapes#Evidence-line`."""
    severity: Severity
    message: str
    value: str = ""
    """What stands there; "" where something is missing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes object to, sorted by focus node."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Tell whether nothing is malformed; warnings do not count."""
        return all(v.severity != "Violation" for v in self.violations)


def validate(data: Iterable[ox.Quad] | str, *, form: str = "turtle") -> Report:
    """Return what the shapes of `ontology/shapes.ttl` object to in quads, or in text of the format `form`.

    All graphs are taken together, as queries see them. `form` is turtle, trig, ntriples or nquads.

    Raises:
        ConfigError: if pySHACL is not installed, the format is unknown, or the text is not in it.

    >>> turtle = "[] a <https://w3id.org/papergraph/ontology#Evidence> ."
    >>> validate(turtle).conforms
    False
    """
    try:
        import pyshacl
    except ImportError as error:
        raise ConfigError("SHACL validation needs pySHACL: pip install 'papergraph[check]'") from error
    import rdflib

    lines = {f"{q.triple} .\n" for q in (_parse(data, form) if isinstance(data, str) else data)}
    graph = rdflib.Graph().parse(data="".join(sorted(lines)), format="nt")
    shapes = rdflib.Graph().parse(data=read_resource("ontology/shapes.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)  # noqa: S101  pySHACL returns an error object only on request
    return Report(tuple(sorted(_violations(report))))


def _parse(text: str, form: str) -> Iterator[ox.Quad]:
    if form not in _FORMATS:
        raise ConfigError(f"no RDF format {form!r}; known: {', '.join(_FORMATS)}")
    try:
        yield from ox.parse(text.encode(), format=_FORMATS[form])
    except SyntaxError as error:
        raise ConfigError(f"invalid {form}: {error}") from error


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    import rdflib

    term = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, term.ValidationResult):
        value = report.value(result, term.value)
        yield Violation(
            focus_node=_shown(report.value(result, term.focusNode)),
            path=_shown(report.value(result, term.resultPath)),
            shape=_shown(report.value(result, term.sourceShape)),
            severity=_severity(str(report.value(result, term.resultSeverity))),
            message=_english(report.objects(result, term.resultMessage)),
            value=_shown(value),
        )


def _severity(iri: str) -> Severity:
    name = iri.removeprefix(_SH)
    return "Warning" if name == "Warning" else "Info" if name == "Info" else "Violation"


def _english(messages: Iterable[object]) -> str:
    """Return the message in English, else the first."""
    ranked = sorted((getattr(m, "language", None) != "en", str(m)) for m in messages)
    return ranked[0][1] if ranked else ""


def _shown(term: object) -> str:
    """Return a term for people; a blank node has another name in every run, so all are `_:`."""
    import rdflib

    if term is None:
        return ""
    return "_:" if isinstance(term, rdflib.BNode) else str(term)
