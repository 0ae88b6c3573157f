"""What a note says by rules and by a model: the rules' part is as it is without the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache

import yaml

from papergraph.extract.propose.account import Account
from papergraph.extract.propose.ground import Grounding
from papergraph.extract.propose.request import Request, make_requests
from papergraph.extract.propose.schema import read_reply
from papergraph.extract.reading import Reading
from papergraph.model import Document, Extraction
from papergraph.resources import read_resource
from papergraph.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Proposed:
    """A note with what a model adds to it."""

    extraction: Extraction
    account: Account
    missing: tuple[Request, ...]
    """What is still to be asked."""
    answered: int = 0
    """How many parts of the note have a reply."""
    requests: tuple[str, ...] = ()
    """Fingerprints of all that a model is asked about the note, in order."""


def add_proposals(document: Document, extraction: Extraction, replies: Mapping[str, str], model: str) -> Proposed:
    """Return what the rules found in a note, and behind it what `replies` of `model` say that the note proves.

    `replies` are texts by the fingerprint of their request. Mentions and claims of the rules are neither changed nor
    left out.
    """
    reading = Reading(document, Vocabulary(()))
    grounding = Grounding.of(reading, extraction, model, model_confidence(model))
    missing: list[Request] = []
    requests: list[str] = []
    answered = 0
    for chunk, request in make_requests(document, extraction, model):
        requests.append(request.fingerprint)
        if request.fingerprint in replies:
            grounding.read(chunk, read_reply(replies[request.fingerprint]))
            answered += 1
        else:
            missing.append(request)
    claims = tuple(sorted(grounding.relations, key=lambda r: (r.span, r.predicate, r.subject, r.object)))
    whole = replace(extraction, mentions=tuple(grounding.known.mentions), relations=(*extraction.relations, *claims))
    return Proposed(whole, grounding.account(), tuple(missing), answered, tuple(requests))


@cache
def model_confidence(model: str) -> float:
    """Return how often claims of a model that stand in a note are right; see data/propose/confidence.yaml.

    >>> 0 < model_confidence("unheard-of") < 1
    True
    """
    rows = yaml.safe_load(read_resource("data/propose/confidence.yaml"))["models"]
    return next(float(share) for pattern, share in rows if fnmatchcase(model, pattern))
