"""Values as JSON that can stand in a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup


def island(value: Any) -> Markup:
    r"""Return `value` as JSON for a script element: nothing in it can end the element or start a comment.

    >>> str(island({"a": "</script>"}))
    '{"a":"\\u003c/script\\u003e"}'
    """
    from markupsafe import Markup

    text = whole_characters(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  every character that HTML could read is escaped above


def whole_characters(text: str) -> str:
    r"""Return text with halves of characters, which no file can hold, as question marks.

    >>> whole_characters("a\ud800")
    'a?'
    """
    return text.encode("utf-8", "replace").decode()
