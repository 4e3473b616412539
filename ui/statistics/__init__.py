"""The statistics of a week, month, quarter or year."""
