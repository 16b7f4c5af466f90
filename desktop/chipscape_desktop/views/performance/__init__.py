"""The performance screen."""
