"""The ecosystem screen."""
