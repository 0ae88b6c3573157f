"""Bibliographies as the user keeps them, BibTeX, CSL JSON and Zotero: what they say of works, and where."""
