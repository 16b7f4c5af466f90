"""Readings: any quantity of a chip, stored or computed, with its spread and the claims behind it."""
