"""Documents: preview, save, print."""
