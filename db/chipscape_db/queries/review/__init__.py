"""The review: what a curator should look at, check by check, and what was settled already."""
