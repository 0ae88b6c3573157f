"""A lineage as one HTML file without scripts or addresses of elsewhere, which prints well."""

from __future__ import annotations

from html import escape

from papergraph.insight.branches import Branch, branches
from papergraph.insight.lineage import Lineage
from papergraph.report.branch import describe_member, remark_of
from papergraph.text.terminal import printable

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
"""
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
ul { list-style: none; margin: 0; padding: 0 0 0 1.1rem; border-left: 2px solid rgb(128 128 128 / .35); }
body > ul { border: 0; padding: 0; }
li { margin: .5rem 0; break-inside: avoid-page; }
.about, .says, cite, .remark { font-size: .85em; opacity: .75; font-style: normal; }
.change { font-weight: 550; }
blockquote { margin: .2rem 0 .4rem; padding-left: .7rem; border-left: 3px solid #0b6e4f; font-size: .92em; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } }
"""


def lineage_html(lineage: Lineage) -> str:
    """Return the page: nested lists, each step with what it changes, its sentences, files and lines."""
    start = lineage.member(lineage.start)
    title = f"{'What builds on' if lineage.direction == 'downstream' else 'What came before'} {_text(start.label)}"
    about = _text(describe_member(start))
    pieces = [f"<h1>{title}</h1>", f'<p class="about">{about}</p>' if about else "", "<ul>"]
    depth = 1
    for branch in branches(lineage):
        pieces += ["<ul>"] * (branch.depth - depth) + ["</ul>"] * (depth - branch.depth)
        depth = branch.depth
        pieces.append(_item(lineage, branch))
    pieces += ["</ul>"] * depth
    body = "\n".join(piece for piece in pieces if piece)
    return f"{_HEAD}<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def _item(lineage: Lineage, branch: Branch) -> str:
    step = branch.step
    about = "" if branch.mark else _text(describe_member(branch.member))
    change, remark = _text(lineage.change(step)), _text(remark_of(lineage, branch).strip())
    name = f"<li><strong>{_text(branch.member.label)}</strong>"
    lines = [
        f'{name} <span class="says">{step.predicate} {step.confidence:.2f}</span>',
        f'<span class="remark">{remark}</span>' if remark else "",
        f'<br><span class="about">{about}</span>' if about else "",
        f'<br><span class="change">{change}</span>' if change else "",
    ]
    lines += [
        f"<blockquote>{_text(e.sentence)} <cite>{_text(f'{e.note}:{e.line}')}</cite></blockquote>"
        for e in step.evidence
    ]
    return "\n".join(line for line in lines if line) + "</li>"


def _text(value: str) -> str:
    return escape(printable(value))
