"""Leads: the list, the peek beside it, the form."""
