"""One hash of everything that an extraction depends on besides the note; if it changes, notes are read again."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path

from papergraph.config import Config
from papergraph.errors import ConfigError
from papergraph.resources import list_resources, resource

_GROUP = "papergraph.extractors"
#: Packages whose rules or data show in an extraction: parsers, the automaton, pinyin in ids of entries.
_PACKAGES = ("ahocorasick-rs", "pypinyin", "pyromark", "pyyaml", "spacy")
_DATA = (("data/patterns", ".yaml"), ("data/propose", ".yaml"), ("data/vocabulary", ".tsv"), ("data/words", ".gz"))


def data_fingerprint(config: Config) -> str:
    """Return a hash of vocabularies, patterns and counts of words, ours and the user's.

    Raises:
        ConfigError: for a file that cannot be read.
    """
    digest = hashlib.sha256()
    for folder, suffix in _DATA:
        for name in list_resources(folder, suffix):
            digest.update(f"{folder}/{name}\n".encode() + resource(f"{folder}/{name}").read_bytes() + b"\n")
    for name, data in _user_files((*config.vocabulary, *config.patterns)):
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def extraction_fingerprint(config: Config) -> str:
    """Return a hash of our code and data, the user's files and extractors, and the packages that extraction relies on.

    Of a language model it holds the name; the replies are those of single notes, which the cache looks after.

    Raises:
        ConfigError: for a vocabulary or pattern file that cannot be read, or an extractor that is not installed.

    >>> extraction_fingerprint(Config()) == extraction_fingerprint(Config(threshold=0.9))
    True
    """
    digest = hashlib.sha256(f"{code_fingerprint()}\n{_environment()}\n{data_fingerprint(config)}\n".encode())
    if config.propose:
        digest.update(f"propose {config.propose}\n".encode())
    for name in config.extractors:
        digest.update(f"{name} {_extractor_state(find_extractor(name))}\n".encode())
    return digest.hexdigest()


def find_extractor(name: str) -> EntryPoint:
    """Return the entry point of the third-party extractor called `name`, from the group `papergraph.extractors`.

    Raises:
        ConfigError: if no installed distribution offers one.
    """
    known = {point.name: point for point in entry_points(group=_GROUP)}
    if name not in known:
        others = ", ".join(sorted(known)) or "none"
        raise ConfigError(f"no extractor named {name!r} is installed; installed: {others}")
    return known[name]


@cache
def code_fingerprint() -> str:
    """Return a hash of all code of this package: more than extraction runs, but nothing that it runs is left out."""
    digest = hashlib.sha256()
    for name, file in sorted(_sources(files("papergraph"), ""), key=itemgetter(0)):
        digest.update(f"{name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for file in folder.iterdir():
        if file.name.endswith(".py"):
            yield prefix + file.name, file
        elif file.is_dir() and file.name != "__pycache__":
            yield from _sources(file, f"{prefix}{file.name}/")


@cache
def _environment() -> str:
    python = f"python {sys.version_info.major}.{sys.version_info.minor} unicode {unicodedata.unidata_version}"
    return " ".join((python, *(f"{package} {_version(package)}" for package in _PACKAGES)))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _user_files(paths: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for path in map(Path, paths):
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{path}: cannot read the file: {error.strerror}") from error


def _extractor_state(point: EntryPoint) -> str:
    """Return what identifies the state of an extractor: its distribution's version and the source of its code.

    That is its module, or the whole package that the module stands in: its rules may be spread over all of it.
    """
    release = f"{point.dist.name} {point.dist.version}" if point.dist else ""
    digest = hashlib.sha256()
    try:
        spec = find_spec(point.module.partition(".")[0])
        folders = spec.submodule_search_locations if spec else None
        sources = [p for folder in folders or () for p in Path(folder).rglob("*.py")]
        for path in sorted(sources) or ([Path(spec.origin)] if spec and spec.origin else []):
            digest.update(path.read_bytes())
    except (ImportError, OSError):  # loading it will say so
        pass
    return f"{release} {point.value} {digest.hexdigest()}"
