"""Write docs/queries.md, every ready-made query with its answer on the sample notes: `python docs/queries.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import papergraph as pg
from papergraph.ask.named import NamedQuery

TARGET = Path(__file__).with_name("queries.md")
_NOTES = Path(__file__).parents[1] / "data" / "notes"
#: Rows that are shown of an answer, and characters of a cell.
_ROWS, _CELL = 4, 60
_HEAD = """# Queries by example

Every ready-made query: its question, how to run it, its SPARQL, and the first rows of its answer on the sample notes
in `data/notes`. A parameter is set with `--param NAME=VALUE`, where the value is a name as you write it. The prefixes
`pg:`, `method:`, `paper:` and so on need not be declared. [Writing your own](extending.md#queries-and-questions)
takes one file. `python docs/queries.py` writes this page.
"""


def reference(graph: pg.KnowledgeGraph) -> str:
    """Return the text of the page."""
    return "\n".join([_HEAD, *(_section(graph, query) for query in graph.queries())])


def _section(graph: pg.KnowledgeGraph, query: NamedQuery) -> str:
    sparql = "\n".join(line for line in query.text.splitlines() if not line.startswith("#")).strip()
    asked = [p for p in query.phrasings if p.isascii()][:1] + [p for p in query.phrasings if not p.isascii()][:1]
    words = "".join(f"- `papergraph ask {phrasing}`\n" for phrasing in asked)
    return (
        f"## {query.name}\n\n{query.question}\n{query.question_zh}\n\n"
        f"- `papergraph query {query.name}`\n{words}\n```sparql\n{sparql}\n```\n\n{_answer(graph, query)}\n"
    )


def _answer(graph: pg.KnowledgeGraph, query: NamedQuery) -> str:
    answer = graph.query(query.name)
    rows = [[_cell(value) for value in row.values()] for row in answer.to_dicts()]
    if not rows:
        return "The sample notes give no rows.\n"
    names = list(answer.to_dicts()[0])
    table = [names, ["---"] * len(names), *rows[:_ROWS]]
    more = f"\n... and {len(rows) - _ROWS} more rows.\n" if len(rows) > _ROWS else ""
    return "\n".join(f"| {' | '.join(row)} |" for row in table) + f"\n{more}"


def _cell(value: object) -> str:
    """Return a value for a cell; figures that every new measurement moves a little are rounded."""
    plain = f"{value:.1f}" if isinstance(value, float) else "" if value is None else str(value)
    text = plain.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _CELL else f"{text[:_CELL]}…"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TARGET.write_text(reference(pg.build(_NOTES, store=Path(folder) / "store")), encoding="utf-8")
