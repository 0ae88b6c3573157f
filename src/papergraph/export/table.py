"""A table of the graph for Python programs and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from papergraph.errors import ConfigError
from papergraph.export.rows import LISTINGS, Row
from papergraph.model import Graph

if TYPE_CHECKING:
    import pandas

#: The types of pandas that hold values and nothing alike; the others are its own choice.
_NULLABLE = {int: "Int64", bool: "boolean", str: "string"}


@dataclass(frozen=True, slots=True)
class Table:
    """The entities, relations, evidence or mentions of a graph; iterates over its rows, as dictionaries by column.

    The length is the number of rows.
    """

    name: str
    """`entities`, `relations`, `evidence` or `mentions`."""
    columns: tuple[str, ...]
    """The keys of the rows."""
    rows: tuple[Row, ...]
    """Values in the order of the columns, None where the notes say nothing."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of `to_dicts`."""
        return iter(self.to_dicts())

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dictionary by column for each row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame with the types of the columns; raises ConfigError without pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ConfigError("to_pandas needs one more package: pip install 'papergraph[pandas]'") from error
        frame = pandas.DataFrame(list(self.rows), columns=list(self.columns))
        types = LISTINGS[self.name].types
        return frame.astype({c: _NULLABLE[t] for c, t in types.items() if t in _NULLABLE})

    def __repr__(self) -> str:
        """Return the name, the size and the columns."""
        return f"Table({self.name}: {len(self.rows):,} rows; {', '.join(self.columns)})"


def make_table(graph: Graph, name: str) -> Table:
    """Return one of the tables of `LISTINGS`."""
    listing = LISTINGS[name]
    return Table(name, tuple(listing.types), tuple(listing.rows(graph)))
