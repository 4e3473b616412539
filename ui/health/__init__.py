"""The health of a ledger: what should be mended in it, before it is imported or without."""
