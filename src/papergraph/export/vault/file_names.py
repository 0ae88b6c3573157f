"""Names of files for entities: readable, safe on every system, and unique even where case does not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from papergraph.model import Entity
from papergraph.ontology.iri import digest
from papergraph.ontology.kinds import LIKELIEST

#: Of the name without its suffix, in UTF-8: file systems take 255 with it, synchronising programs less.
_MOST_BYTES = 180
#: What file systems, wikilinks, headings, blocks and comments of notes take for something else.
_SIGNS = re.compile(r'[\\/:*?"<>|#^\[\]%`{}~$&=;\x00-\x1f\x7f-\x9f]+')
#: Devices of Windows, which no file may be called, whatever its suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
#: Categories of Unicode that no name needs: controls, marks of direction, private and unassigned characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def name_files(entities: Iterable[Entity], known: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """Return for each IRI the name of its file, without suffix; no two are alike but for case.

    `known` are names that pages of these IRIs have already, which they keep; `taken` are the names of other files.
    """
    ordered = sorted(entities, key=lambda e: (LIKELIEST.index(e.type), e.iri))
    names = {e.iri: known[e.iri] for e in ordered if e.iri in known}
    used = {folded(name) for name in (*names.values(), *taken)}
    for entity in ordered:
        if entity.iri in names:
            continue
        plain = safe_name(entity.label)
        key = digest(entity.iri, length=40)
        endings = (entity.type.lower(), *(key[:n] for n in range(8, 41)))
        candidates = chain((plain,), (safe_name(entity.label, f" ({ending})") for ending in endings))
        name = next(c for c in candidates if folded(c) not in used)
        names[entity.iri] = name
        used.add(folded(name))
    return names


def safe_name(label: str, ending: str = "") -> str:
    """Return a name for a file that shows a label, with this ending.

    >>> safe_name("Q/A: what [[is]] it?"), safe_name("..hidden"), safe_name("CON"), safe_name("持续学习")
    ('Q A what is it', 'hidden', 'CON_', '持续学习')
    """
    seen = "".join(c for c in unicodedata.normalize("NFC", label) if unicodedata.category(c) not in _UNSEEN)
    name = " ".join(_SIGNS.sub(" ", seen).split()).strip(" .@-")
    name = _cut(name, _MOST_BYTES - len(ending.encode())).rstrip(" .") or "unnamed"
    if _DEVICES.fullmatch(name):
        name += "_"
    return name + ending


def _cut(name: str, most: int) -> str:
    return name.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")


def folded(name: str) -> str:
    """Return what two names of files share that no system need tell apart."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())
