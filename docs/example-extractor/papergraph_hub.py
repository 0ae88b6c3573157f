"""Rules for papergraph: models that notes link to on Hugging Face, and claims that the reader marked as doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from papergraph.extract import Context, Rule
from papergraph.model import Mention, RelationMention

_MODEL_PAGE = re.compile(r"https://huggingface\.co/(?!datasets/|spaces/|papers/)[\w.-]+/[\w.-]+")
_OWNER = re.compile(r"[\w.-]+/(?=[\w.-]+$)")
_DOUBT = re.compile(r"待核实|存疑|\bto verify\b|\bunverified\b", re.IGNORECASE)


def find_models(context: Context) -> Iterator[Mention]:
    """Yield the model of each link such as `[org/name](https://huggingface.co/org/name)`, named without its owner."""
    for _, block in context.reading.readable:
        for link in block.inlines:
            if link.inner is None or not _MODEL_PAGE.match(link.target):
                continue
            written = link.inner.of(context.text)
            if owner := _OWNER.match(written):
                found = context.mention(link.inner, "Model", "hub-model")
                yield replace(found, name=written[owner.end() :])


def relate_checkpoints(context: Context) -> Iterator[RelationMention]:
    """Yield that a paper introduces the models that its entry links to on Hugging Face."""
    for index, mention in enumerate(context.mentions):
        entry = context.entry_of(context.block_of(index))
        if entry is None or entry.paper < 0 or not context.has_role(index, "linked"):
            continue
        if context.fits("introduces", entry.paper, index):
            yield context.claim(entry.paper, "introduces", index, mention.span, "hub-checkpoint", "structure")


def halve_doubtful(context: Context) -> Iterator[RelationMention]:
    """Yield every claim, half as sure if its sentence says that it is still to verify."""
    for claim in context.relations:
        doubtful = _DOUBT.search(claim.sentence) is not None
        yield replace(claim, confidence=claim.confidence / 2) if doubtful else claim


RULES = (
    Rule("hub-model", "recogniser", rank=45, confidence=0.95, roles=frozenset({"linked"}), find=find_models),
    Rule("hub-checkpoint", "relater", confidence=0.9, find=relate_checkpoints),
    Rule("reader-doubt", "relation scorer", find=halve_doubtful),
)
