"""PDF: facts in, pages out."""
