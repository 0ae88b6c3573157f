"""Recognisers: ways of finding names in a note, one a file."""
