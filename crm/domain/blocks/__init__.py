"""A block of cells between this program and a spreadsheet: how it is written, cut up, read and judged."""
