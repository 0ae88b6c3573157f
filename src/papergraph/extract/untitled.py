"""What a paper without a title is called: what its entry introduces, with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papergraph.extract.annotation import Entry
from papergraph.model import Mention
from papergraph.ontology.identifiers import is_untitled
from papergraph.text.folding import fold


def name_untitled(mentions: Sequence[Mention], entries: Sequence[Entry]) -> tuple[Mention, ...]:
    """Return the mentions, in which papers that are only linked are called `SnapKV (https://arxiv.org/...)`.

    That is no title, and any title that another note gives counts more. Where an entry introduces several things, none
    of them is its paper's name.
    """
    named = list(mentions)
    for entry in entries:
        names = {fold(mentions[c].name): mentions[c].name for c in reversed(entry.contributions)}
        if entry.paper >= 0 and len(names) == 1 and is_untitled(address := mentions[entry.paper].name):
            (name,) = names.values()
            named[entry.paper] = replace(mentions[entry.paper], name=f"{name} ({address})")
    return tuple(named)
