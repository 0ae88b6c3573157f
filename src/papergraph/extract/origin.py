"""Whether a thing may come from a paper, by what the vocabulary knows of it."""

from __future__ import annotations

from papergraph.extract.word_lists import is_acted_upon
from papergraph.model import Mention
from papergraph.ontology.identifiers import CITATION_KEY, find_scheme
from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary

_QUOTES = " \t*_`\"'“”《》[]"


def may_come_from(vocabulary: Vocabulary, paper: Mention, thing: Mention, *, known: bool) -> bool:
    """Tell whether a paper may be where a thing comes from: nothing says that it comes from another work.

    What the vocabulary lists without a source counts only where `known` says so; what it lists with one counts for a
    paper without identifiers if its title begins or ends with the name or `known` says so.
    """
    if is_acted_upon(thing.name):
        return False
    if not thing.vocabulary:
        return True
    entry = vocabulary.by_id(thing.vocabulary)
    source = entry.source
    if entry.work and not source:
        return True
    identifiers = [i for i in paper.identifiers if find_scheme(i) is not CITATION_KEY]
    if source and not identifiers:
        return known or _names(paper.name, thing)
    return source in identifiers if source else known


def _names(title: str, thing: Mention) -> bool:
    """Tell whether a title is, or begins with a colon behind, or ends in brackets with, the name of a thing."""
    title = title.strip(_QUOTES)
    ends = {title, title.partition(":")[0], title.partition("：")[0], title.rpartition("(")[2].rstrip(")")}
    return not {fold(end) for end in ends}.isdisjoint({fold(thing.name), fold(thing.surface)})


def is_common(vocabulary: Vocabulary, thing: Mention) -> bool:
    """Tell whether the vocabulary lists a thing as common property, the work of no paper."""
    entry = vocabulary.by_id(thing.vocabulary) if thing.vocabulary else None
    return entry is not None and not entry.work and not entry.source
