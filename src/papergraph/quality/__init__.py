"""How good a reading is, and whether a graph keeps the rules of its ontology."""
