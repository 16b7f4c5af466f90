"""Writes: one function a person's intent, each one undo step."""
