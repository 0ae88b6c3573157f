"""Where the ontology, vocabularies, patterns, queries and page templates are found.

A wheel carries them inside the package; an editable install has them at the top of the repository. Everything is a
`Traversable`, so that a zipped wheel works too.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from papergraph.errors import ConfigError

_FOLDERS = ("ontology", "data", "viz")


def resource(name: str) -> Traversable:
    """Return the file or folder `name`, such as `ontology/shapes.ttl`.

    Raises:
        ConfigError: if this installation does not hold it.

    >>> resource("ontology/papergraph.ttl").is_file()
    True
    """
    parts = name.split("/")
    packaged = files("papergraph").joinpath("_resources", *parts)
    if packaged.is_file() or packaged.is_dir():
        return packaged
    checkout = Path(__file__).parents[2].joinpath(*parts) if parts[0] in _FOLDERS else None
    if checkout is not None and checkout.exists():
        return checkout
    raise ConfigError(f"{name}: missing from this installation; reinstall papergraph")


def read_resource(name: str) -> str:
    """Return the text of the file `name`; raises ConfigError as `resource` does."""
    return resource(name).read_text(encoding="utf-8")


def read_yaml(name: str) -> Any:
    """Return what the YAML file `name` holds, every value as a string (`on` is a word); raises as `resource` does.

    >>> sorted(read_yaml("data/patterns/field-keys.yaml"))
    ['after', 'before']
    """
    import yaml  # most commands need none

    return yaml.load(read_resource(name), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  strings


def list_resources(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the sorted names of the files in `folder` that end with `suffix`.

    Raises:
        ConfigError: if this installation does not hold the folder.

    >>> list_resources("ontology", ".ttl")
    ('papergraph.ttl', 'shapes.ttl')
    """
    return tuple(sorted(f.name for f in resource(folder).iterdir() if f.is_file() and f.name.endswith(suffix)))
