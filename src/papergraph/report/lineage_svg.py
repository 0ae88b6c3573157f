"""A lineage as a picture: a tree from left to right, in plain SVG 1.1."""

from __future__ import annotations

from html import escape

from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Lineage
from papergraph.text.terminal import printable, shorten

#: Pixels of a column, of a row, and of a box.
_COLUMN, _ROW, _WIDTH, _HEIGHT, _EDGE = 260, 44, 170, 30, 16
#: Columns of text, Chinese signs being two wide, that a box and the space between two boxes hold.
_BOX_TEXT, _LINK_TEXT = 22, 13
_INK, _QUIET, _PAPER, _LINE = "#1d2530", "#646c79", "#ffffff", "#9aa3b0"


def lineage_svg(lineage: Lineage) -> str:
    """Return the picture: a box for each member, its year below the name, and lines with the relation.

    A member that stands in the tree twice is drawn twice, the second time with a dashed frame.
    """
    placed = list(branches(lineage))
    years = {m.iri: min((w.year for w in m.works if w.year), default="") for m in lineage.members}
    width = _EDGE * 2 + _WIDTH + _COLUMN * max((b.depth for b in placed), default=0)
    height = _EDGE * 2 + _HEIGHT + _ROW * max(0, len(placed) - 1)
    start = lineage.member(lineage.start)
    drawn = [_box(0, 0, start.label, years[start.iri], dashed=False)]
    rows = {0: 0}
    for row, branch in enumerate(placed):
        rows[branch.depth] = row
        drawn.append(_link(branch, row, rows[branch.depth - 1] if branch.depth > 1 else 0))
        drawn.append(_box(branch.depth, row, branch.member.label, years[branch.member.iri], dashed=bool(branch.mark)))
    title = escape(printable(start.label))
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" font-size="13">\n<title>{title}</title>\n'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>\n{body}\n</svg>\n'
    )


def _corner(depth: int, row: int) -> tuple[int, int]:
    return _EDGE + depth * _COLUMN, _EDGE + row * _ROW


def _box(depth: int, row: int, label: str, year: str, *, dashed: bool) -> str:
    x, y = _corner(depth, row)
    frame = ' stroke-dasharray="4 3"' if dashed else ""
    shown = escape(shorten(printable(label), _BOX_TEXT - (5 if year else 0)))
    told = f' <tspan fill="{_QUIET}" font-size="11">{escape(printable(year))}</tspan>' if year else ""
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{_PAPER}" stroke="{_INK}"{frame}/>'
        f'<text x="{x + 9}" y="{y + 20}" fill="{_INK}">{shown}{told}</text>'
    )


def _link(branch: Branch, row: int, above: int) -> str:
    """Return the line from the box that a branch hangs below, and what it stands for."""
    x, y = _corner(branch.depth, row)
    from_x, from_y = _corner(branch.depth - 1, above)
    from_x, from_y, y = from_x + _WIDTH, from_y + _HEIGHT // 2, y + _HEIGHT // 2
    middle = from_x + 14
    said = escape(shorten(branch.step.predicate, _LINK_TEXT))
    return (
        f'<path d="M{from_x} {from_y} H{middle} V{y} H{x}" fill="none" stroke="{_LINE}"/>'
        f'<text x="{x - 4}" y="{y - 4}" text-anchor="end" font-size="10" fill="{_QUIET}">{said}</text>'
    )
