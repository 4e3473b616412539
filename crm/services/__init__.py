"""Changing: one function for each thing a user may do; never commits."""
