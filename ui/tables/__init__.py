"""One table for every list: a paged model, columns as data, a delegate that paints."""
