"""Validation of a graph against the SHACL shapes of the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from papergraph.errors import ConfigError
from papergraph.resources import read_resource

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of a SHACL report, in SHACL's own words."""

    focus_node: str
    path: str
    shape: str
    severity: str
    """`Violation`, `Warning` or `Info`."""
    message: str


def validate(quads: Iterable[ox.Quad]) -> tuple[Violation, ...]:
    """Return what the shapes of `ontology/shapes.ttl` object to in `quads`, sorted.

    Raises:
        ConfigError: if pySHACL is not installed.
    """
    unique = {f"{q.triple} .\n" for q in quads}
    return validate_text("".join(sorted(unique)), "nt")


def validate_text(text: str, form: str = "turtle") -> tuple[Violation, ...]:
    """Return what the shapes object to in RDF that rdflib reads as `form`; raises ConfigError as `validate`."""
    try:
        import pyshacl
    except ImportError as error:
        raise ConfigError("SHACL validation needs pySHACL: pip install 'papergraph[check]'") from error
    import rdflib

    data = rdflib.Graph().parse(data=text, format=form)
    shapes = rdflib.Graph().parse(data=read_resource("ontology/shapes.ttl"), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return tuple(sorted(_violations(report)))


def _violations(report: object) -> Iterable[Violation]:
    import rdflib

    assert isinstance(report, rdflib.Graph)  # noqa: S101  pySHACL returns an error object only when told to
    term = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, term.ValidationResult):
        messages = sorted(
            report.objects(result, term.resultMessage), key=lambda m: (getattr(m, "language", "") != "en", m)
        )
        yield Violation(
            focus_node=str(report.value(result, term.focusNode)),
            path=str(report.value(result, term.resultPath) or ""),
            shape=_named(report.value(result, term.sourceShape)),
            severity=str(report.value(result, term.resultSeverity)).rpartition("#")[2],
            message=str(messages[0]) if messages else "",
        )


def _named(term: object) -> str:
    """Return the IRI of a shape; a property shape has none, and its blank node has another name in every run."""
    import rdflib

    return str(term) if isinstance(term, rdflib.URIRef) else ""
