"""Writing the pages of a graph into a folder: our part of each is renewed, what its user wrote around it stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from papergraph.errors import StoreError
from papergraph.export.vault.file_names import folded, name_files
from papergraph.export.vault.folder import SUFFIX, Folder, links_from
from papergraph.export.vault.marked import Shared, is_fenced, read_page
from papergraph.export.vault.page import (
    LOGSEQ,
    OBSIDIAN,
    Pages,
    logseq_head,
    logseq_link,
    logseq_part,
    obsidian_head,
    obsidian_link,
    obsidian_part,
)
from papergraph.model import Entity, EntityType, Graph
from papergraph.text.marks import looks_made

#: For which program the pages are written.
Flavour = Literal["obsidian", "logseq"]
FLAVOURS: tuple[Flavour, ...] = ("obsidian", "logseq")


@dataclass(frozen=True, slots=True)
class VaultChanges:
    """What was done to a folder; names of files, sorted."""

    written: tuple[str, ...] = ()
    """New pages, and those whose part changed."""
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    """Pages of what the graph no longer has, and of types that were not chosen."""
    kept: tuple[tuple[str, str], ...] = ()
    """Files that were left as they are, though a page is missing or too many, and why."""


def write_vault(
    graph: Graph, path: Path, *, flavour: Flavour = "obsidian", types: Iterable[EntityType] = ()
) -> VaultChanges:
    """Write one page for each entity into the folder `path`, of these types if any are given.

    Pages keep their names, also if their user changed them. Nothing is written or removed outside the folder, no link
    is followed, and no file is touched that papergraph did not make.

    Raises:
        StoreError: if the folder cannot be made, or has pages for the other program.
        BusyError: if another run writes into the folder for too long.
        OSError: if a page cannot be written; those before it are.
    """
    folder = Folder.open(path)
    with folder.held():
        return _write(graph, path, folder, flavour, types)


def _write(graph: Graph, path: Path, folder: Folder, flavour: Flavour, types: Iterable[EntityType]) -> VaultChanges:
    chosen = frozenset(types)
    entities = [e for e in graph.entities if not chosen or e.type in chosen]
    known, foreign, damaged = _survey(folder, flavour)
    names = name_files(entities, {iri: name for iri, (name, *_) in known.items()}, foreign)
    gone = {iri: page for iri, page in known.items() if iri not in names}
    _take_over(names, known, gone)
    is_obsidian = flavour == "obsidian"
    pages = Pages(graph, names, links_from(path) if is_obsidian else "", obsidian_link if is_obsidian else logseq_link)
    written: list[str] = []
    for entity in entities:
        name, before, shared = known.get(
            entity.iri, (names[entity.iri], None, Shared(entity.iri, "", "" if is_obsidian else "\n", ""))
        )
        text = _text(pages, entity, name, shared, flavour)
        if text != before:
            folder.write(name, text)
            written.append(f"{name}{SUFFIX}")
    removed, kept = _clear(folder, gone)
    return VaultChanges(tuple(sorted(written)), len(entities) - len(written), removed, tuple(sorted([*kept, *damaged])))


_Known = dict[str, tuple[str, str | None, Shared]]


def _take_over(names: dict[str, str], known: _Known, gone: _Known) -> None:
    """Give new entities the pages of their names whose entities are gone, with all that the user has added.

    An entity that gets another type gets another IRI by that, and is new.
    """
    free = {folded(name): iri for iri, (name, *_) in gone.items()}
    for iri in sorted(names.keys() - known.keys()):
        if before := free.pop(folded(names[iri]), ""):
            known[iri] = gone.pop(before)
            names[iri] = known[iri][0]


def _survey(folder: Folder, flavour: Flavour) -> tuple[_Known, tuple[str, ...], list[tuple[str, str]]]:
    """Return our pages by IRI, the names of all other files, and those of ours whose marks are damaged."""
    known: _Known = {}
    damaged: list[tuple[str, str]] = []
    ours = OBSIDIAN if flavour == "obsidian" else LOGSEQ
    for name, text in folder.pages():
        if looks_made(text) and is_fenced(text) != (flavour == "obsidian"):
            program = "Obsidian" if is_fenced(text) else "Logseq"
            raise StoreError(f"{folder.path / name}{SUFFIX}: a page for {program}; choose another folder with -o")
        shared = read_page(text, ours, fenced=flavour == "obsidian")
        if shared is None:
            if looks_made(text):
                damaged.append((f"{name}{SUFFIX}", "the marks of papergraph's part are damaged; a new page is written"))
        elif shared.iri in known:
            damaged.append((f"{name}{SUFFIX}", f"another page, {known[shared.iri][0]}{SUFFIX}, is about the same"))
        else:
            known[shared.iri] = (name, text, shared)
    pages = {f"{name}{SUFFIX}" for name, *_ in known.values()}
    return known, tuple(_stem(name) for name in folder.names() if name not in pages), damaged


def _stem(name: str) -> str:
    return name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name


def _text(pages: Pages, entity: Entity, name: str, shared: Shared, flavour: Flavour) -> str:
    """Return a whole page: our properties before those of the user, and our part where it stands."""
    if flavour == "logseq":
        head = logseq_head(pages, entity, name) + shared.properties
        return f"{head}{shared.before}{logseq_part(pages, entity)}{shared.after}"
    head = f"---\n{obsidian_head(pages, entity)}{shared.properties}---\n"
    return f"{head}{shared.before}{obsidian_part(pages, entity)}{shared.after}"


def _clear(folder: Folder, gone: _Known) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Remove the pages of what the graph no longer has, unless the user has added to them."""
    removed: list[str] = []
    kept: list[tuple[str, str]] = []
    for name, _, shared in sorted(gone.values(), key=lambda page: page[0]):
        if shared.is_ours_alone:
            folder.remove(name)
            removed.append(f"{name}{SUFFIX}")
        else:
            kept.append(
                (f"{name}{SUFFIX}", "the graph no longer has it, but you added to the page; remove it yourself")
            )
    return tuple(removed), kept
