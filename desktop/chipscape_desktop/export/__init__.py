"""Painters and writers: a drawing becomes pixels or a file."""
