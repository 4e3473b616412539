"""Measurements of the program against the floor of the machine (performance.md §10)."""
