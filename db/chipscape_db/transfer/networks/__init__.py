"""Networks in the files of other programs: written, and read with a mapping of what they call things."""
