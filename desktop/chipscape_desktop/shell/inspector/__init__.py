"""The inspector: whatever is selected, with the claims, sources and history behind it."""
