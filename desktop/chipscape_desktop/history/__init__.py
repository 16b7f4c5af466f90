"""The history of changes, as a window."""
