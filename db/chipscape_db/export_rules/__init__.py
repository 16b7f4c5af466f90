"""The export rules on advanced chips: as data, as quantities computed from claims, and as an answer for each chip."""
