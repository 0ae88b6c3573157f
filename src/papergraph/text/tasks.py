"""The words by which outliners say how far a task has got."""

from __future__ import annotations

from typing import Final

#: As Logseq and org-mode have them, in lower case; before a task they stand in capitals.
TASK_STATES: Final = (
    *("todo", "doing", "done", "later", "now", "waiting", "wait"),
    *("canceled", "cancelled", "in-progress"),
)
