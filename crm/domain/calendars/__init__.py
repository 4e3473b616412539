"""What leaves for a calendar or a mail program and what comes back from one: .ics and .eml, as bytes."""
