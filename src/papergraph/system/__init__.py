"""What the operating system gives: files written whole, limits of a process, Python's own housekeeping."""
