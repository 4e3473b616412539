"""Small pieces that two features use."""
