"""Graphs for the tests of the page."""

from __future__ import annotations

from papergraph.model import Entity, Evidence, Graph, NoteRecord, Place, Relation

HOSTILE = [
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    "<svg/onload=window.PWNED=1>",
    "href <a href='javascript:window.PWNED=1'>x</a>",
    "javascript:window.PWNED=1",
    "data:text/html,<script>window.PWNED=1</script>",
    "' onmouseover='window.PWNED=1",
    '"><iframe srcdoc="<script>parent.PWNED=1</script>">',
    "</title></style></textarea><script>window.PWNED=1</script>",
    "{{ 7*7 }}{% for x in y %}${window.PWNED=1}`",
    "__proto__",
    "constructor",
    "a\u2028b\u2029c",
    "\u202eevil\u202c",
    "\"'`<!--",
    "]]>",
    "x\x00y\x1bz",
    "\ud800 lone",
    "🏳️‍🌈 𝑄 ﷽ Z̮̞̠͙͔ͅa̡",
]


def graph_of(names: list[str]) -> Graph:
    """Return a graph whose every text is one of `names`: labels, aliases, identifiers, values, notes, sentences."""
    entities = tuple(
        Entity(
            f"https://x.org/m/{n}",
            "Method",
            name,
            (f"{name}!",),
            (name,),
            (("venue", name), ("code", name), (name, name), ("year", "2024")),
            (Place(name, 1, 0, 1, name),),
        )
        for n, name in enumerate(names)
    )
    relations = tuple(
        Relation(
            f"https://x.org/st/{n}",
            entities[n].iri,
            "improvesOn",
            entities[n - 1].iri,
            0.9,
            evidence=(Evidence(f"https://x.org/ev/{n}", name, n, 0, 1, name, "x", "prose", 0.9),),
        )
        for n, name in enumerate(names)
        if n
    )
    notes = tuple(NoteRecord(f"https://x.org/note/{n}", name, "0") for n, name in enumerate(names))
    return Graph(entities, relations, notes)
