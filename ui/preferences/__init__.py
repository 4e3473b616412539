"""Preferences of this user on this machine."""
