"""What is told of the size of a figure that leaves: its sides, and how small its smallest letters are."""

from chipscape_desktop.export.sizes import READABLE_PT, Size, smallest_text
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.i18n import _, number


def sides_words(size: Size) -> str:
    """Return the sides with their unit: "85 × 140 mm"."""
    places = 0 if size.unit == "px" else 2 if size.unit == "in" else 1
    width, height = (number(round(side, places)) for side in (size.width, size.height))
    return f"{width} × {height} {size.unit}"


def size_words(size: Size, drawing: Drawing) -> str:
    """Return the sides and the smallest text: "85 × 140 mm, smallest text 6.4 pt"."""
    smallest = smallest_text(drawing)
    if smallest is None:
        return sides_words(size)
    return _("{sides}, smallest text {points} pt").format(sides=sides_words(size), points=number(round(smallest, 1)))


def warning_words(drawing: Drawing) -> str:
    """Return what to do about letters that are too small to read in print, nothing where none are."""
    smallest = smallest_text(drawing)
    if smallest is None or smallest >= READABLE_PT:
        return ""
    return _("Text below 6 pt is hard to read in print: choose larger text or a larger figure.")
