"""The words around a plot, kept while only the view changes."""

from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure

_ROOMY = (1280.0, 720.0)
_LOW = 430.0  # a figure lower than this needs the room of the sources


class Framing:
    """Sets the words of a caption around a figure; asked again for the same, it gives the same frame."""

    def __init__(self, *, source_rows: int | None = None) -> None:
        self._source_rows = source_rows
        self._kept: tuple[Caption, tuple[float, float], Palette, Measure, Frame] | None = None

    def frame(self, caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
        """Return the frame; below a roomy size the words are set tight, for the plot needs the room."""
        kept = self._kept
        if kept and kept[0] is caption and kept[1] == size and kept[2] is palette and kept[3] is measure:
            return kept[4]
        rows = 1 if size[1] < _LOW else self._source_rows  # every exported file lists the sources in full
        small = size[0] < _ROOMY[0] or size[1] < _ROOMY[1]
        made = compose(caption, size, palette, measure, compact=True if small else None, source_rows=rows)
        self._kept = (caption, size, palette, measure, made)
        return made
