"""The window around the views: rail, top bar, palette, inspector, status bar."""
