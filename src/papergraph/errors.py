"""The error tree of papergraph.

PapergraphError
├── NoteError           a note cannot be read
│   └── LossError       notes that the graph has are gone or cannot be read
├── ConfigError         papergraph.toml, a vocabulary, a pattern or a gold file is wrong
├── StoreError          the store is missing or damaged
│   └── BusyError       another build holds it
├── QueryError          a SPARQL query is wrong
│   └── LimitError      it asks for more time, memory or rows than it may have
├── EndpointError       a SPARQL server cannot be reached, or refuses
└── UnknownNameError    no entity, query or format of that name; carries suggestions
"""

from __future__ import annotations


class PapergraphError(Exception):
    """Base of every error that papergraph raises on purpose; its text says what, where, and what to do."""


class NoteError(PapergraphError):
    """A note cannot be read."""


class LossError(NoteError):
    """A build would lose notes for a reason that may pass, such as an unmounted folder; the graph stays as it was."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        self.problems = problems
        """What is wrong with single notes."""
        super().__init__(message)


class ConfigError(PapergraphError):
    """A file that the user wrote for papergraph (settings, vocabulary, patterns, gold) is wrong."""


class StoreError(PapergraphError):
    """The store is missing, damaged, or in use by another build."""


class BusyError(StoreError):
    """Another build holds the store."""


class QueryError(PapergraphError):
    """A SPARQL query cannot be parsed or run."""


class LimitError(QueryError):
    """A SPARQL query needs more time, memory or rows than it may have."""

    def __init__(self, message: str, status: str = "large") -> None:
        self.status = status
        """What there is too much of: `time`, `memory`, `large` for the answer; `crash` if the engine failed."""
        super().__init__(message)


class EndpointError(PapergraphError):
    """A SPARQL server cannot be reached, refuses, or answers what is no answer."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        self.passing = passing
        """Whether it may go well another time."""
        super().__init__(message)


class UnknownNameError(PapergraphError):
    """No entity, query, format or predicate has this name.

    >>> str(UnknownNameError("entity", "H20", ("H2O", "H3")))
    "no entity named 'H20'; did you mean H2O, H3?"
    """

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.suggestions = kind, name, suggestions
        hint = f"; did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"no {kind} named {name!r}{hint}")
