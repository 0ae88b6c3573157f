"""Text with LaTeX's accents, commands and braces as plain text."""

from __future__ import annotations

from functools import cache
from typing import Any

#: Commands for signs, some of which the package does not know.
_SIGNS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textquotesingle": "'",
    "textasciigrave": "`",
}


def plain_text(latex: str) -> str:
    r"""Return the text of a field; what is no LaTeX is kept as it is written.

    >>> plain_text(r"{H$_2$O} by Sch{\"o}lkopf \& Co, 50% faster")
    'H2O by Schölkopf & Co, 50% faster'
    """
    if not set(latex) & set("\\{}$~%`'-?!&#_^<>\n\t") and latex == latex.strip() and "  " not in latex:
        return latex
    latex = _without_scripts(latex)
    # LaTeX takes what follows a percent sign for a comment; BibTeX does not
    written = latex.replace("\\%", "%").replace("%", "\\%")
    try:
        text = str(_decoder().latex_to_text(written))
    except Exception:  # the package raises whatever its parser meets
        text = latex.replace("{", "").replace("}", "")
    return " ".join(text.split())


def _without_scripts(latex: str) -> str:
    """Return the text without the signs that raise or lower a letter of a formula: people write H2O for it."""
    parts = latex.replace("\\$", "\0").split("$")
    if len(parts) % 2 == 0:
        return latex
    parts[1::2] = [part.replace("_", "").replace("^", "") for part in parts[1::2]]
    return "$".join(parts).replace("\0", "\\$")


@cache
def _decoder() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _SIGNS.items()]
    context.add_context_category("signs", macros=[*macros, MacroTextSpec("url", simplify_repl="%s")], prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=True, keep_comments=False)
