"""Hatching and fading, the same in every painter; pure Python."""

from chipscape_desktop.figures.drawing import Box, Raster, Rect

HATCH_STEP = 8


def fade_stops(box: Box) -> list[tuple[float, float]]:
    """Return where along the width (0 to 1) the box has what share of its opacity."""
    left, right = (max(0.0, length) for length in box.fade)
    width = max(box.rect.width, 1e-9)
    if left + right > width:
        left, right = left * width / (left + right), right * width / (left + right)
    stops = [(0.0, 0.0 if left else 1.0), (left / width, 1.0), (1 - right / width, 1.0), (1.0, 0.0 if right else 1.0)]
    return list(dict.fromkeys(stops))


def hatch_lines(area: Rect) -> list[tuple[float, float, float, float]]:
    """Return the diagonals x + y = a multiple of the step that cross *area*, cut off at its top and bottom."""
    first = int((area.x + area.y) // HATCH_STEP)
    last = int((area.right + area.bottom) // HATCH_STEP) + 1
    sums = (number * HATCH_STEP for number in range(first, last + 1))
    return [(total - area.bottom, area.bottom, total - area.y, area.y) for total in sums]


def raster_repeats(raster: Raster) -> tuple[int, int]:
    """Return how often each row and each column is repeated in a file, so that readers who smooth images do no harm."""
    rows, columns = raster.cells.shape
    return max(1, -(-int(2 * raster.rect.height) // rows)), max(1, -(-int(2 * raster.rect.width) // columns))
