"""Tasks that are still to be done, which say what somebody means to do with a work: `- [ ] reproduce it on 8 A100`."""

from __future__ import annotations

import re
from functools import cache

from papergraph.extract.context import Context
from papergraph.extract.word_lists import either_language
from papergraph.model import Span
from papergraph.text.tasks import OPEN_STATES

#: What stands before an open task in its line.
_STATES = "|".join(OPEN_STATES).upper()
_OPEN = re.compile(rf"[ \t>]*(?:[-*+]|\d{{1,9}}[.)])[ \t]+(?:\[ \]|(?:{_STATES})\b)[ \t]*")


def is_intended(context: Context, span: Span) -> bool:
    """Tell whether what stands in `span` is an open task that begins with what is to be done.

    A task to read something may say what that is: `- [ ] read VAPO: it beats DAPO`.
    """
    line = context.text.rfind("\n", 0, span.start) + 1
    task = _OPEN.match(context.text, line)
    return bool(task and _intentions().match(context.text, task.end()))


@cache
def _intentions() -> re.Pattern[str]:
    return either_language("discourse", "intention")
