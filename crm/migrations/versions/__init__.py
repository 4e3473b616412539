"""One file a step of the schema; none imports our code."""
