"""The error tree of papergraph.

PapergraphError
├── NoteError           a note cannot be read
│   └── LossError       a build would remove notes that are missing or unreadable
├── ConfigError         papergraph.toml, a vocabulary, a pattern or a gold file is invalid
├── StoreError          the store is missing or damaged
│   └── BusyError       another run holds it, or the file of replies
├── CorrectionError     a correction cannot be made
├── QueryError          a SPARQL query is invalid or fails
│   ├── LimitError      it exceeds a limit of time, memory or rows
│   └── QuestionError   a question in words is like none that can be answered
├── EndpointError       a server cannot be reached, or refuses
└── UnknownNameError    no entity, query or format has this name; has suggestions
"""

from __future__ import annotations


class PapergraphError(Exception):
    """Base class of all papergraph errors; the message says what is wrong, where, and what to do."""


class NoteError(PapergraphError):
    """A note cannot be read."""


class LossError(NoteError):
    """A build would lose notes, perhaps only for now (an unmounted folder); the graph is not changed."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        self.problems = problems
        """Problems with individual notes."""
        super().__init__(message)


class ConfigError(PapergraphError):
    """Settings, a vocabulary, a pattern or a gold file are invalid, or an optional package is missing."""


class StoreError(PapergraphError):
    """The store is missing, damaged, or in use by another build."""


class BusyError(StoreError):
    """Another run holds the store, the replies of a language model, or the corrections, for writing."""


class CorrectionError(PapergraphError):
    """A correction cannot be made: a name is ambiguous, the claim is not in the graph, or another line contradicts."""


class QueryError(PapergraphError):
    """A SPARQL query cannot be parsed or run."""


class LimitError(QueryError):
    """A SPARQL query exceeds a limit of time, memory or rows."""

    def __init__(self, message: str, status: str = "large") -> None:
        self.status = status
        """The limit: `time`, `memory` or `large` (the answer); `crash` if the query engine failed."""
        super().__init__(message)


class QuestionError(QueryError):
    """A question in words is like none that can be answered.

    >>> str(QuestionError("what is the weather", ("gaps",)))
    "cannot tell what is asked by 'what is the weather'; the nearest ready-made queries: gaps"
    """

    def __init__(self, question: str, nearest: tuple[str, ...] = (), *, reason: str = "") -> None:
        self.question, self.nearest = question, nearest
        near = f"the nearest ready-made queries: {', '.join(nearest)}" if nearest else ""
        hints = "".join(f"; {hint}" for hint in (reason, near) if hint)
        super().__init__(f"cannot tell what is asked by {question!r}{hints}")


class EndpointError(PapergraphError):
    """A SPARQL server or a language model cannot be reached, refuses a request, or returns an invalid response."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        self.passing = passing
        """Whether trying again may succeed."""
        super().__init__(message)


class UnknownNameError(PapergraphError):
    """No entity, query, format or predicate has this name.

    >>> str(UnknownNameError("entity", "H20", ("H2O", "H3")))
    "no entity named 'H20'; did you mean H2O, H3?"
    >>> str(UnknownNameError("query format", "pdf", ("table", "json"), closed=True))
    "no query format named 'pdf'; choose one of: table, json"
    >>> str(UnknownNameError("query", "zzz"))
    "no query named 'zzz'; see: papergraph query --list"
    """

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = (), *, closed: bool = False) -> None:
        self.kind, self.name, self.suggestions = kind, name, suggestions
        hint = "; see: papergraph query --list" if kind == "query" else ""
        if suggestions:
            hint = f"; did you mean {', '.join(suggestions)}?"
        if closed:  # there are no others
            hint = f"; choose one of: {', '.join(suggestions)}" if suggestions else "; there are none"
        super().__init__(f"no {kind} named {name!r}{hint}")
