"""Workbooks in and out: rows in, rows out; no database."""
