"""What the mechanisms of the district come to, one table at a time."""
