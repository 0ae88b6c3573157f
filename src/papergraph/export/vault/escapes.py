"""Text of notes inside a page: shown as it is, and nothing in it links, files, or ends our part."""

from __future__ import annotations

import re
import unicodedata

#: Signs that Markdown, Obsidian, Dataview or Logseq would read.
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~$^{}!=])")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(text: str) -> str:
    r"""Return a text on one line that a page shows as it is written.

    >>> shown("see [[H2O]] #kv\n%% x %% key:: 1")
    'see \\[\\[H2O\\]\\] \\#kv %\\% x %\\% key:\\: 1'
    """
    line = _SIGNS.sub(r"\\\1", seen(text))
    return re.sub(r"([%:(])(?=\1)", r"\1\\", line)


def seen(text: str) -> str:
    """Return a text on one line without characters that cannot be seen, such as marks of direction."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)
