"""Import: a file, what was understood, what would change, then the button."""
