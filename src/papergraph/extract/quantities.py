"""Devices that are described by their number or memory: 单个 80GB GPU, 8 卡 A100, a single GPU."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papergraph.extract.literals import Literals
from papergraph.extract.reading import Reading
from papergraph.model import Coreference, Mention, Span

_NUMBERS = {
    "单": 1,
    "單": 1,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "八": 8,
    "single": 1,
    "one": 1,
    "two": 2,
    "four": 4,
    "eight": 8,
    "sixteen": 16,
}
_DEVICES = Literals(("gpu", "显卡"))
_QUANTITY = re.compile(
    r"(?<![A-Za-z0-9.])(?:(?P<word>单|單|一|两|二|三|四|八)\s*+(?:个|個|张|張|块|塊|卡|颗|台)\s*+|"
    r"(?:a\s++)?(?P<english>single|one|two|four|eight|sixteen)[\s-]++|"
    r"(?P<digits>\d{1,4})\s*+(?:[x×*]|个|张|块|卡)\s*+)?"
    r"(?:(?P<memory>\d{1,4})\s*+(?:GB|G)(?:\s*+(?:显存|内存|VRAM|memory))?\s*+(?:的\s*+)?[\s-]*+)?"
    r"(?P<device>GPUs?|显卡|NVIDIA GPUs?)(?![A-Za-z])(?![\s-]?(?:hours?|days?|小时|时|天|集群|clusters?)(?![a-z]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A mention of hardware with how many there are and how much memory each has; 0 where nothing is said."""

    mention: Mention
    count: int
    memory_gb: int


def find_quantities(reading: Reading) -> Iterator[Quantity]:
    """Yield anonymous GPUs with a number in words or a memory: `单个 80GB GPU`, `a single GPU`, `eight GPUs`."""
    devices = _DEVICES.places(reading.text)
    for index, block in reading.readable if devices else ():
        if not devices.any_in(block.span.start, block.span.end):
            continue
        for match in _QUANTITY.finditer(reading.text, block.span.start, block.span.end):
            count = _count(match)
            memory = int(match["memory"] or 0)
            told = memory or count == 1 or match["english"] or match["word"]
            if not told or not reading.is_visible(index, *match.span()):
                continue
            span = Span(*match.span())
            name = " ".join(filter(None, (_counted(count), f"{memory}GB" if memory else "", "GPU")))
            yield Quantity(reading.mention(span, "Hardware", "hardware-quantity", name=name), count, memory)


def same_devices(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Coreference]:
    """Yield that `a single GPU` is the `single 80GB GPU` of the same note, where the note names no other size."""
    places = {m.span: i for i, m in enumerate(mentions) if reading.has_role(m, "described")}
    single = [
        (q, places[q.mention.span]) for q in find_quantities(reading) if q.mention.span in places and q.count <= 1
    ]
    sized = [(q, index) for q, index in single if q.memory_gb]
    if len({q.memory_gb for q, _ in sized}) != 1:
        return
    whole, device = max(sized, key=lambda s: (s[0].count, -s[1]))
    for quantity, index in single:
        if index != device and quantity.mention.name != whole.mention.name:
            yield Coreference(device, index, f"the only size of device named at line {whole.mention.line}")


def _count(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    word = (match["word"] or match["english"] or "").casefold()
    return _NUMBERS.get(word, 0)


def _counted(count: int) -> str:
    return {0: "", 1: "single"}.get(count, f"{count}x")
