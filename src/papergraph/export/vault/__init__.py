"""The entities of a graph as pages of a vault, for Obsidian and Logseq, which their user may add to."""

from __future__ import annotations

from papergraph.export.vault.write import FLAVOURS, Flavour, VaultChanges, write_vault

__all__ = ["FLAVOURS", "Flavour", "VaultChanges", "write_vault"]
