"""Hardware that has no entry: it is described by its number or its memory, or is called a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papergraph.extract.context import Context
from papergraph.extract.quantities import find_quantities
from papergraph.model import Mention, Span

#: `GTX 970m`, `ZT730 graphics card`: the name of a series with a number, or any before the word for a card.
_CARD = re.compile(
    r"(?=[A-Z])(?<![\w-])(?:(?:GeForce |NVIDIA |Nvidia |AMD ){0,2}(?:GTX?|RTX|RX|MX|Quadro|Tesla|Titan|Radeon)"
    r"[ -]?[A-Z]?\d{2,4}[A-Za-z]{0,2}(?![\w-])(?: (?:Ti|Super|XT)\b)?(?: graphics? cards?\b)?"
    r"|[A-Z]{1,4}\d{2,5}[A-Za-z]{0,2} (?:graphics?|video) cards?\b)"
)
#: Behind a number of bytes: the memory of a device, and no device of so much.
_MEMORY = re.compile(r"[ -]?(?:memory|RAM|VRAM|显存|内存)")


def recognise_hardware(context: Context) -> Iterator[Mention]:
    """Yield hardware that is described by its number or its memory, and cards that the vocabulary does not know."""
    reading = context.reading
    found = [m.span for m in context.mentions if m.type == "Hardware"]
    known = {place for span in found for place in range(span.start, span.end)}
    begun = known - {span.start for span in found}
    for quantity in find_quantities(reading):
        span = quantity.mention.span
        is_amount = quantity.count == 0 and _MEMORY.match(reading.text, span.end)
        if not is_amount and span.start not in begun:  # the 80GB of an A100 80GB GPU
            yield quantity.mention
    for index, block in reading.readable:
        for match in _CARD.finditer(reading.text, block.span.start, block.span.end):
            if known.isdisjoint(range(*match.span())) and reading.is_visible(index, *match.span()):
                yield reading.mention(Span(*match.span()), "Hardware", "hardware-quantity")
