"""Rules over plain values: no input, no output."""
