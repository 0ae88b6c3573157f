"""Brackets of which one half is whole: the other half stands on the same line, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

_LINE = ("\n",)


def pair_brackets(slots: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the candidates of a text without the brackets that have no other half, and with the only one that has.

    >>> pair_brackets([("、", "【"), ("注",), ("】",), ("、", "【")])
    [('【',), ('注',), ('】',), ('、',)]
    """
    opened = _pair(list(slots), "「", "」")
    return _pair(opened[::-1], "】", "【")[::-1]


def _pair(slots: list[tuple[str, ...]], whole: str, half: str) -> list[tuple[str, ...]]:
    """Look for `half` behind each `whole` one, up to the next one or the end of the line."""
    places: list[int] = []
    inside = False
    for place, options in enumerate([*slots, _LINE]):
        if options in (_LINE, (whole,)):
            if len(places) == 1:
                slots[places[0]] = (half,)
            inside, places = options != _LINE, []
        elif options == (half,):
            inside = False
        elif half in options and inside:
            places.append(place)
        elif half in options:
            slots[place] = tuple(option for option in options if option != half) or options
    return slots
