"""Answers to questions asked of the map: words, a table, and what stands out."""
