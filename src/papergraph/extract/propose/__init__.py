"""Proposals of a language model: what is asked about a note, and which answers the note itself proves.

Nothing here speaks to a model. A reply is a text that came from anywhere; only what stands in the note enters.
"""

from __future__ import annotations

from papergraph.extract.propose.account import Account
from papergraph.extract.propose.merge import Proposed, add_proposals
from papergraph.extract.propose.request import Request, make_requests
from papergraph.extract.propose.schema import read_reply

__all__ = ["Account", "Proposed", "Request", "add_proposals", "make_requests", "read_reply"]
