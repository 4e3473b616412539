"""Workbooks in and out: rows in, rows out; no database and no business.

``reading`` is the door in (a child process parses, never this one), ``writing`` the door out.
"""
