"""What the fields of an entry say, however a bibliography calls and fills them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from papergraph.ontology.identifiers import ARXIV, ARXIV_NUMBER, DOI, scheme_of
from papergraph.sources.bibliography.work import sort_identifiers
from papergraph.sources.notes.links import find_arxiv, identify

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ARXIV_ID = re.compile(rf"(?:arXiv:)?\s*({ARXIV_NUMBER}|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})(?:v\d+)?(?:\s*\[[\w.-]+\])?")
_PREPRINT = re.compile(r"arxiv|\bCoRR\b|bioRxiv|medRxiv|preprint|SSRN", re.IGNORECASE)
#: `Citation Key: smith2020`, a line of the field that Zotero calls Extra.
_LABELLED = re.compile(r"[ \t]*(?P<label>[A-Za-z][\w .-]{0,40}?)\s*(?::|=)\s*(?P<value>\S.*?)\s*$")
_KEY_LABELS = frozenset({"citation key", "citationkey", "citekey", "bibtex"})
#: Fields in which the number of a work on arXiv may stand, each with what else is there.
_LOOSE = ("note", "extra", "howpublished", "journal", "journaltitle", "publisher", "number", "archiveid", "annotation")


def find_identifiers(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the identifiers among the fields of an entry (names in lower case), each scheme once.

    >>> find_identifiers({"eprint": "2306.14048v2", "doi": "https://doi.org/10.1145/ABC"})
    ('arXiv:2306.14048', '10.1145/abc')
    >>> find_identifiers({"journal": "arXiv preprint arXiv:2306.14048"})
    ('arXiv:2306.14048',)
    """
    found: dict[str, str] = {}
    extra = dict(extra_lines(fields.get("extra", "") or fields.get("note", "")))
    candidates = [
        _eprint(fields.get("eprint", ""), fields.get("archiveprefix", "") or fields.get("eprinttype", "")),
        _number(fields.get("arxiv", "") or fields.get("arxivid", "") or extra.get("arxiv", "")),
        _doi(fields.get("doi", "") or extra.get("doi", "")),
        identify(fields.get("url", "")),
        *(find_arxiv(fields[name]) for name in _LOOSE if name in fields),
        _number(fields.get("archiveid", "")),
    ]
    for identifier in filter(None, candidates):
        found.setdefault(scheme_of(identifier), identifier)
    return sort_identifiers(found)


def _eprint(number: str, archive: str) -> str:
    return _number(number) if not archive or archive.casefold() == "arxiv" else ""


def _number(written: str) -> str:
    match = _ARXIV_ID.fullmatch(written.strip())
    return ARXIV.identifier(match[1]) if match else identify(written) if "/" in written else ""


def _doi(written: str) -> str:
    written = written.strip()
    return identify(DOI.page + written if written.startswith(DOI.start) else written) if written else ""


def extra_lines(text: str) -> Iterable[tuple[str, str]]:
    r"""Yield the labels, in lower case, and values of the lines of a field for everything else.

    >>> dict(extra_lines("arXiv: 2306.14048 [cs.LG]\nread twice\ntex.venue: ICLR"))
    {'arxiv': '2306.14048 [cs.LG]', 'venue': 'ICLR'}
    """
    for line in text.splitlines():
        if match := _LABELLED.match(line):
            yield match["label"].casefold().removeprefix("tex."), match["value"]


def extra_key(text: str) -> str:
    """Return the citation key that a field for everything else pins, or the empty string."""
    return next((value for label, value in extra_lines(text) if label in _KEY_LABELS and " " not in value), "")


def find_year(*written: str) -> str:
    """Return the first year in dates as people write them; the empty string where there is none.

    >>> find_year("", "2023-12-00 December 2023"), find_year("in press")
    ('2023', '')
    """
    return next((match[0] for date in written if (match := _YEAR.search(date))), "")


def find_venue(*written: str) -> str:
    """Return the first that is a venue, and not a preprint server.

    >>> find_venue("arXiv preprint arXiv:2306.14048", "ICML")
    'ICML'
    """
    return next((" ".join(name.split()) for name in written if name.strip() and not _PREPRINT.search(name)), "")


def split_tags(written: str) -> tuple[str, ...]:
    """Return the keywords of a field, which commas or semicolons separate, each once.

    >>> split_tags("kv cache, LLM; kv cache")
    ('kv cache', 'LLM')
    """
    parts = (" ".join(part.split()) for part in re.split(r"[,;，；]", written))
    return tuple(dict.fromkeys(part for part in parts if part))
