"""Reading: a filter in, frozen rows out."""
