"""The two stages of extraction, each its rules in order: what a note names, and what it says of what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from papergraph.extract.aliases import with_aliases
from papergraph.extract.annotation import Annotation
from papergraph.extract.attributes import find_attributes
from papergraph.extract.context import Context
from papergraph.extract.definitions import definitions_of
from papergraph.extract.entries import find_entries
from papergraph.extract.foreign import check_found, check_judged
from papergraph.extract.placed import Placed
from papergraph.extract.quantities import same_devices
from papergraph.extract.reading import Reading
from papergraph.extract.registry import OURS, RULES
from papergraph.extract.relate.intended import is_intended
from papergraph.extract.relate.struck_out import is_struck_out
from papergraph.extract.rules import Rule, Rules
from papergraph.extract.translations import find_translations
from papergraph.extract.untitled import name_untitled
from papergraph.model import Block, Coreference, Document, Mention, RelationMention, Span
from papergraph.vocabulary import Vocabulary


def annotate(document: Document, vocabulary: Vocabulary, rules: Rules = RULES) -> Annotation:
    """Return the document with its mentions, entries, coreferences and attributes, as `rules` find them."""
    return annotate_in_context(document, vocabulary, rules).annotation


def annotate_in_context(
    document: Document, vocabulary: Vocabulary, rules: Rules = RULES, pattern_files: tuple[Path, ...] = ()
) -> Context:
    """Do as `annotate`, and keep what it worked out about the blocks of the note, which serves to relate as well."""
    reading = Reading(_with_a_block(document), vocabulary, rules)
    return Context(reading, replace(_annotated(reading), pattern_files=pattern_files))


def relate(annotation: Annotation, rules: Rules = RULES) -> tuple[RelationMention, ...]:
    """Return the relation mentions of a note in the order of their evidence; nothing is related to itself.

    One claim is one relation mention per sentence and extractor, whatever forms of its names the sentence repeats.
    """
    return relate_in_context(Context.of(annotation, rules))


def _annotated(reading: Reading) -> Annotation:
    rules = reading.rules
    context = Context(reading, Annotation(reading.document, reading.vocabulary))
    for step in rules.steps("recogniser"):
        context = context.with_found(_run(step, context))
    for step in rules.steps("mention scorer"):
        context = context.knowing(_run(step, context))
    mentions = context.mentions
    entries, owner = find_entries(reading, Placed.of(reading, mentions))
    mentions, entries = with_aliases(reading, name_untitled(mentions, entries), entries)
    return replace(
        context.annotation,
        mentions=mentions,
        entries=entries,
        block_entry=owner,
        coreferences=(
            *_defined(reading, mentions),
            *find_translations(reading, mentions),
            *same_devices(reading, mentions),
        ),
        attributes=tuple(find_attributes(reading, mentions, entries)),
    )


def relate_in_context(context: Context) -> tuple[RelationMention, ...]:
    """Do as `relate`, with what `annotate_in_context` kept."""
    rules = context.reading.rules
    unique: dict[tuple[object, ...], RelationMention] = {}
    for relation in (r for step in rules.steps("relater") for r in _run(step, context)):
        subject, obj = context.identities[relation.subject], context.identities[relation.object]
        if subject != obj and not is_intended(context, relation.span) and not is_struck_out(context, relation):
            key = (subject, relation.predicate, obj, relation.span, relation.extractor)
            unique.setdefault(key, relation)
    claims = tuple(sorted(unique.values(), key=_place))
    for step in rules.steps("relation scorer"):
        claims = _run(step, context.claiming(claims))
    return claims


def _run(rule: Rule, context: Context) -> tuple[Any, ...]:
    """Return what a rule finds or makes of what was found, after a check if it is not ours."""
    result = tuple(rule.find(context))
    if id(rule) not in OURS:
        check = check_judged if rule.kind.endswith("scorer") else check_found
        check(rule, context, result)
    return result


def _place(claim: RelationMention) -> tuple[int, int, str, int, int, str]:
    return (claim.span.start, claim.span.end, claim.predicate, claim.subject, claim.object, claim.extractor)


def _with_a_block(document: Document) -> Document:
    """Return a document of front matter alone with a block behind it that nobody reads, for its entry to stand in."""
    if document.blocks or not document.text:
        return document
    end = Span(len(document.text) - 1, len(document.text))
    return replace(document, blocks=(Block("html", end, document.line_of(end.start)),))


def _defined(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Coreference]:
    """Yield that the two forms of each definition name the same thing."""
    by_span = {m.span: i for i, m in enumerate(mentions) if m.type not in {"Paper", "Topic"}}
    for definition in definitions_of(reading):
        short, long = by_span.get(definition.short), by_span.get(definition.long)
        if short is not None and long is not None and mentions[short].type == mentions[long].type:
            yield Coreference(short, long, f"acronym defined at line {mentions[short].line}")
