"""The texts of the pages in the language that the address or else the browser asks for, with links that keep it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from papergraph.ontology.relation_labels import Language
from papergraph.web.words import LANGUAGES, Words

__all__ = ["ServerLinks", "Words", "words_of"]


@dataclass(frozen=True, slots=True)
class ServerLinks:
    """Links on this server, which are the addresses themselves."""

    language: Language
    chosen: bool
    """The address names the language, so links must name it too."""

    @property
    def live(self) -> bool:
        """Forms and queries work."""
        return True

    def to(self, address: str) -> str:
        """Return an address on this server that keeps the chosen language.

        >>> ServerLinks("zh", chosen=True).to("/id/method/h2o")
        '/id/method/h2o?lang=zh'
        """
        if not self.chosen or not address.startswith("/"):
            return address
        place, mark, fragment = address.partition("#")
        return f"{place}{'&' if '?' in place else '?'}lang={self.language}{mark}{fragment}"

    def plain(self, address: str) -> str:
        """Return the address of what has no language."""
        return address

    def other(self, address: str) -> str:
        """Return the address of the same page in the other language."""
        language = "en" if self.language == "zh" else "zh"
        return f"{address}{'&' if '?' in address else '?'}lang={language}"


def words_of(request: Request) -> Words:
    """Return the words for a request."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return words_in(asked, chosen=True)
    return words_in(_preferred(request.headers.get("accept-language", "")), chosen=False)


def words_in(language: Language, *, chosen: bool) -> Words:
    """Return the words of a language with links on this server.

    >>> words_in("zh", chosen=False)("rows", n=3)
    '3 行'
    """
    return Words(language, ServerLinks(language, chosen))


def _preferred(header: str) -> Language:
    """Return the supported language that an Accept-Language header prefers.

    >>> _preferred("fr, zh-CN;q=0.8, en;q=0.5"), _preferred("")
    ('zh', 'en')
    """
    best, language = 0.0, LANGUAGES[0]
    for part in header.split(","):
        name, _, quality = part.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        ours = name.strip().lower().partition("-")[0]
        for known in LANGUAGES:
            if ours == known and weight > best:
                best, language = weight, known
    return language
