"""The first start: make or open a database, or see the demonstration."""
