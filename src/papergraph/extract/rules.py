"""What a rule is: one way of finding something in a note, with how much its word counts.

The rules themselves stand in `registry.py`, one row each. A rule signs what it finds with its name, which becomes the
`extractor` of a mention or of a relation mention. Nobody compares these names: whoever asks what kind of a sign a
mention is asks for a role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal, get_args

Kind = Literal["recogniser", "relater", "mention scorer", "relation scorer"]
Role = Literal[
    "note-paper",  # gives the title of the paper that the whole note is about, as a field or front matter does
    "heading",  # a heading is the title of a paper
    "linked",  # the text of a link, or the text before it, is its title or name
    "address",  # the address of a paper without its title
    "alone",  # a list item is nothing but the title of a paper
    "passing",  # a paper that a sentence only mentions, with the link to its own note
    "headline",  # the title of an article about a work, which is a sentence rather than a name
    "cited",  # a reference, or a title in brackets behind the name of its work
    "keyed",  # the key of a work in a bibliography
    "own-name",  # what a title calls its own work
    "named-after",  # the technique that opens a title, for want of a name
    "opens-entry",  # the name at the head of a list item or of a line in bold
    "names-note",  # what the title of a note names by itself
    "introduced",  # a sentence presents it as new
    "explained",  # the note says that this is a name, so that it is one elsewhere in the note too
    "defined",  # a short or a long form, by its definition
    "plain",  # a name in the text that nothing but its form or the vocabulary tells
    "capitals",  # any word in capitals, such as that of a short form
    "listed",  # the vocabulary knows it
    "technique",  # a phrase that names a technique, which is common property as far as one can tell
    "described",  # a device that is described and has no name
    "category",  # a heading or an item that files works
    "tag",  # a tag in the text
    "credit",  # a maker in brackets: `(@SJTU)`
]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES: tuple[Role, ...] = get_args(Role)
#: The rank of rules whose word counts least.
LAST = 1_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of finding something, or of judging what was found.

    A function that finds under several names has one row for each of them, one after the other, and runs once. A name
    may stand for a whole family: `field-*` is any name that begins with `field-` and has no row of its own.

    Raises:
        ValueError: for an unknown kind or role, an empty name, or a confidence that is not between 0 and 1.

    >>> Rule("shout", "recogniser", confidence=1.5, find=lambda context: ())
    Traceback (most recent call last):
        ...
    ValueError: the rule 'shout' has the confidence 1.5, which is not between 0 and 1
    """

    name: str
    """The `extractor` of what it finds; for scorers only a name for people. `*` stands for any characters."""
    kind: Kind
    """What it finds or judges: a `recogniser` mentions, a `relater` relation mentions; the scorers judge them."""
    _: KW_ONLY
    rank: int = LAST
    """Where two mentions claim the same place and are equally long, the one with the smaller rank stands."""
    weight: int = 1
    """How many votes a mention has on the type of its name; the types that a note gives an unknown name may differ."""
    confidence: float = 0.7
    """How sure it is of what it finds, 0 to 1, before scorers judge it."""
    cases: tuple[tuple[str, float], ...] = ()
    """Names of its less or more certain cases, each with how sure it is of those."""
    roles: frozenset[Role] = frozenset()
    """What its mentions are to other rules."""
    find: Callable[[Any], Iterable[Any]]
    """Takes the `Context`. A recogniser returns mentions, a relater relation mentions. A scorer returns what it judges,
    which is `context.mentions` or `context.relations`, with new confidences."""
    origin: str = ""
    """The distribution that it comes from, such as `zorb-rules 1.0`; empty for ours."""

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a rule needs a name")
        if self.kind not in KINDS:
            raise ValueError(f"the rule {self.name!r} has the kind {self.kind!r}; kinds are {', '.join(KINDS)}")
        if unknown := sorted(self.roles - set(ROLES)):
            raise ValueError(f"the rule {self.name!r} has the role {unknown[0]!r}; roles are {', '.join(ROLES)}")
        for value in (self.confidence, *(value for _, value in self.cases)):
            if not 0 <= value <= 1:
                raise ValueError(f"the rule {self.name!r} has the confidence {value}, which is not between 0 and 1")

    def sure(self, case: str = "") -> float:
        """Return how sure the rule is in a case, or without one.

        Raises:
            KeyError: for a case that it does not have.
        """
        return dict(self.cases)[case] if case else self.confidence


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules in force, in the order in which they run."""

    rows: tuple[Rule, ...] = ()

    def steps(self, kind: Kind) -> tuple[Rule, ...]:
        """Return the rules of a kind in order, the first row of each function."""
        return self._steps[kind]

    @cached_property
    def _steps(self) -> dict[Kind, tuple[Rule, ...]]:
        first: dict[Kind, dict[Callable[[Any], Iterable[Any]], Rule]] = {kind: {} for kind in KINDS}
        for rule in self.rows:
            first[rule.kind].setdefault(rule.find, rule)
        return {kind: tuple(rules.values()) for kind, rules in first.items()}

    def named(self, kind: Kind, name: str) -> Rule:
        """Return the rule of a kind that signs with `name`: its own row, else that of the closest family.

        A name without a row, which only rules of third parties may use, counts least and is moderately sure.

        >>> rules = Rules((Rule("field-*", "relater", confidence=0.9, find=list),))
        >>> rules.named("relater", "field-dataset").confidence, rules.named("relater", "x").rank == LAST
        (0.9, True)
        """
        known = self._known.get((kind, name))
        if known is None:
            families = [r for r in self._families if r.kind == kind and fnmatchcase(name, r.name)]
            closest = max(families, key=lambda r: len(r.name), default=None)
            known = self._known[kind, name] = closest or Rule(name, kind, find=_nothing)
        return known

    @cached_property
    def recognisers(self) -> Mapping[str, Rule]:
        """For each name that a recogniser may sign with its rule: what `named` says, which is asked most often."""
        return _Recognisers(self)

    @cached_property
    def _known(self) -> dict[tuple[Kind, str], Rule]:
        return {(r.kind, r.name): r for r in self.rows}

    @cached_property
    def _families(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.rows if "*" in r.name)


class _Recognisers(dict[str, Rule]):
    """The recognisers by name, filled as names are met."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def __missing__(self, name: str) -> Rule:
        self[name] = self._rules.named("recogniser", name)
        return self[name]


def _nothing(context: object) -> tuple[()]:  # noqa: ARG001  the signature of every rule
    return ()
