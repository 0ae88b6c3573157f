"""Text made comparable, and fit for people to read."""
