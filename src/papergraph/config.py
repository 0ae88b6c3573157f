"""The settings of one run: defaults, then `papergraph.toml`, then flags."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from papergraph.errors import ConfigError
from papergraph.ontology.terms import BASE

FILE_NAME = "papergraph.toml"
#: What the limits for a note may be at most: a system counts no more.
_MOST = {"max_bytes": 10**12, "note_seconds": 10**6, "note_megabytes": 10**6}
#: Single paths.
_PATHS = frozenset({"store", "proposals", "corrections"})
#: Lists that hold no paths.
_WORDS = frozenset({"extractors", "exclude"})
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; paths in a file are relative to the folder of that file."""

    notes: tuple[str, ...] = ()
    """Folders and files that `build` reads by default."""
    exclude: tuple[str, ...] = ()
    """Files and folders below `notes` that are not read: `templates/`, `*.draft.md`, `journal/2023*`."""
    store: str = ".papergraph"
    """Folder of the store."""
    base: str = BASE
    """Base of entity IRIs; ends with `/` or `#`."""
    threshold: float = 0.5
    """Minimum confidence (0 to 1) at which a positive claim is asserted as a plain triple."""
    vocabulary: tuple[str, ...] = ()
    """Additional vocabulary files (.tsv), in the format of data/vocabulary."""
    patterns: tuple[str, ...] = ()
    """Additional pattern files (.yaml), in the format of data/patterns."""
    queries: tuple[str, ...] = ()
    """Folders of additional ready-made queries (.rq)."""
    note_url: str = ""
    """Where links to notes lead, such as `vscode:/home/me/notes`; see `papergraph view --help`."""
    max_bytes: int = 2_000_000
    """Maximum size of a note, in bytes."""
    note_seconds: float = 30.0
    """Maximum processor time to read a note, in seconds per started megabyte."""
    note_megabytes: int = 1_000
    """Maximum memory to read a note, in megabytes."""
    jobs: int = 0
    """Number of processes that read notes; 0 chooses by the amount of notes."""
    extractors: tuple[str, ...] = ()
    """Names of third-party extractors (entry point group `papergraph.extractors`) to use."""
    propose: str = ""
    """Name of the language model whose kept replies builds read; see docs/propose.md."""
    propose_url: str = "http://127.0.0.1:11434/v1"
    """Base address of the OpenAI-compatible server that `papergraph propose` asks."""
    proposals: str = "proposals.jsonl"
    """File in which the replies are kept."""
    corrections: str = "corrections.tsv"
    """File of corrections, which builds honour; by default beside papergraph.toml. See docs/corrections.md."""


def find_config(folder: Path) -> Path | None:
    """Return the `papergraph.toml` in `folder` or its nearest ancestor, or None."""
    for place in (folder, *folder.parents):
        if (path := place / FILE_NAME).is_file():
            return path
    return None


def read_config(path: str | Path | None) -> Config:
    """Return the settings in `path`, or the defaults for None.

    Raises:
        ConfigError: for invalid TOML, an unknown key, or a value of the wrong type.
    """
    if path is None:
        return Config()
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: invalid TOML: {error}") from error
    known = {f.name: getattr(Config(), f.name) for f in fields(Config)}
    values: dict[str, Any] = {key: _checked(path, key, value, known) for key, value in table.items()}
    beside = Config(corrections=str(path.parent / Config().corrections))
    return validate_config(replace(beside, **values), str(path))


def validate_config(config: Config, origin: str) -> Config:
    """Return `config` unchanged if its values are valid.

    Raises:
        ConfigError: for a limit out of range, a threshold outside 0..1, or a base that is not an absolute IRI ending
            with `/` or `#`.
    """
    if config.jobs < 0:
        raise ConfigError(f"{origin}: jobs is {config.jobs}; it must be 0 or more")
    for key, most in _MOST.items():
        if not 0 < getattr(config, key) <= most:
            raise ConfigError(
                f"{origin}: {key} is {getattr(config, key)}; it must be greater than 0 and at most {most:,}"
            )
    if any(not pattern.strip("/ ") for pattern in config.exclude):
        raise ConfigError(f"{origin}: exclude holds an empty pattern; name files or folders, such as 'templates/'")
    if "\0" in config.store:
        raise ConfigError(f"{origin}: store is {config.store!r}; a path must not contain a NUL character")
    if not 0 <= config.threshold <= 1:
        raise ConfigError(f"{origin}: threshold is {config.threshold}; it must be between 0 and 1")
    if "://" not in config.base or config.base[-1] not in "/#" or _NO_IRI.search(config.base):
        raise ConfigError(f"{origin}: base is {config.base!r}; it must be an absolute IRI ending with / or #")
    return config


def _checked(path: Path, key: str, value: object, known: dict[str, Any]) -> object:
    if key not in known:
        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
        raise ConfigError(f"{path}: unknown setting {key!r}; {hint}")
    default = known[key]
    if isinstance(default, tuple):
        if not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise ConfigError(f"{path}: {key} must be a list of strings")
        return tuple(v if key in _WORDS else str(path.parent / v) for v in value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise ConfigError(f"{path}: {key} must be of type {type(default).__name__}, not {value!r}")
    return str(path.parent / str(value)) if key in _PATHS else value
