"""Answers of `insight` as lists of items, one module for each question."""
