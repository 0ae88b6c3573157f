"""The terms of the ontology and the IRIs of what a graph holds."""
