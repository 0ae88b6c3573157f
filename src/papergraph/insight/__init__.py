"""What a graph says about a question: its lineage, everything about one thing, a part of it, its conflicts."""
