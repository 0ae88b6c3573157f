"""Corrections from names to lines of a file, and from there to what became of them in a build."""
