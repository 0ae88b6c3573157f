"""What a step of a lineage changes: the clause of its sentence that says what is added, removed or fixed."""

from __future__ import annotations

import re
from functools import cache

from papergraph.resources import read_resource

_CUES = "data/words/change.txt"
_ADDRESS = re.compile(r"https?://[^\s，。；)]+")
#: Where what is said about a name ends.
_END = re.compile(r"[。；;!！?？]|\.(?=\s|$)")
_EDGES = " \t，,、;；.。:：-–—*_`"
#: A shorter clause says nothing; a longer one is no clause.
_SHORTEST, _LONGEST = 4, 200


def change_of(sentence: str, subject: str, older: str) -> str:
    """Return the clause of a sentence that says what `subject` does to `older`; empty if there is none.

    It follows a colon or comma behind one of the names, or a word of `data/words/change.txt` such as `with` or `加入`.

    >>> change_of("A2SF fixes H2O's bias towards old tokens with a forgetting factor", "A2SF", "H2O")
    'with a forgetting factor'
    >>> change_of("MoRA: 用方阵做高秩更新，适合记忆型任务", "MoRA", "LoRA")
    '用方阵做高秩更新，适合记忆型任务'
    """
    plain = _ADDRESS.sub("", sentence)
    behind = max((plain.find(name) + len(name) for name in (subject, older) if name in plain), default=0)
    rest = plain[behind:]
    if match := re.match(r"[\s\w'’()（）]{0,24}[:：]\s*", rest):
        clause = rest[match.end() :]
    elif cue := _cue().search(rest) or (_cue().search(plain) if behind else None):
        clause = cue.string[cue.start() :]
    else:
        return ""
    end = _END.search(clause)
    clause = clause[: end.start() if end else None].strip(_EDGES)
    return clause if _SHORTEST <= len(clause) <= _LONGEST else ""


@cache
def _cue() -> re.Pattern[str]:
    """Return a pattern for the words behind which a change is told, the longest first."""
    lines = read_resource(_CUES).splitlines()
    cues = sorted((line for line in lines if line and not line.startswith("#")), key=lambda cue: (-len(cue), cue))
    return re.compile("|".join(rf"\b{re.escape(cue)}\b" if cue.isascii() else re.escape(cue) for cue in cues))
