"""`papergraph review`."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, paint, store_option, terminal_width
from papergraph.correction import Correction, Decision
from papergraph.errors import PapergraphError
from papergraph.text.terminal import message_lines, printable

if TYPE_CHECKING:
    from papergraph.ask.source import Source
    from papergraph.model import Entity
    from papergraph.pipeline.corrections.alike import Alike
    from papergraph.pipeline.corrections.queue import Question


@click.command(short_help="Decide on claims one after the other, the most worthwhile first.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", default=20, show_default=True, help="Show at most so many."
)
@click.option("--about", metavar="NAME", help="Only claims about this entity.")
@click.option("--merges", is_flag=True, help="Show entities with similar names instead, which may be one.")
@store_option
@click.pass_obj
def review(session: Session, limit: int, about: str | None, merges: bool, store: Path | None) -> None:
    """Show claims of the graph one after the other, and write what you decide to corrections.tsv.

    Claims that are doubtful, that many others rely on, or that the notes contradict come first. One key decides; on a
    terminal without Enter. Every decision is written at once, so that you can stop at any time.
    """
    from papergraph.pipeline.corrections.alike import alike_entities
    from papergraph.pipeline.corrections.queue import questions
    from papergraph.sources.corrections import read_corrections, shown_path

    source = session.open_source(store)
    iri = session.choose(source, about) if about else ""
    file = Path(session.config.corrections)
    graph, rows = source.read_graph(), read_corrections(file).corrections
    dialogue: _Dialogue
    if merges:
        pairs = [a for a in alike_entities(graph, rows) if iri in {"", a.first.iri, a.second.iri}]
        dialogue = _Merges(session, source, pairs[:limit])
    else:
        found = [q for q in questions(graph, rows) if iri in {"", q.subject.iri, q.object.iri}]
        dialogue = _Claims(session, source, found[:limit])
    written = dialogue.run()
    if written:
        session.say(f"{written} written to {shown_path(file)}; the next papergraph build applies them")
    elif not dialogue.count:
        session.say("nothing to decide on")


class _Dialogue(ABC):
    """A walk along what is to be decided, with what was decided on the way."""

    keys: str

    def __init__(self, session: Session, source: Source, count: int) -> None:
        self.session, self.source, self.count = session, source, count
        self.place = 0
        self.decided: list[tuple[int, Correction]] = []
        """What each line written was about, as pairs of place and correction."""
        self.read = click.getchar if sys.stdin.isatty() else _first_letter

    @abstractmethod
    def show(self) -> None:
        """Show what is to be decided on."""

    @abstractmethod
    def take(self, key: str) -> None:
        """Do what a key says; an unknown key asks again."""

    def run(self) -> int:
        """Ask until the end or `q`; return how many lines were written."""
        while self.place < self.count:
            click.echo(f"\n{self.place + 1}/{self.count}  ", nl=False)
            self.show()
            click.echo(f"  {self.keys}, s skip, u undo, q quit: ", nl=False)
            key = self.read()
            click.echo(printable(key))
            if key in {"q", "", "\x03", "\x04"}:
                break
            try:
                self._step(key)
            except PapergraphError as error:
                click.echo(message_lines(f"  {error}"))
        return len(self.decided)

    def _step(self, key: str) -> None:
        if key == "s":
            self.place += 1
        elif key == "u":
            self._undo()
        else:
            self.take(key)

    def write(self, decision: Decision, cells: dict[str, str], *, stay: bool = False) -> None:
        """Write a decision, and go on unless told to stay."""
        from papergraph.pipeline.corrections.decide import decide
        from papergraph.pipeline.corrections.write import write_corrections

        made = decide(self.source, decision, cells, self.session.config)
        ((written, is_new),) = write_corrections(Path(self.session.config.corrections), [made])
        click.echo("  " + printable(f"{written.path}:{written.line}: {written}"))
        if is_new:
            self.decided.append((self.place, written))
        self.place += not stay

    def _undo(self) -> None:
        """Take back the last decision of this walk, and go back to what it was about."""
        from papergraph.pipeline.corrections.write import take_back

        if not self.decided:
            click.echo("  nothing to undo")
            return
        self.place, row = self.decided.pop()
        take_back(Path(self.session.config.corrections), row)
        click.echo(f"  removed: {printable(str(row))}")


class _Claims(_Dialogue):
    """Claims, each with its sentence and what stands around it."""

    keys = "a accept, r reject, c change, m merge, x split"

    def __init__(self, session: Session, source: Source, questions: Sequence[Question]) -> None:
        super().__init__(session, source, len(questions))
        self.questions = questions

    def show(self) -> None:
        from papergraph.pipeline.corrections.around import lines_around
        from papergraph.report.review import render_claim

        question = self.questions[self.place]
        around = lines_around(question.evidence, self.session.config)
        ends = question.subject, question.object
        click.echo(render_claim(question.relation, ends, question.evidence, around, terminal_width(), paint), nl=False)
        for conflict in question.conflicts:
            click.echo(f"  conflict: {printable(conflict.message)}")

    def take(self, key: str) -> None:
        question = self.questions[self.place]
        relation = question.relation
        denied = "not " if relation.polarity == "negative" else ""
        claim = {
            "subject": question.subject.iri,
            "predicate": f"{denied}{relation.predicate}",
            "object": question.object.iri,
        }
        if key in {"a", "r"}:
            self.write("accept" if key == "a" else "reject", claim)
        elif key == "c":
            predicate = _ask("predicate (empty: the same)")
            reverse = _ask("swap subject and object? (y)") == "y"
            self.write("change", {**claim, "to": " ".join(filter(None, ("reverse" if reverse else "", predicate)))})
        elif key in {"m", "x"}:
            entity = question.object if _ask("subject or object? (s, o)") == "o" else question.subject
            name = _ask(f"{entity.label} is the same as" if key == "m" else f"{entity.label} is not")
            about = {"subject": f"{entity.type}:{entity.label}", "object": name}
            self.write("same" if key == "m" else "different", about, stay=True)


class _Merges(_Dialogue):
    """Pairs of entities that may be one."""

    keys = "y they are one, n they are two"

    def __init__(self, session: Session, source: Source, pairs: Sequence[Alike]) -> None:
        super().__init__(session, source, len(pairs))
        self.pairs = pairs

    def show(self) -> None:
        pair = self.pairs[self.place]
        click.echo(f"{_named(pair.first)}\n  = {_named(pair.second)} ?")

    def take(self, key: str) -> None:
        pair = self.pairs[self.place]
        if key in {"y", "n"}:
            self.write("same" if key == "y" else "different", {"subject": pair.first.iri, "object": pair.second.iri})


def _named(entity: Entity) -> str:
    """Return the names of an entity and where it is named first."""
    aliases = "".join(f", {printable(alias)}" for alias in entity.aliases[:4])
    places = [f"{place.note}:{place.line}" for place in sorted(entity.places)[:2]]
    label = paint(printable(entity.label), "name")
    return f"{label}{aliases} ({entity.type})  {paint(printable(' '.join(places)), 'place')}"


def _ask(question: str) -> str:
    return str(click.prompt(f"  {printable(question)}", default="", show_default=False)).strip()


def _first_letter() -> str:
    """Return the first letter of the next line, empty at the end of the input."""
    return sys.stdin.readline()[:1]
