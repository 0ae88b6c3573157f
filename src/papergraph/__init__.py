"""Turn Markdown reading notes on machine-learning papers into a knowledge graph.

    import papergraph as pg

    graph = pg.build("notes/")                    # or pg.open_graph(), to open an existing graph
    print(graph.lineage("H2O"))                   # what builds on H2O, with the evidence of every step
    graph.show("Jamba")                           # everything about one entity
    graph.query("papers-by-hardware")             # a ready-made query, or SPARQL
    graph.view("graph.html")                      # the interactive page

Start with `build`, `open_graph` and `KnowledgeGraph`. Results (`QueryAnswer`, `LineageAnswer`, `ProfileAnswer`,
`Report`) can be printed, iterate, have a length, and convert to dictionaries or to a pandas data frame. All errors
derive from `PapergraphError`. Settings (`Config`) are read from the nearest `papergraph.toml` unless they are passed.

>>> import papergraph as pg
>>> pg.__version__
'0.1.0'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from papergraph.system.version import __version__

if TYPE_CHECKING:
    from papergraph.api import KnowledgeGraph, build, corrections, open_graph
    from papergraph.ask.answer import Answer
    from papergraph.ask.choose import Choice
    from papergraph.ask.named import NamedQuery
    from papergraph.ask.remote import Endpoint, Published
    from papergraph.config import Config, find_config, read_config
    from papergraph.correction import Correction, CorrectionOutcome
    from papergraph.errors import (
        BusyError,
        ConfigError,
        CorrectionError,
        EndpointError,
        LimitError,
        LossError,
        NoteError,
        PapergraphError,
        QueryError,
        QuestionError,
        StoreError,
        UnknownNameError,
    )
    from papergraph.export.table import Table
    from papergraph.insight.ask import Asked
    from papergraph.insight.between import Between, Hop, Way
    from papergraph.insight.compare import Comparison
    from papergraph.insight.conflict import Conflict
    from papergraph.insight.diff import Changed, Diff, Stated
    from papergraph.insight.gaps import Gap, Gaps
    from papergraph.insight.lineage import Lineage, Member, Step, Work
    from papergraph.insight.show import Fact, Profile
    from papergraph.insight.timeline import Event, Timeline
    from papergraph.model import Entity, Evidence, Graph, Place, Problem, Relation
    from papergraph.page import Page
    from papergraph.report.answers import (
        AskedAnswer,
        BetweenAnswer,
        LineageAnswer,
        ProfileAnswer,
        QueryAnswer,
        Report,
    )
    from papergraph.store import Candidate

__all__ = [
    "Answer",
    "Asked",
    "AskedAnswer",
    "Between",
    "BetweenAnswer",
    "BusyError",
    "Candidate",
    "Changed",
    "Choice",
    "Comparison",
    "Config",
    "ConfigError",
    "Conflict",
    "Correction",
    "CorrectionError",
    "CorrectionOutcome",
    "Diff",
    "Endpoint",
    "EndpointError",
    "Entity",
    "Event",
    "Evidence",
    "Fact",
    "Gap",
    "Gaps",
    "Graph",
    "Hop",
    "KnowledgeGraph",
    "LimitError",
    "Lineage",
    "LineageAnswer",
    "LossError",
    "Member",
    "NamedQuery",
    "NoteError",
    "Page",
    "PapergraphError",
    "Place",
    "Problem",
    "Profile",
    "ProfileAnswer",
    "Published",
    "QueryAnswer",
    "QueryError",
    "QuestionError",
    "Relation",
    "Report",
    "Stated",
    "Step",
    "StoreError",
    "Table",
    "Timeline",
    "UnknownNameError",
    "Way",
    "Work",
    "__version__",
    "build",
    "corrections",
    "find_config",
    "open_graph",
    "read_config",
]

#: Where the names are, imported when one is asked for: the command line starts in a fraction of a second.
_MODULES = {
    "api": ("KnowledgeGraph", "build", "corrections", "open_graph"),
    "ask.answer": ("Answer",),
    "ask.choose": ("Choice",),
    "ask.named": ("NamedQuery",),
    "ask.remote": ("Endpoint", "Published"),
    "config": ("Config", "find_config", "read_config"),
    "correction": ("Correction", "CorrectionOutcome"),
    "errors": (
        "BusyError",
        "ConfigError",
        "CorrectionError",
        "EndpointError",
        "LimitError",
        "LossError",
        "NoteError",
        "PapergraphError",
        "QueryError",
        "QuestionError",
        "StoreError",
        "UnknownNameError",
    ),
    "export.table": ("Table",),
    "insight.ask": ("Asked",),
    "insight.between": ("Between", "Hop", "Way"),
    "insight.compare": ("Comparison",),
    "insight.conflict": ("Conflict",),
    "insight.diff": ("Changed", "Diff", "Stated"),
    "insight.gaps": ("Gap", "Gaps"),
    "insight.lineage": ("Lineage", "Member", "Step", "Work"),
    "insight.show": ("Fact", "Profile"),
    "insight.timeline": ("Event", "Timeline"),
    "model": ("Entity", "Evidence", "Graph", "Place", "Problem", "Relation"),
    "page": ("Page",),
    "report.answers": ("AskedAnswer", "BetweenAnswer", "LineageAnswer", "ProfileAnswer", "QueryAnswer", "Report"),
    "store": ("Candidate",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'papergraph' has no attribute {name!r}")
    value = getattr(import_module(f"papergraph.{_MODULE_OF[name]}"), name)
    globals()[name] = value  # the next look-up finds it at once
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
