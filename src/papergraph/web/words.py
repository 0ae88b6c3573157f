"""The texts of the pages in English or Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from papergraph.ontology.relation_labels import Language, relation_labels
from papergraph.resources import read_resource
from papergraph.web.links import Links

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, and links that keep it."""

    language: Language
    links: Links

    def __call__(self, key: str, **values: object) -> str:
        """Return the text for `key`; an unknown key stands for itself."""
        return text_for(self.language, key, **values)

    @property
    def chosen(self) -> bool:
        """Whether the address names the language, so that links and forms must name it too."""
        return self.links.chosen

    @property
    def live(self) -> bool:
        """Whether a server answers forms and queries."""
        return self.links.live

    def link(self, address: str) -> str:
        """Return the link to the page of an address; "" if there is no such page."""
        return self.links.to(address)

    def plain(self, address: str) -> str:
        """Return the link to what has no language; "" if there is no such thing."""
        return self.links.plain(address)

    def other(self, address: str) -> str:
        """Return the link to the same page in the other language."""
        return self.links.other(address)


def text_for(language: Language, key: str, **values: object) -> str:
    """Return the text for `key` in a language, that for one thing where `n` is 1; an unknown key stands for itself.

    >>> text_for("zh", "rows", n=3), text_for("en", "rows", n=3), text_for("en", "rows", n=1)
    ('3 行', '3 rows', '1 row')
    """
    table = _table()[language]
    one = table.get(f"{key}_one") if values.get("n") == 1 else None
    text = one or table.get(key, key.partition("_")[2] or key)
    return text.format(**values) if values else text


def has_text(language: Language, key: str) -> bool:
    """Tell whether there is a text for `key` in a language.

    >>> has_text("en", "query"), has_text("en", "no such key")
    (True, False)
    """
    return key in _table()[language]


@cache
def _table() -> dict[str, dict[str, str]]:
    own: dict[str, dict[str, str]] = yaml.safe_load(read_resource("viz/serve/words.yaml"))
    relations = relation_labels()
    return {language: own[language] | {key: relations[key][language] for key in relations} for language in LANGUAGES}
