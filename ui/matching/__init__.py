"""Leads and resources brought together, in both directions; what other weights would do."""
