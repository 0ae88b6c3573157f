"""Relaters: ways of finding what a note says of what it names, one a file."""
