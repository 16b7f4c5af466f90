"""Two bases, or a base and a change pack, brought together: what each changed since they were one, field by field."""
