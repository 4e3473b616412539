"""Ledger health: what a ledger says of itself, without a database."""
