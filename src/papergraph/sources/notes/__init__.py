"""The parts of a note: its Markdown, front matter, fields, links and sentences."""
