"""The schemes in which works are identified: one row says all that any stage knows of a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from papergraph.ontology.terms import BIBO, FABIO


@dataclass(frozen=True, slots=True)
class Address:
    """Websites whose addresses contain the identifier of a work."""

    sites: tuple[str, ...]
    """Hosts, with their subdomains; or hosts with the beginning of a path."""
    pattern: re.Pattern[str]
    """Searched for in the path, then in the query; its groups, joined by slashes, are the number."""
    before: str = ""
    """What the number has before the groups."""

    def number(self, host: str, path: str, query: str) -> str:
        """Return the identifier in an address; an empty string if there is none, or it is of another site."""
        if not any(_is_at(site, host, path) for site in self.sites):
            return ""
        match = self.pattern.search(path) or self.pattern.search(query)
        found = "/".join(group for group in match.groups() if group) if match else ""
        return self.before + found.rstrip(TRAILING).removesuffix(".pdf") if found else ""


def _is_at(site: str, host: str, path: str) -> bool:
    if "/" in site:
        return f"{host}{path}".startswith(site)
    return host == site or host.endswith(f".{site}")


def _at(sites: str, pattern: str, before: str = "") -> Address:
    return Address(tuple(sites.split()), re.compile(pattern), before)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of numbering works; a work has one number in it."""

    name: str
    """As people write it: `arXiv`, `doi`."""
    start: str
    """What every identifier in it begins with."""
    addresses: tuple[Address, ...]
    page: str = ""
    """What an address of a work's page has before the number; empty where a number alone leads nowhere."""
    property: str = ""
    """IRI of the RDF property for the number; empty where none is established."""
    bibtex: str = ""
    """BibTeX field for the number; empty where none is established."""

    def number(self, identifier: str) -> str:
        """Return the number in an identifier of this scheme; the `10.` belongs to a DOI's own."""
        return identifier if self is DOI else identifier.removeprefix(self.start)

    def identifier(self, number: str) -> str:
        """Return the identifier of the work with this number, in its one spelling."""
        return canonical(number if self is DOI else self.start + number)


#: What an arXiv id since 2007 looks like, without its version.
ARXIV_NUMBER: Final = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
#: Marks that prose leaves at the end of an address or a number.
TRAILING: Final = "。，、；：！？）】」』》>)].,;:!?'\"*"

_ARXIV_SITES = (
    "arxiv.org alphaxiv.org ar5iv.org ar5iv.labs.arxiv.org xxx.lanl.gov scirate.com semanticscholar.org/arxiv/"
    " huggingface.co/papers/ hf.co/papers/ hf-mirror.com/papers/ papers.cool/arxiv/"
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)
_VERSION = re.compile(r"(?<=\d)v\d+$")
_OTHER = re.compile(r"([A-Za-z][\w.-]*:)(?!//)")

ARXIV: Final = Scheme(
    "arXiv",
    "arXiv:",
    (
        _at(_ARXIV_SITES, rf"(?<!\d)({ARXIV_NUMBER})(?:v\d+)?(?!\d)"),
        _at(_ARXIV_SITES, r"\b([a-z-]{1,20})(?:\.[A-Z]{2})?/(\d{7})(?:v\d+)?\b"),
    ),
    page="https://arxiv.org/abs/",
    property=FABIO + "hasArXivId",
    bibtex="eprint",
)
DOI: Final = Scheme(
    "doi",
    "10.",
    (
        _at(
            "doi.org dl.acm.org link.springer.com onlinelibrary.wiley.com sciencedirect.com",
            r"\b(10\.\d{4,9}/[^\s\"'<>，。；、（）【】]+)",
        ),
        _at("nature.com", r"/articles/([\w.-]+)", "10.1038/"),
    ),
    page="https://doi.org/",
    property=BIBO + "doi",
    bibtex="doi",
)
#: The key of a work in somebody's bibliography, as in `[@smith2020]`.
CITATION_KEY: Final = Scheme("key", "citekey:", ())
#: Every scheme, in the order in which they name a work.
SCHEMES: Final = (
    ARXIV,
    DOI,
    Scheme(
        "OpenReview",
        "OpenReview:",
        (_at("openreview.net", r"(?:^|&)id=([\w-]{6,})(?:&|$)"),),
        page="https://openreview.net/forum?id=",
    ),
    Scheme(
        "ACL",
        "ACL:",
        (_at("aclanthology.org aclweb.org", r"/([A-Z]\d{2}-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)"),),
    ),
    Scheme(
        "NeurIPS",
        "NeurIPS:",
        (
            _at(
                "proceedings.neurips.cc papers.nips.cc papers.neurips.cc proceedings.mlsys.org",
                r"/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32})",
            ),
        ),
    ),
    Scheme("PMLR", "PMLR:", (_at("proceedings.mlr.press", r"/(v\d+/[a-z][\w-]*\d{2}[a-z]*)(?:\.html|/|\.pdf|$)"),)),
    Scheme("CVF", "CVF:", (_at("openaccess.thecvf.com", r"/([^/]+_paper)\.(?:html|pdf)$"),)),
    Scheme("S2", "S2:", (_at("semanticscholar.org", r"([0-9a-f]{40})$"),)),
    Scheme("IEEE", "IEEE:", (_at("ieeexplore.ieee.org", r"(?:/document/|arnumber=)(\d+)"),)),
    Scheme("USENIX", "USENIX:", (_at("usenix.org", r"/conference/([a-z]+\d{2})/presentation/([\w-]+)"),)),
    CITATION_KEY,
)


