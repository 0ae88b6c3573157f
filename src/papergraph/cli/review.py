"""`papergraph review`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, store_option, terminal_width
from papergraph.correction import Decision
from papergraph.errors import PapergraphError
from papergraph.text.terminal import message_lines, printable

if TYPE_CHECKING:
    from papergraph.ask.source import Source
    from papergraph.pipeline.corrections.queue import Question

_KEYS = "a accept, r reject, c change, m merge, x split, s skip, u undo, q quit"


@click.command(short_help="Decide on claims one after the other, the most worthwhile first.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=20, show_default=True, help="At most so many claims."
)
@click.option("--about", metavar="NAME", help="Only claims about this entity.")
@store_option
@click.pass_obj
def review(session: Session, limit: int, about: str | None, store: Path | None) -> None:
    """Show claims of the graph one after the other, and write what you decide to corrections.tsv.

    Claims that are doubtful, that many others rely on, or that the notes contradict come first. One key decides; on a
    terminal without Enter. Every decision is written at once, so that you can stop at any time.
    """
    from papergraph.pipeline.corrections.queue import questions
    from papergraph.sources.corrections import read_corrections, shown_path

    source = session.open_source(store)
    iri = session.choose(source, about) if about else ""
    file = Path(session.config.corrections)
    rows = read_corrections(file).corrections
    found = [q for q in questions(source.read_graph(), rows) if iri in {"", q.subject.iri, q.object.iri}]
    written = _Dialogue(session, source, found[:limit], _keys()).run()
    if written:
        session.say(f"{written} written to {shown_path(file)}; the next papergraph build applies them")
    elif not found:
        session.say("no claims to decide on")


def _keys() -> Callable[[], str]:
    """Return what reads one key: from a terminal as it is pressed, otherwise the first letter of a line."""
    if sys.stdin.isatty():
        return click.getchar
    return lambda: sys.stdin.readline()[:1]


@dataclass
class _Dialogue:
    """A walk along claims, with what was decided on the way."""

    session: Session
    source: Source
    questions: list[Question]
    key: Callable[[], str]
    place: int = 0
    decided: list[tuple[int, int]] = field(default_factory=list)
    """Which claim each line written was about, as pairs of place and line."""

    def run(self) -> int:
        """Ask about each claim until the last one or `q`; return how many lines were written."""
        while self.place < len(self.questions):
            self._show(self.questions[self.place])
            click.echo(f"  {_KEYS}: ", nl=False)
            key = self.key()
            click.echo(printable(key))
            if key in {"q", "", "\x03", "\x04"}:
                break
            try:
                self._take(key)
            except PapergraphError as error:
                click.echo(message_lines(f"  {error}"))
        return len(self.decided)

    def _show(self, question: Question) -> None:
        from papergraph.pipeline.corrections.around import lines_around
        from papergraph.report.review import render_claim

        relation, evidence = question.relation, question.evidence
        click.echo(f"\n{self.place + 1}/{len(self.questions)}  ", nl=False)
        text = render_claim(
            question.subject,
            relation.predicate,
            question.object,
            evidence,
            lines_around(evidence, self.session.config),
            negated=relation.polarity == "negative",
            confidence=relation.confidence,
            width=terminal_width(),
            style=paint,
        )
        click.echo(text, nl=False)
        for conflict in question.conflicts:
            click.echo(f"  conflict: {printable(conflict)}")

    def _take(self, key: str) -> None:
        """Do what a key says; an unknown key asks again."""
        if key == "s":
            self.place += 1
        elif key == "u":
            self._undo()
        elif key in {"a", "r"}:
            self._decide("accept" if key == "a" else "reject")
        elif key == "c":
            predicate = self._ask("predicate (empty: the same)")
            reverse = self._ask("exchange subject and object? (y)") == "y"
            self._decide("change", to=" ".join(filter(None, ("reverse" if reverse else "", predicate))))
        elif key in {"m", "x"}:
            question = self.questions[self.place]
            entity = question.object if self._ask("subject or object? (s, o)") == "o" else question.subject
            name = self._ask(f"{entity.label} is the same as" if key == "m" else f"{entity.label} is not")
            about = {"subject": f"{entity.type}:{entity.label}", "object": name, "predicate": ""}
            self._decide("same" if key == "m" else "different", stay=True, **about)

    def _ask(self, question: str) -> str:
        return str(click.prompt(f"  {printable(question)}", default="", show_default=False)).strip()

    def _decide(self, decision: Decision, *, stay: bool = False, **cells: str) -> None:
        """Write a decision on the claim, or on one of its ends, and go on to the next claim unless told to stay."""
        from papergraph.pipeline.corrections.decide import decide
        from papergraph.pipeline.corrections.write import write_corrections

        question = self.questions[self.place]
        relation = question.relation
        row = {
            "subject": question.subject.iri,
            "predicate": f"{'not ' if relation.polarity == 'negative' else ''}{relation.predicate}",
            "object": question.object.iri,
            **cells,
        }
        made = decide(self.source, decision, row, self.session.config)
        (written,) = write_corrections(Path(self.session.config.corrections), [made])
        click.echo("  " + printable(f"{written.path}:{written.line}: {written}"))
        self.decided.append((self.place, written.line))
        self.place += not stay

    def _undo(self) -> None:
        """Take back the last decision of this walk, and go back to its claim."""
        from papergraph.pipeline.corrections.write import undo_correction

        if not self.decided:
            click.echo("  nothing to undo")
            return
        self.place, line = self.decided.pop()
        _, row = undo_correction(Path(self.session.config.corrections), line)
        click.echo(f"  removed: {printable(row)}")
