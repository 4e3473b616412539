"""Records exchanged as a list of objects (``.json``): whose they are, and what is done with each."""
