"""Whether the size of a figure makes sense: slips of the unit, with both readings, for a person to decide."""
