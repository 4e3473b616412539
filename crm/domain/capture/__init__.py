"""Paste to register: what a message or a paragraph says of a lead, by rules, each with its place and its reason."""
