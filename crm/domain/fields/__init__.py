"""Fields of the records: the registry, the choices, how values are read and written."""
