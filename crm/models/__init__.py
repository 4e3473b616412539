"""The tables: columns, keys, indexes; no behaviour, no Relationship."""
