"""The same IRI for the same thing, always."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

from papergraph.model import EntityType
from papergraph.ontology.identifiers import ARXIV, Scheme, find_scheme, identifier_rank
from papergraph.ontology.kinds import KINDS
from papergraph.ontology.terms import BASE
from papergraph.text.folding import fold, is_chinese

_WORDS = {"+": " plus ", "#": " sharp ", "*": " star ", "&": " and ", "@": " at ", "%": " percent ", "×": "x"}
_GREEK = re.compile("[\u03b1-\u03c9]")
_LONGEST_SLUG = 60
_OTHERS = re.compile(r"[^a-z0-9]+")
#: What most names are made of: their slug needs no more than this.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


def slug(name: str) -> str:
    """Return `name` in lower-case ASCII letters, digits and hyphens; never empty.

    Chinese goes through pinyin, Greek letters by their names; a name with other letters gets a hash of six digits.

    >>> slug("H₂O+"), slug("清华大学"), slug("Mixtral 8x7B"), slug("β-VAE")
    ('h2o-plus', 'qing-hua-da-xue', 'mixtral-8x7b', 'beta-vae')
    """
    if _PLAIN.fullmatch(name):
        return _OTHERS.sub("-", name.lower()).strip("-")
    text = unicodedata.normalize("NFKC", name)
    if is_chinese(text):
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    for mark, word in _WORDS.items():
        text = text.replace(mark, word)
    letters = _GREEK.sub(_greek_name, unicodedata.normalize("NFKD", text.casefold()))
    plain = _OTHERS.sub("-", letters.encode("ascii", "ignore").decode()).strip("-")
    if plain and not any(c.isalnum() for c in letters if not c.isascii()):
        return plain
    return f"{plain or 'x'}-{digest(name, length=6)}"


def _greek_name(match: re.Match[str]) -> str:
    """Return ` beta ` for `β`: without it μP and P would be one."""
    return f" {unicodedata.name(match[0]).rpartition(' ')[2].lower()} "


def digest(*parts: str, length: int = 16) -> str:
    """Return a hash in hexadecimal over `parts`, `length` characters long.

    >>> digest("a", "b") == digest("ab")
    False
    """
    joined = "\x1f".join(p.replace("\x1e", "\x1e0").replace("\x1f", "\x1e1") for p in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def entity_iri(
    entity_type: EntityType,
    name: str,
    *,
    identifiers: tuple[str, ...] = (),
    vocabulary: str = "",
    base: str = BASE,
) -> str:
    """Return the IRI of an entity: a paper by its best identifier, what the vocabulary knows by its id, others by name.

    >>> entity_iri("Paper", "H2O: ...", identifiers=("arXiv:2306.14048",))
    'https://w3id.org/papergraph/id/paper/arxiv-2306.14048'
    >>> entity_iri("Method", "Keyformer")
    'https://w3id.org/papergraph/id/method/keyformer'
    """
    kind = KINDS[entity_type]
    if entity_type == "Paper":
        return f"{base}{kind}/{_paper_slug(name, identifiers)}"
    return f"{base}{kind}/{vocabulary.partition('/')[2] or _bounded(name)}"


def _paper_slug(name: str, identifiers: tuple[str, ...]) -> str:
    best = min(identifiers, key=identifier_rank, default="")
    if scheme := find_scheme(best):
        return f"{scheme.name.lower()}-{_number_slug(scheme, scheme.number(best))}"
    return f"{_bounded(name)}-{digest(fold(name) or name, length=6)}"


def _number_slug(scheme: Scheme, number: str) -> str:
    """Return `10.1145-…`, `wHBfxhZu1u`: a number as it is, since case may matter, with hyphens for odd characters."""
    if scheme is ARXIV:
        return re.sub(r"[^A-Za-z0-9.]+", "-", number)
    safe = re.sub(r"[^A-Za-z0-9._-]", "-", number)
    # One slash parts a DOI's prefix from its suffix; with more marks to replace, two DOIs could meet.
    return safe if len(re.findall(r"[^A-Za-z0-9._-]", number)) <= 1 else f"{safe}-{digest(number, length=6)}"


def _bounded(name: str) -> str:
    plain = slug(name)
    if len(plain) <= _LONGEST_SLUG:
        return plain
    return f"{plain[:_LONGEST_SLUG].rsplit('-', 1)[0]}-{digest(plain, length=6)}"


def note_iri(path: str, base: str = BASE) -> str:
    """Return the IRI of a note from its relative path, whose odd characters are percent-encoded.

    >>> note_iri("kv cache/a.md")
    'https://w3id.org/papergraph/id/note/kv%20cache/a.md'
    """
    return f"{base}{KINDS['Note']}/{quote(path, safe='/', errors='surrogatepass')}"


def statement_iri(subject: str, predicate: str, obj: str, base: str = BASE) -> str:
    """Return the IRI of the claim that `subject predicate object`."""
    return f"{base}{KINDS['Statement']}/{digest(subject, predicate, obj)}"


def evidence_iri(statement: str, note: str, sentence: str, extractor: str, base: str = BASE) -> str:
    """Return the IRI of a piece of evidence; never from the line, so that an edit above does not rename it."""
    folded = " ".join(unicodedata.normalize("NFKC", sentence).split())
    return f"{base}{KINDS['Evidence']}/{digest(statement, note, folded, extractor)}"
