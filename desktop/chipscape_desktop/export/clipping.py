"""What of a line, an area or a box lies inside a rectangle, for formats that cannot cut off what they show."""

from collections.abc import Sequence
from itertools import pairwise

from chipscape_desktop.figures.drawing import Rect

Point = tuple[float, float]


def clipped_line(start: Point, end: Point, clip: Rect) -> tuple[Point, Point] | None:
    """Return the part of a straight line inside *clip*, None where there is none (Liang and Barsky, 1984)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - clip.x), (dx, clip.right - start[0]), (-dy, start[1] - clip.y), (dy, clip.bottom - start[1]),
    ):  # fmt: skip
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    return (start[0] + first * dx, start[1] + first * dy), (start[0] + last * dx, start[1] + last * dy)


def clipped_path(points: Sequence[Point], clip: Rect) -> list[list[Point]]:
    """Return the parts of an open path inside *clip*, each as connected points."""
    parts: list[list[Point]] = []
    for start, end in pairwise(points):
        inside = clipped_line(start, end, clip)
        if inside is None:
            continue
        if parts and parts[-1][-1] == inside[0]:
            parts[-1].append(inside[1])
        else:
            parts.append(list(inside))
    return parts


def clipped_area(points: Sequence[Point], clip: Rect) -> list[Point]:
    """Return a closed area cut to *clip*, empty where nothing is left (Sutherland and Hodgman, 1974)."""
    left = list(points)
    for axis, bound, sign in ((0, clip.x, 1), (0, clip.right, -1), (1, clip.y, 1), (1, clip.bottom, -1)):
        corners, left = left, []
        for before, here in zip([*corners[-1:], *corners[:-1]], corners, strict=True):
            was, now = (sign * (point[axis] - bound) >= 0 for point in (before, here))
            if was != now:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                left.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
            if now:
                left.append(here)
    return left


def clipped_rect(rect: Rect, clip: Rect) -> Rect | None:
    """Return the part of a rectangle inside *clip*, None where there is none."""
    left, top = max(rect.x, clip.x), max(rect.y, clip.y)
    right, bottom = min(rect.right, clip.right), min(rect.bottom, clip.bottom)
    return Rect(left, top, right - left, bottom - top) if right > left and bottom > top else None
