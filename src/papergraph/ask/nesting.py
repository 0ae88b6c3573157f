"""Counting the nested and repeated parts of a query from its tokens alone.

The engine's parser goes one level of its native stack deeper for every bracket and operator, and its planner takes time
by the cube of the patterns that it joins. What separates them is no matter: `?o1, ?o2`, `[ ?p ?o ]` and every member of
a collection `(1 1 1)` are patterns like any other. So the words are read with the brackets that they stand in, and
weighed by what the engine makes of them; where a bracket could be two things, it counts as the dearer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'"
)
#: No white space but blank and controls ends an IRI: U+00A0 is a letter of one.
IRI = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
#: A comment ends at either kind of line end.
COMMENT = r"#[^\r\n]*"
#: `\#` and `\'` in a local name begin neither a comment nor a string; no dot or hyphen begins a local name.
ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]"
LOCAL = rf":(?:(?:[\w:%]|{ESCAPE})(?:[\w:%·-]|{ESCAPE}|\.(?=[\w:%\\·-]))*)?"
#: `prefix://` cannot be a comparison with something of that prefix, since a local name cannot begin with `/`.
CERTAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
OPERATORS = re.compile(r"[-!|&+*/^=<>]")

_WORD = re.compile(
    rf"(?P<term>{STRING}|{IRI}|[?$]\w+|{LOCAL}|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"
    rf"(?P<nothing>{COMMENT}|\s+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|"
    r"(?P<word>[^\W\d]+)|(?P<open><<\(|\{\||<<|[{(\[])|(?P<close>\)>>|\|\}|>>|[})\]])|(?P<mark>.)",
    re.DOTALL,
)
_PREFIX = re.compile(r"[\w.-]*")
_LOCAL_NAME = re.compile(LOCAL)
_CLOSES = {"}": "{", ")": "(", "]": "[", "|}": "{|", ">>": "<<", ")>>": "<<("}
#: Three parts make a pattern: its subject, its verb and its object.
_PARTS = 3
#: Parts that a mark, or a bracket that opens, brings with it: `,` stands for a subject and a verb, a path of two steps
#: is two patterns, an annotation says something about a pattern and needs a name for it.
_MARKS = {",": 2, ";": 1, "/": 2, "|": 2, "^": 1, "~": 3}
_OPENED = {"{": 0, "{|": 5, "<<": 1, "<<(": 1, "[": 1, "(": 1}
#: Parts that a word brings; one that is not here may be two that are written as one, `a` and `true`.
_WORDS = dict.fromkeys(("optional", "filter", "union", "minus", "bind", "not", "exists", "lateral", "where"), 0) | {
    "a": 1,
    "true": 1,
    "false": 1,
    "graph": 2,
    "values": 3,
}
_UNKNOWN = 2
#: What a collection or a path may stand behind, and no call.
_NO_CALL = ("a", "true", "false")
#: A member of a collection is two patterns, and a term of a path at most one.
_MEMBER, _STEP = 6, 3


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query has of each kind."""

    depth: int
    """Brackets within brackets."""
    brackets: int
    """Brackets that open; rows of VALUES are none."""
    operators: int
    """Signs between or before values, and in paths."""
    patterns: int
    """Patterns that the engine may join, or steps of paths, which it makes patterns of."""
    names: int
    """IRIs and values outside of all brackets: what is described, graphs, prefixes."""


