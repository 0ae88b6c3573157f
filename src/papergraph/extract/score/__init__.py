"""Scorers: what stands of all that was found, and how sure it is."""
