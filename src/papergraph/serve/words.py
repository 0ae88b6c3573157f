"""The texts of the pages in English or Chinese, as the address or else the browser asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml
from starlette.requests import Request

from papergraph.ontology.relation_labels import Language, relation_labels
from papergraph.resources import read_resource

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, and addresses that keep it."""

    language: str
    chosen: bool
    """The address names the language, so links must name it too."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the text for `key`; an unknown key stands for itself.

        >>> Words("zh", chosen=False)("rows", n=3)
        '3 行'
        """
        return _table()[self.language].get(key, key.partition("_")[2] or key).format(**values)

    def link(self, path: str) -> str:
        """Return an address on this server that keeps the chosen language.

        >>> Words("zh", chosen=True).link("/id/method/h2o")
        '/id/method/h2o?lang=zh'
        """
        if not self.chosen or not path.startswith("/"):
            return path
        place, mark, fragment = path.partition("#")
        return f"{place}{'&' if '?' in place else '?'}lang={self.language}{mark}{fragment}"

    def other(self, path: str) -> str:
        """Return the address of the same page in the other language."""
        language = "en" if self.language == "zh" else "zh"
        return f"{path}{'&' if '?' in path else '?'}lang={language}"


def words_of(request: Request) -> Words:
    """Return the words for a request."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return Words(asked, chosen=True)
    return Words(_preferred(request.headers.get("accept-language", "")), chosen=False)


def _preferred(header: str) -> str:
    """Return the supported language that an Accept-Language header prefers.

    >>> _preferred("fr, zh-CN;q=0.8, en;q=0.5"), _preferred("")
    ('zh', 'en')
    """
    best, language = 0.0, "en"
    for part in header.split(","):
        name, _, quality = part.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        ours = name.strip().lower().partition("-")[0]
        if ours in LANGUAGES and weight > best:
            best, language = weight, ours
    return language


@cache
def _table() -> dict[str, dict[str, str]]:
    own: dict[str, dict[str, str]] = yaml.safe_load(read_resource("viz/serve/words.yaml"))
    relations = relation_labels()
    return {language: own[language] | {key: relations[key][language] for key in relations} for language in LANGUAGES}
