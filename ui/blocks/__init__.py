"""Cells of a list: one changed in place, a block copied to Excel and pasted from it with a preview."""
