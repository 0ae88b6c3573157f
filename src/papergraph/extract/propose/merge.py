"""What a note says by rules and by a model: the rules' part is as it is without the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from papergraph.extract.propose.account import Account
from papergraph.extract.propose.ground import Grounding
from papergraph.extract.propose.request import Request, make_requests
from papergraph.extract.propose.schema import read_reply
from papergraph.extract.propose.trust import Trust, trust_in
from papergraph.extract.reading import Reading
from papergraph.model import Document, Extraction
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


def add_proposals(
    document: Document, extraction: Extraction, replies: Mapping[str, str], model: str, *, trust: Trust | None = None
) -> Proposed:
    """Return what the rules found in a note, and behind it what `replies` of `model` say that the note proves.

    `replies` are texts by the fingerprint of their request. Mentions and claims of the rules are neither changed nor
    left out. Without `trust`, it is what was measured of the model.
    """
    reading = Reading(document, Vocabulary(()))
    grounding = Grounding.of(reading, extraction, model, trust or trust_in(model))
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
