"""Links for tests of pages that stand nowhere: every address is its own link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from papergraph.ontology.relation_labels import Language
from papergraph.store import GraphStore
from papergraph.web.view import View
from papergraph.web.words import Words

T = TypeVar("T")


@dataclass(frozen=True)
class Nowhere:
    """Addresses as they are."""

    live: bool = True
    chosen: bool = False

    def to(self, address: str) -> str:
        return address

    def plain(self, address: str) -> str:
        return address

    def other(self, address: str) -> str:
        return address


NOWHERE = Nowhere()


def view_of(store: GraphStore, language: Language = "en") -> View:
    """A store as a reader of a language sees it."""
    known: dict[str, Any] = {}

    def remember(key: str, make: Callable[[], T], /) -> T:
        if key not in known:
            known[key] = make()
        found: T = known[key]
        return found

    return View(store, Words(language, NOWHERE), remember)
