"""The dashboard: the leads in charts, each with its table; every mark opens its rows in the list."""
