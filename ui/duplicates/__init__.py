"""Pairs that may be one, worked like an inbox: compare, decide, merge."""
