"""Ledgers and filled forms out of the window."""
