"""Light and dark: tokens, palette, style sheet."""
