"""The words by which outliners say how far a task has got."""

from __future__ import annotations

from typing import Final

#: Of tasks that are still to be done, as Logseq and org-mode have them, in lower case; before a task they stand in
#: capitals.
OPEN_STATES: Final = ("todo", "doing", "later", "now", "waiting", "wait")
#: Of all tasks.
TASK_STATES: Final = (*OPEN_STATES, "done", "canceled", "cancelled", "in-progress")
