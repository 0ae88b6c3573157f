"""Results as HTML tables for notebooks; text from notes is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from papergraph.ask.answer import Answer, short_term
from papergraph.insight.show import Fact, Profile
from papergraph.ontology.relation_labels import relation_label

#: Rows that a notebook shows; a table of more makes it slow.
MOST_ROWS = 500


def answer_table(answer: Answer) -> str:
    """Return the answer to a query as an HTML table, of its first 500 rows; a truth value as a word."""
    if answer.kind == "ask":
        return f"<p>{'yes' if answer.truth else 'no'}</p>"
    rows = [[_cell(term, answer.base) for term in row] for row in answer.rows[:MOST_ROWS]]
    hidden = len(answer.rows) - len(rows)
    count = f"{len(answer.rows):,} {'row' if len(answer.rows) == 1 else 'rows'}"
    return _table(answer.variables, rows, f"{count}, the first {MOST_ROWS} shown" if hidden else count)


def profile_table(profile: Profile) -> str:
    """Return everything about one entity as HTML: its names and values, then a row for each relation."""
    values = [("type", profile.type), ("also", ", ".join(profile.aliases)), *profile.values]
    lines = [f"<b>{_text(name)}</b> {_text(value)}" for name, value in values if value]
    rows = []
    for (outgoing, predicate), facts in groupby(profile.facts, key=lambda f: (f.outgoing, f.predicate)):
        rows += [_fact_row(relation_label(predicate, outgoing=outgoing), fact) for fact in facts]
    table = _table(("relation", "with", "confidence", "evidence"), rows, f"{len(rows)} relations")
    return f"<p><strong>{_text(profile.label)}</strong><br>{'<br>'.join(lines)}</p>{table}"


def _fact_row(relation: str, fact: Fact) -> list[str]:
    denied = "not " if fact.polarity == "negative" else ""
    places = [f"{_text(e.sentence)} <small>{_text(f'{e.note}:{e.line}')}</small>" for e in fact.evidence[:3]]
    return [_text(denied + relation), _text(fact.label), f"{fact.confidence:.2f}", "<br>".join(places)]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    head = "".join(f"<th style='text-align: left'>{_text(name)}</th>" for name in heads)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align: left; vertical-align: top'>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption style='caption-side: bottom; text-align: left'>{_text(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(term: Any, base: str) -> str:
    text = _text(short_term(term, base))
    address = str(getattr(term, "value", ""))
    # Only entities of elsewhere have an address that leads somewhere.
    if (
        type(term).__name__ == "NamedNode"
        and address.startswith(("https://", "http://"))
        and short_term(term, base) == address
    ):
        return f'<a href="{_text(address)}" rel="noopener noreferrer">{text}</a>'
    return text


def _text(value: str) -> str:
    return html.escape(value)
