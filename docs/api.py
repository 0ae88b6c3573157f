"""Write docs/api.md, the reference of the public names, from their signatures and docstrings: `python docs/api.py`."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import papergraph

TARGET = Path(__file__).with_name("api.md")
#: Every public name, in the order in which people meet them.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Building and opening": ("build", "open_graph", "corrections"),
    "The graph": ("KnowledgeGraph",),
    "Answers": (
        "QueryAnswer",
        "AskedAnswer",
        "LineageAnswer",
        "BetweenAnswer",
        "ProfileAnswer",
        "Report",
        "Table",
        "Choice",
        "Page",
        "Published",
    ),
    "What answers are made of": (
        "Answer",
        "Asked",
        "Lineage",
        "Member",
        "Step",
        "Work",
        "Between",
        "Way",
        "Hop",
        "Profile",
        "Fact",
        "Comparison",
        "Conflict",
        "Gaps",
        "Gap",
        "Timeline",
        "Event",
        "Diff",
        "Stated",
        "Changed",
        "Candidate",
        "NamedQuery",
    ),
    "The graph as values": (
        "Graph",
        "Entity",
        "Relation",
        "Evidence",
        "Place",
        "Problem",
        "Correction",
        "CorrectionOutcome",
    ),
    "Settings and servers": ("Config", "find_config", "read_config", "Endpoint"),
    "Errors": (
        "PapergraphError",
        "NoteError",
        "LossError",
        "ConfigError",
        "StoreError",
        "BusyError",
        "CorrectionError",
        "QueryError",
        "LimitError",
        "QuestionError",
        "EndpointError",
        "UnknownNameError",
    ),
}
_WIDTH = 100
_HEAD = """# The Python interface

Every public name of `papergraph`, made by `python docs/api.py` from signatures and docstrings;
[python.md](python.md) is the guide.
"""
_RAISES = re.compile(r"    (\w+): (.*)")


def reference() -> str:
    """Return the reference as Markdown."""
    parts = [_HEAD]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}\n")
        for name in names:
            parts += _described(name)
    return "\n".join(parts)


def _described(name: str) -> Iterator[str]:
    value = getattr(papergraph, name)
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    if isinstance(node, ast.FunctionDef):
        yield f"### {name}\n\n{_signature(node)}\n{_prose(node)}"
    elif isinstance(node, ast.ClassDef):
        bases = ", ".join(base.id for base in node.bases if isinstance(base, ast.Name))
        yield f"### {name}\n\n{_prose(node)}" + (f"\nA `{bases}`.\n" if bases.endswith("Error") else "")
        fields = "".join(_fields(node))
        if fields:
            yield fields
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                yield f"#### {name}.{method.name}\n\n{_signature(method)}\n{_prose(method)}"


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Yield the attributes as list items, each with the text under it."""
    made = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
    body = [*node.body, *(statement for method in made for statement in method.body)]
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        text = ""
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            text = " ".join(str(following.value.value).split())
        declared = ""
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            default = f" = {ast.unparse(statement.value)}" if statement.value is not None else ""
            declared = f"{statement.target.id}: {ast.unparse(statement.annotation)}{default}"
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute) and text:
            declared = statement.targets[0].attr
        if declared and not declared.startswith("_"):
            yield f"- `{declared}`" + (f": {text}" if text else "") + "\n"


def _signature(node: ast.FunctionDef) -> str:
    decorators = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if "property" in decorators:
        return f"```python\n{node.name}: {ast.unparse(node.returns) if node.returns else 'object'}\n```\n"
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    items = [_spaced(item) for item in re.split(r", (?=\*|\w+:)", arguments)]
    line = f"{node.name}({', '.join(items)}){returns}"
    if len(line) > _WIDTH:
        line = f"{node.name}(\n" + "".join(f"    {item},\n" for item in items) + f"){returns}"
    return f"```python\n{line}\n```\n"


def _spaced(argument: str) -> str:
    """Return an argument with spaces around the sign before its default, as where it has a type."""
    name, sign, default = argument.partition("=")
    return f"{name} = {default}" if sign else name


def _prose(node: ast.FunctionDef | ast.ClassDef) -> str:
    """Return the docstring as Markdown: what it raises as a list, examples as code."""
    lines: list[str] = []
    example = False
    for line in (ast.get_docstring(node) or "").splitlines():
        if line.startswith(">>> ") and not example:
            lines.append("```pycon")
            example = True
        elif not line and example:
            lines.append("```")
            example = False
        if line == "Raises:":
            lines += ["Raises:", ""]
        elif match := _RAISES.fullmatch(line):
            lines.append(f"- `{match[1]}`: {match[2]}")
        else:
            lines.append(line if example else line.strip())
    return "\n".join([*lines, *(["```"] if example else [])]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
