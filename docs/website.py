"""Build the documentation as a website that works from any folder, without a network: `python docs/website.py OUT`.

The pages are those of this folder, with the page on the ontology. What they link to elsewhere in the repository leads
to the repository. The search of the website works over HTTP only, since browsers keep pages from a disk from reading
others. Needs Zensical, of the dependency group `docs`.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
#: What the generator's pages would fetch from elsewhere, for browsers that nobody has any more.
_SHIM = re.compile(r"<script src=\"?https://[^>]*></script>")
_LINK = re.compile(r"(\]\()([^)\s#]+)([^)\s]*\))")


def page_paths() -> dict[str, str]:
    """Return the pages by their path in the repository, and where on the website they stand."""
    found = {f"docs/{path.name}": path.name for path in sorted(DOCS.glob("*.md"))}
    found |= {f"docs/decisions/{path.name}": f"decisions/{path.name}" for path in sorted(DOCS.glob("decisions/*.md"))}
    return {**found, "ontology/README.md": "ontology/README.md"}


def linked(text: str, path: str, pages: dict[str, str], repository: str) -> str:
    """Return the text of the page at `path` with links that lead to other pages, to pictures, or to the repository.

    >>> linked(
    ...     "[a](../README.md), [b](b.md#c)", "docs/a.md", {"docs/a.md": "a.md", "docs/b.md": "b.md"}, "https://r.org"
    ... )
    '[a](https://r.org/README.md), [b](b.md#c)'
    """

    def lead(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link[2]))
        if "://" in link[2] or target.endswith(".png"):
            return link[0]
        if target in pages:
            here = posixpath.dirname(pages[path])
            return f"{link[1]}{posixpath.relpath(pages[target], here or '.')}{link[3]}"
        return f"{link[1]}{repository}/{target}{link[3]}"

    pieces = _CODE.split(text)
    return "".join(piece if number % 2 else _LINK.sub(lead, piece) for number, piece in enumerate(pieces))


def build(out: Path) -> None:
    """Write the website into the folder `out`, which must not exist yet.

    Raises:
        subprocess.CalledProcessError: for a link that leads nowhere, or a page that stands in no menu.
    """
    pages = page_paths()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    repository = f"{settings['project']['urls']['Homepage']}/blob/main"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for path, name in pages.items():
            target = place / "pages" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = linked((ROOT / path).read_text(encoding="utf-8"), path, pages, repository)
            target.write_text(text, encoding="utf-8")
        for picture in DOCS.glob("*.png"):
            shutil.copy(picture, place / "pages")
        shutil.copy(DOCS / "website.toml", place / "zensical.toml")
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(place / "zensical.toml")]
        subprocess.run(command, check=True, cwd=place)  # noqa: S603
        for page in (place / "site").rglob("*.html"):
            page.write_text(_SHIM.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.copytree(place / "site", out)


def main() -> None:
    """Build the website where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
