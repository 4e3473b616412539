"""Every page, dialog and state of the window as a picture, by one command: ``python -m ui.gallery FOLDER``."""
