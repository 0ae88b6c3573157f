"""A question in words and its answer: how it was read, the SPARQL, and the rows."""

from __future__ import annotations

import json
from typing import Any

from papergraph.ask.answer import Answer, render_answer
from papergraph.errors import UnknownNameError
from papergraph.insight.ask import Asked, command_of
from papergraph.report.markdown import code_span, markdown_text
from papergraph.text.terminal import json_text, printable

#: What `ask --format` accepts.
ASK_FORMATS = ("table", "markdown", "json")
#: What is said where the query has no row: that notes say nothing is no denial.
NOTHING = "your notes do not say"


def reading_lines(asked: Asked) -> tuple[str, ...]:
    """Return how a question was read: the names, the command that asks the same, and the SPARQL."""
    lines = [f"{name.surface!r} read as {name.label!r}" for name in asked.names if name.corrected]
    lines += [f"{surface!r} is not part of this query" for surface in asked.left_over]
    sparql = [line for line in asked.sparql.strip().splitlines() if not line.startswith("#")]
    return tuple(printable(line) for line in [*lines, command_of(asked), *sparql])


def render_asked(asked: Asked, answer: Answer, form: str = "table", *, width: int = 0) -> str:
    """Return the answer as a table, or with the question and its reading as Markdown or JSON.

    Raises:
        UnknownNameError: for another format.
    """
    if form not in ASK_FORMATS:
        raise UnknownNameError("format of answers", form, ASK_FORMATS, closed=True)
    if form == "json":
        return json_text(asked_record(asked, answer), indent=2) + "\n"
    if form == "markdown":
        return _markdown(asked, answer)
    return render_answer(answer, "table", width=width)


def asked_record(asked: Asked, answer: Answer) -> dict[str, Any]:
    """Return a question and its answer as plain values, the shape of `ask --json`."""
    return {
        "question": asked.question,
        "query": asked.query.name,
        "meaning": {"en": asked.query.question, "zh": asked.query.question_zh},
        "names": [
            {"parameter": n.parameter, "surface": n.surface, "label": n.label, "type": n.type, "iri": n.iri}
            for n in asked.names
        ],
        "notAsked": list(asked.left_over),
        "otherQueries": list(asked.others),
        "command": command_of(asked),
        "sparql": asked.sparql,
        "answer": json.loads(render_answer(answer, "json")),
    }


def _markdown(asked: Asked, answer: Answer) -> str:
    meaning = f"{markdown_text(asked.query.question)} {code_span(command_of(asked))}"
    head = [f"# {markdown_text(asked.question)}", "", meaning, ""]
    if not answer.rows:
        return "\n".join([*head, NOTHING.capitalize() + ".", ""])
    rows = [f"| {' | '.join(answer.variables)} |", f"|{' --- |' * len(answer.variables)}"]
    rows += ["| " + " | ".join(_cell(term) for term in row) + " |" for row in answer.rows]
    return "\n".join([*head, *rows, "", "```sparql", asked.sparql.strip(), "```", ""])


def _cell(term: Any) -> str:
    return markdown_text(" ".join(str(getattr(term, "value", "")).split())).replace("|", "\\|")
