"""Today: what is due, what waits too long, what is to be completed and reviewed."""
