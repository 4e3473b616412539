"""The one door to a session."""
