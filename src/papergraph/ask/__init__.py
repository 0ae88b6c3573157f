"""Asking a graph: one source of answers, choosing the entity that a name means, SPARQL and its answers."""
