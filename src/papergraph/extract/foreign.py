"""Rules of third parties: what an entry point may offer, and whether what such a rule found can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from papergraph.errors import ConfigError
from papergraph.extract.context import Context
from papergraph.extract.rules import Rule
from papergraph.model import PREDICATES, Mention, RelationMention

_OF_MENTIONS = frozenset({"recogniser", "mention scorer"})


def rules_of(name: str, offered: Any, origin: str = "") -> tuple[Rule, ...]:
    """Return the rules that the entry point `name` of the distribution `origin` offers.

    It may offer a rule, a tuple of rules, or a recogniser function, which becomes a rule with the name of the entry
    point and the numbers that a rule has by default.

    Raises:
        ConfigError: for anything else.

    >>> [(r.name, r.kind, r.origin) for r in rules_of("shout", lambda context: (), "loud 1.0")]
    [('shout', 'recogniser', 'loud 1.0')]
    """
    several = offered if isinstance(offered, tuple) else (offered,)
    if several and all(isinstance(one, Rule) for one in several):
        return tuple(replace(one, origin=origin) for one in several)
    if callable(offered):
        return (Rule(name, "recogniser", find=offered, origin=origin),)
    wanted = "a Rule, a tuple of Rules or a recogniser function"
    raise ConfigError(f"extractor {name!r} of {origin} must be {wanted}, not {type(offered).__name__}")


def check_found(rule: Rule, context: Context, found: tuple[Any, ...]) -> None:
    """Refuse what a rule of a third party found if it is of the wrong type, in the wrong place or too sure.

    Raises:
        ConfigError: naming the rule and its distribution.
    """
    kind: Any = Mention if rule.kind in _OF_MENTIONS else RelationMention
    things = "mentions" if kind is Mention else "relation mentions"
    for one in found:
        if not isinstance(one, kind):
            raise _error(rule, f"returned a value of type {type(one).__name__} among its {things}")
        if not 0 <= one.confidence <= 1:
            raise _error(rule, f"gave {_shown(one)} the confidence {one.confidence}, which is not between 0 and 1")
        if isinstance(one, Mention):
            if one.span.of(context.text) != one.surface:
                raise _error(rule, f"found {one.surface!r} where the text has {one.span.of(context.text)!r}")
        elif one.predicate not in PREDICATES:
            raise _error(rule, f"claimed {one.predicate!r}, which is no predicate; there are {', '.join(PREDICATES)}")
        elif not all(0 <= i < len(context.mentions) for i in (one.subject, one.object)):
            raise _error(rule, f"related mentions that there are not: {one.subject} and {one.object}")


def check_judged(rule: Rule, context: Context, judged: tuple[Any, ...]) -> None:
    """Refuse what a scorer of a third party made of what it judged, if it changed more than confidences.

    Raises:
        ConfigError: naming the scorer and its distribution.
    """
    check_found(rule, context, judged)
    before: tuple[Any, ...] = context.mentions if rule.kind == "mention scorer" else context.relations
    if len(judged) != len(before):
        raise _error(rule, f"returned {len(judged)} of {len(before)} that it was given; it may leave none out")
    for old, new in zip(before, judged, strict=True):
        if replace(new, confidence=old.confidence) != old:
            raise _error(rule, f"changed {_shown(old)}; it may change the confidence only")


def _shown(found: Mention | RelationMention) -> str:
    return repr(found.surface if isinstance(found, Mention) else found.sentence)


def _error(rule: Rule, what: str) -> ConfigError:
    origin = f" of {rule.origin}" if rule.origin else ""
    return ConfigError(f"the {rule.kind} {rule.name!r}{origin} {what}")
