"""Runs of positions: lists of different lengths that stand one after the other in one array."""

import numpy as np

from chipscape_desktop.figures.drawing import Ints


def runs(starts: Ints, counts: Ints) -> Ints:
    """Return, for each start, as many positions as its count says from it on; one run after the other."""
    places: Ints = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    return places
