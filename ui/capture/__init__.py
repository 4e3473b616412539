"""Paste to register: a message at the left, what was read in it at the right, confirmed by a person."""
