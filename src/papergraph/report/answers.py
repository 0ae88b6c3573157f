"""Results for Python programs and notebooks: they print, iterate, have a length, and convert to tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from papergraph.ask.answer import Answer, answer_record
from papergraph.ask.choose import Choice
from papergraph.errors import ConfigError
from papergraph.insight.ask import Asked
from papergraph.insight.between import Between, Way
from papergraph.insight.lineage import Lineage, Member
from papergraph.insight.show import Fact, Profile
from papergraph.report.ask import asked_record
from papergraph.report.between import between_record, render_between
from papergraph.report.lineage import lineage_record, render_lineage
from papergraph.report.notebook import answer_table, profile_table
from papergraph.report.rows import (
    LINEAGE_COLUMNS,
    PROFILE_COLUMNS,
    TRUTH,
    Row,
    answer_rows,
    lineage_rows,
    profile_rows,
)
from papergraph.report.show import profile_record, render_profile

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The result of a query; iterates over its rows, as dictionaries by variable, and displays as a table.

    The length is the number of rows. The truth value is whether there are rows, or the result of an ASK query.
    """

    answer: Answer
    """The result as RDF terms."""

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows of `to_dicts`."""
        return iter(self.to_dicts())

    def __len__(self) -> int:
        """Return the number of rows; 1 for an ASK query."""
        return 1 if self.answer.kind == "ask" else len(self.answer.rows)

    def __bool__(self) -> bool:
        """Return whether there are rows, or the result of an ASK query."""
        return self.answer.truth or bool(self.answer.rows)

    def to_dict(self) -> Any:
        """Return what `papergraph query --json` prints: SPARQL JSON results; for triples a JSON-LD list."""
        return answer_record(self.answer)

    def to_dicts(self) -> list[Row]:
        """Return a dictionary by variable for each row, with Python numbers and booleans, and None for unbound.

        An ASK query gives one row with `boolean`; triples have `subject`, `predicate` and `object`.
        """
        return answer_rows(self.answer)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; raises ConfigError without pandas."""
        return _frame(self.to_dicts(), (TRUTH,) if self.answer.kind == "ask" else self.answer.variables)

    def __str__(self) -> str:
        """Return the table."""
        return str(self.answer)

    def _repr_html_(self) -> str:
        return answer_table(self.answer)


@dataclass(frozen=True, slots=True)
class AskedAnswer(QueryAnswer):
    """The answer to a question in words: the result of the query that it means, and how it was read."""

    asked: Asked
    """The query, the names and the SPARQL."""

    def to_dict(self) -> Any:
        """Return what `papergraph ask --json` prints."""
        return asked_record(self.asked, self.answer)


@dataclass(frozen=True, slots=True)
class LineageAnswer:
    """A lineage; iterates over the members reached, and displays as a tree, or as Markdown in a notebook.

    The length is the number of members without the start.
    """

    lineage: Lineage
    """All members and steps, with their evidence."""
    choice: Choice
    """The entity chosen for the name, and the alternatives."""

    def __iter__(self) -> Iterator[Member]:
        """Yield the members, nearest first, without the start."""
        return iter(self.lineage.members[1:])

    def __len__(self) -> int:
        """Return the number of members, without the start."""
        return len(self.lineage.members) - 1

    def to_dict(self) -> dict[str, Any]:
        """Return what `papergraph lineage --json` prints."""
        return lineage_record(self.lineage)

    def to_dicts(self) -> list[Row]:
        """Return a row for each step: depth, both ends, predicate, confidence, and the best sentence with its place."""
        return lineage_rows(self.lineage)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; raises ConfigError without pandas."""
        return _frame(self.to_dicts(), LINEAGE_COLUMNS)

    def __str__(self) -> str:
        """Return the tree."""
        return render_lineage(self.lineage)

    def _repr_markdown_(self) -> str:
        return render_lineage(self.lineage, "markdown")


@dataclass(frozen=True, slots=True)
class BetweenAnswer:
    """How two entities are connected; iterates over the ways, best first, and displays as text.

    The length is the number of ways.
    """

    between: Between
    """All ways, with the evidence of each step."""

    def __iter__(self) -> Iterator[Way]:
        """Yield the ways, best first."""
        return iter(self.between.ways)

    def __len__(self) -> int:
        """Return the number of ways."""
        return len(self.between.ways)

    def to_dict(self) -> dict[str, Any]:
        """Return what `papergraph lineage --between A B --json` prints."""
        return between_record(self.between)

    def __str__(self) -> str:
        """Return the ways as text."""
        return render_between(self.between)

    def _repr_markdown_(self) -> str:
        return render_between(self.between, "markdown")


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """A profile; iterates over the relations of the entity, and displays as text, or as tables in a notebook.

    The length is the number of relations. A profile is always true, even without relations.
    """

    profile: Profile
    """Names, values, notes and facts."""
    choice: Choice
    """The entity chosen for the name, and the alternatives."""

    def __iter__(self) -> Iterator[Fact]:
        """Yield the relations: outgoing first, by predicate."""
        return iter(self.profile.facts)

    def __len__(self) -> int:
        """Return the number of relations."""
        return len(self.profile.facts)

    def __bool__(self) -> bool:
        """Return True: the entity exists."""
        return True

    def to_dict(self) -> dict[str, Any]:
        """Return what `papergraph show --json` prints."""
        return profile_record(self.profile)

    def to_dicts(self) -> list[Row]:
        """Return a row for each relation: predicate, direction, other end, and the best sentence with its place."""
        return profile_rows(self.profile)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; raises ConfigError without pandas."""
        return _frame(self.to_dicts(), PROFILE_COLUMNS)

    def __str__(self) -> str:
        """Return the profile as `papergraph show` prints it."""
        return render_profile(self.profile)

    def _repr_html_(self) -> str:
        return profile_table(self.profile)


@dataclass(frozen=True, slots=True)
class Report(Generic[T]):
    """A comparison, a list of conflicts or gaps, a timeline or a difference; iterates over its rows, as dictionaries.

    The length is the number of rows. It prints as text, and displays as Markdown in a notebook.
    """

    value: T
    """The answer as a frozen value, with all evidence."""
    columns: tuple[str, ...]
    """The keys of the rows."""
    choices: tuple[Choice, ...] = ()
    """The entities chosen for the names that were given, and the alternatives."""
    _rows: Callable[[T], list[Row]] = field(default=lambda _: [], repr=False)
    _render: Callable[[T, str], str] = field(default=lambda value, _: str(value), repr=False)
    _text: str = field(default="text", repr=False)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows of `to_dicts`."""
        return iter(self.to_dicts())

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.to_dicts())

    def to_dict(self) -> Any:
        """Return what the command of the same name prints with `--json`."""
        return json.loads(self._render(self.value, "json"))

    def to_dicts(self) -> list[Row]:
        """Return a row for each thing that it lists, by `columns`, with the best sentence and its place."""
        return self._rows(self.value)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; raises ConfigError without pandas."""
        return _frame(self.to_dicts(), self.columns)

    def to_markdown(self) -> str:
        """Return what the command of the same name prints with `--format markdown`."""
        return self._render(self.value, "markdown")

    def __str__(self) -> str:
        """Return the text."""
        return self._render(self.value, self._text)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def _frame(rows: list[Row], columns: Sequence[str]) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise ConfigError("to_pandas needs one more package: pip install 'papergraph[pandas]'") from error
    return pandas.DataFrame(rows, columns=list(columns))