@lru_cache(maxsize=16_384)
def find_scheme(identifier: str) -> Scheme | None:
    """Return the scheme of an identifier; None for an address, and for a scheme that is not listed here."""
    return next((s for s in SCHEMES if identifier.startswith(s.start)), None)


def scheme_of(identifier: str) -> str:
    """Return how identifiers of a scheme begin, of which a work has one; empty for an address, of which it has many.

    >>> scheme_of("arXiv:2306.14048"), scheme_of("10.1145/1.2"), scheme_of("https://a.org/b.pdf")
    ('arXiv:', '10.', '')
    """
    if scheme := find_scheme(identifier):
        return scheme.start
    match = _OTHER.match(identifier)
    return match[1] if match else ""


def clashing_scheme(identifiers: Iterable[str], others: Iterable[str]) -> str:
    """Return a scheme in which two works have different identifiers, empty for none; addresses may always differ.

    >>> (
    ...     clashing_scheme(["arXiv:2306.14048"], ["arXiv:2404.14469"]),
    ...     clashing_scheme(["https://a.org"], ["https://b.org"]),
    ... )
    ('arXiv:', '')
    """
    ours = {scheme: i for i in identifiers if (scheme := scheme_of(i))}
    return next((s for i in others if (s := scheme_of(i)) and ours.get(s, i) != i), "")


def identifier_at(host: str, path: str, query: str) -> str:
    """Return the identifier of the work that an address names, by its parts without escapes; else the empty string.

    >>> identifier_at("openreview.net", "/forum", "id=wHBfxhZu1u")
    'OpenReview:wHBfxhZu1u'
    """
    known = _addresses().get(_domain(host), ())
    found = ((scheme, address.number(host, path, query)) for scheme, address in known)
    return next((scheme.identifier(number) for scheme, number in found if number), "")


@cache
def _addresses() -> dict[str, tuple[tuple[Scheme, Address], ...]]:
    """Return which addresses to try for a host, by its domain: most links lead to none of them."""
    found: dict[str, list[tuple[Scheme, Address]]] = {}
    for scheme in SCHEMES:
        for address in scheme.addresses:
            for domain in dict.fromkeys(_domain(site.partition("/")[0]) for site in address.sites):
                found.setdefault(domain, []).append((scheme, address))
    return {domain: tuple(known) for domain, known in found.items()}


def _domain(host: str) -> str:
    return ".".join(host.rsplit(".", 2)[-2:])


def canonical(identifier: str) -> str:
    """Return the one spelling of an identifier: an arXiv id without version, for arXiv's DOI too; DOIs in lower case.

    >>> canonical("10.48550/arXiv.2306.14048v2"), canonical("10.1145/ABC")
    ('arXiv:2306.14048', '10.1145/abc')
    """
    if match := _ARXIV_DOI.fullmatch(identifier):
        identifier = ARXIV.start + match[1]
    if identifier.startswith(DOI.start):
        return identifier.casefold()
    return _VERSION.sub("", identifier) if identifier.startswith(ARXIV.start) else identifier


def identifier_rank(identifier: str) -> tuple[int, str]:
    """Return a key that sorts identifiers: known schemes as they name a work, then others, then addresses."""
    scheme = find_scheme(identifier)
    return SCHEMES.index(scheme) if scheme else len(SCHEMES) + (not scheme_of(identifier)), identifier


def is_untitled(name: str) -> bool:
    """Tell whether a paper is called by its address or its citation key, since nobody gave its title.

    >>> is_untitled("https://arxiv.org/abs/2306.14048"), is_untitled("@smith2020"), is_untitled("A Title")
    (True, True, False)
    >>> is_untitled("SnapKV (https://arxiv.org/abs/2404.14469)"), is_untitled("SnapKV (@li2024)")
    (True, True)
    """
    return "://" in name or name.startswith("@") or " (@" in name


def page_of(identifier: str) -> str:
    """Return the address of a page about the work; an address is its own; the empty string where none is known.

    >>> page_of("10.1145/1.2"), page_of("S2:0")
    ('https://doi.org/10.1145/1.2', '')
    """
    if identifier.startswith(("https://", "http://")):
        return identifier
    scheme = find_scheme(identifier)
    return scheme.page + scheme.number(identifier) if scheme and scheme.page else ""
