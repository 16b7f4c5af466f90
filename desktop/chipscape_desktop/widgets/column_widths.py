"""How wide the columns of a table are, so that as many as possible can be read without moving sideways."""

from collections.abc import Sequence

LEAST = 320
"""Pixels below which a column is not narrowed: cut words tell less than a table that is moved sideways."""


def fitted(natural: Sequence[int], room: int, *, least: int = LEAST) -> list[int]:
    """Return the widths of columns that would like to be *natural* pixels wide, in a *room* of so many.

    Where they fit, each gets what it wants and the widest one the rest. Else the widest ones are cut to one width, the
    greatest at which all fit; none is cut below *least*, so that the table is wider than the room when it has to be.
    """
    if not natural:
        return []
    spare = room - sum(natural)
    if spare >= 0:
        widest = max(range(len(natural)), key=natural.__getitem__)
        return [width + (spare if place == widest else 0) for place, width in enumerate(natural)]
    left, columns = room, len(natural)
    cap = least
    for width in sorted(natural):
        share = left // columns
        if width > share:
            cap = max(share, least)
            break
        left, columns = left - width, columns - 1
    return [min(width, cap) if width > least else width for width in natural]
