"""What a note says by rules and by a model, without what only the rules say and an attentive reader does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from papergraph.extract.propose.account import Account
from papergraph.extract.propose.ground import Grounding
from papergraph.extract.propose.request import Request, make_requests
from papergraph.extract.propose.schema import read_reply
from papergraph.extract.propose.silence import Answer, find_silence
from papergraph.extract.propose.trust import Trust, trust_in
from papergraph.extract.propose.without import without
from papergraph.extract.reading import Reading
from papergraph.model import Document, Extraction
from papergraph.vocabulary import Vocabulary

_NO_VOCABULARY: Final = Vocabulary(())


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
    document: Document,
    extraction: Extraction,
    replies: Mapping[str, str],
    model: str,
    *,
    trust: Trust | None = None,
    vocabulary: Vocabulary = _NO_VOCABULARY,
) -> Proposed:
    """Return what the rules found in a note, and behind it what `replies` of `model` say that the note proves.

    `replies` are texts by the fingerprint of their request. Mentions and claims of the rules are never changed; they
    are left out only where an attentive reply says nothing of them. `vocabulary` tells other names of the same. Without
    `trust`, it is what was measured of the model.
    """
    reading = Reading(document, _NO_VOCABULARY)
    grounding = Grounding.of(reading, extraction, model, trust or trust_in(model))
    missing: list[Request] = []
    requests: list[str] = []
    answers: list[Answer] = []
    answered = 0
    for chunk, request in make_requests(document, extraction, model):
        requests.append(request.fingerprint)
        if request.fingerprint in replies:
            reply = read_reply(replies[request.fingerprint])
            grounding.read(chunk, reply)
            answers += [(chunk, reply)] if reply else []
            answered += 1
        else:
            missing.append(request)
    claims = tuple(sorted(grounding.relations, key=lambda r: (r.span, r.predicate, r.subject, r.object)))
    whole = replace(extraction, mentions=tuple(grounding.known.mentions), relations=(*extraction.relations, *claims))
    silence = find_silence(reading, whole, model, answers, vocabulary)
    kept = without(whole, silence.mentions, silence.relations)
    gone = len(whole.relations) - len(kept.relations)
    account = replace(grounding.account(), left_out_names=silence.names, left_out_claims=gone)
    return Proposed(kept, account, tuple(missing), answered, tuple(requests))