def shape_of(sparql: str) -> Shape:
    """Return the shape of a query; one that does not parse has one too.

    >>> shape_of("SELECT * { ?m pg:extends+ method:h2o ; rdfs:label ?l, ?k FILTER(?l IN ('a', 'b', 'c')) }")
    Shape(depth=3, brackets=3, operators=2, patterns=3, names=0)
    >>> shape_of("SELECT * { VALUES ?x { 1 2 3 4 } ?x ?p (1 2 3) }").patterns
    9
    """
    reader = _Reader()
    position = plain = 0
    while position < len(sparql):
        match = _WORD.match(sparql, position)
        assert match  # noqa: S101  a mark is any character
        kind, end = str(match.lastgroup), match.end()
        if kind == "word" and position >= plain:
            plain = _end_of(_PREFIX, sparql, position)
            if sparql[plain : plain + 1] == ":":
                kind, end = "term", _end_of(_LOCAL_NAME, sparql, plain)
        if kind == "term" and sparql[position] == "<" and reader.compares():
            kind, end = "mark", position + 1
        reader.read(kind, sparql[position:end])
        position = end
    return Shape(reader.depth, reader.brackets, reader.operators, -(-reader.parts // _PARTS), reader.names)


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


@dataclass(slots=True)
class _Frame:
    """What stands between two brackets, or outside of all."""

    opened: str
    kind: str
    """`values` of an expression or of the clauses around patterns, `data` of VALUES, `patterns`, or `members`."""
    members: int = 0
    path: bool = False
    clause: bool = False
    """In the head or the tail of a subquery, where no pattern can stand."""


class _Reader:
    """Counts, word by word."""

    def __init__(self) -> None:
        self.depth = self.brackets = self.operators = self.parts = self.names = 0
        self._frames = [_Frame("", "values")]
        self._called = ""
        """The word before, in lower case; "" if something else was."""
        self._operand = False
        """What was before can stand left of a comparison."""
        self._values = False
        """VALUES was said, and its data not yet begun."""

    def compares(self) -> bool:
        """Tell whether `<` would compare here; else it begins an IRI."""
        frame = self._frames[-1]
        return frame.kind == "values" and frame.opened == "(" and self._operand

    def read(self, kind: str, text: str) -> None:
        """Count one word, mark or bracket."""
        if kind == "nothing":
            return
        frame, word = self._frames[-1], text.lower() if kind == "word" else ""
        if kind == "open":
            self._open(text, frame)
        elif kind == "close":
            self._close(text)
        elif kind == "mark":
            self._mark(text, frame)
        elif kind == "word":
            self._word(word, frame)
        else:
            self._term(text, frame)
        self._called = word
        self._operand = kind in {"term", "close"} or word.endswith(_NO_CALL)

    def _term(self, text: str, frame: _Frame) -> None:
        self._values = self._values and text[0] in "?$"
        self.names += len(self._frames) == 1 and text[0] not in "?$"
        self._count(1, frame)

    def _word(self, word: str, frame: _Frame) -> None:
        self._values = word.endswith("values")
        if frame.kind == "patterns":
            frame.clause = word in {"select", "group", "order", "having"} or (frame.clause and word != "where")
        self._count(_WORDS.get(word, _UNKNOWN), frame)

    def _count(self, parts: int, frame: _Frame) -> None:
        if frame.kind == "members":
            frame.members += 1
            self.parts += _MEMBER
        elif frame.kind == "patterns" and not frame.clause:
            self.parts += parts

    def _mark(self, text: str, frame: _Frame) -> None:
        self._values = False
        self.operators += bool(OPERATORS.match(text))
        frame.path = frame.path or text in "/|^!"
        if frame.kind in {"patterns", "members"} and not frame.clause:
            self.parts += _MARKS.get(text, 0)

    def _open(self, text: str, frame: _Frame) -> None:
        kind = self._kind(text, frame)
        self.brackets += kind != "data" or text == "{"
        if kind in {"patterns", "members"} and text != "{":
            self._count(_OPENED[text], frame)
        if text == "{":
            frame.clause = self._values = False
        self._frames.append(_Frame(text, kind))
        self.depth = max(self.depth, len(self._frames) - 1)

    def _kind(self, text: str, frame: _Frame) -> str:
        """Return what will stand in a bracket that opens."""
        if frame.kind == "data" or (self._values and text in "{("):
            return "data"
        if text == "<<(" and frame.kind == "values":
            return "values"
        if text != "(":
            return "patterns"
        called = self._called and not self._called.endswith(_NO_CALL)
        return "values" if frame.kind == "values" or frame.clause or called else "members"

    def _close(self, text: str) -> None:
        if len(self._frames) > 1 and self._frames[-1].opened == _CLOSES[text]:
            frame = self._frames.pop()
            if frame.kind == "members" and frame.path:
                self.parts -= (_MEMBER - _STEP) * frame.members
