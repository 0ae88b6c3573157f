"""Text from notes as Markdown that shows it as it is."""

from __future__ import annotations

import re

from papergraph.text.terminal import printable

#: What is markup anywhere: emphasis, code, links, HTML and entities, cells of tables, struck text, formulas.
_MARKUP = re.compile(r"[\\`*_\[\]<>|&~$]")
#: What is markup at the start of a line: headings, lists, rules.
_START = re.compile(r"(?:\d{1,9}(?=[.)])|(?=[-+#=]))")


def markdown_text(text: str) -> str:
    r"""Return `text` on one line, escaped so that Markdown shows it and makes nothing of it.

    >>> print(markdown_text("1. <b>a|b</b> [x](y)"))
    1\. \<b\>a\|b\</b\> \[x\](y)
    """
    shown = _MARKUP.sub(r"\\\g<0>", printable(text))
    return _START.sub(r"\g<0>\\", shown, count=1) if _START.match(shown) else shown


def code_span(text: str) -> str:
    """Return `text` as code, in a fence that it does not hold itself.

    >>> print(code_span("a`b.md:3"))
    ``a`b.md:3``
    """
    shown = printable(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    edge = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{edge}{shown}{edge}{fence}"
