"""Cypher statements for Neo4j and its kin; running them twice changes nothing."""

from __future__ import annotations

import json
import re

from papergraph.model import Entity, Graph, Relation
from papergraph.ontology.kinds import group_of

_HEADER = "CREATE CONSTRAINT papergraph_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;"


def to_cypher(graph: Graph) -> str:
    """Return one MERGE for each entity and each positive claim."""
    lines = [_HEADER, *map(_entity, graph.entities)]
    lines += [_relation(r) for r in graph.relations if r.polarity == "positive"]
    return "\n".join(lines) + "\n"


def _entity(entity: Entity) -> str:
    labels = "".join(f":{kind}" for kind in dict.fromkeys((group_of(entity.type), entity.type)))
    values: dict[str, object] = {"label": entity.label, "aliases": entity.aliases, "identifiers": entity.identifiers}
    for key, value in entity.attributes:
        values.setdefault(_key(key), value)
    return f"MERGE (n:Entity {{iri: {_quoted(entity.iri)}}}) SET n{labels}, {_assignments('n', values)};"


def _key(key: str) -> str:
    r"""Return the name of a property, without backslashes: Neo4j reads `\u0060` as the quote that ends a name."""
    if key.isidentifier() and key.isascii():
        return key
    return "`" + re.sub(r"[\\\s\x00-\x1f]", "_", key).replace("`", "``") + "`"


def _relation(relation: Relation) -> str:
    ends = f"MATCH (s:Entity {{iri: {_quoted(relation.subject)}}}), (o:Entity {{iri: {_quoted(relation.object)}}})"
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", relation.predicate).upper()
    values: dict[str, object] = {
        "confidence": relation.confidence,
        "evidence": tuple(f"{e.note}:{e.line} {e.sentence}" for e in relation.evidence),
    }
    return f"{ends} MERGE (s)-[r:{kind}]->(o) SET {_assignments('r', values)};"


def _assignments(variable: str, values: dict[str, object]) -> str:
    return ", ".join(f"{variable}.{name} = {_quoted(value)}" for name, value in values.items())


def _quoted(value: object) -> str:
    """Quote for Cypher, whose strings and lists know the notation of JSON."""
    return json.dumps(value, ensure_ascii=False)
