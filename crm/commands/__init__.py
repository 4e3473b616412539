"""The command line: one file a group of commands; every command calls what the window calls."""
