"""The words around a plot, kept while only the view changes."""

from collections.abc import Callable
from typing import TypeAlias

from chipscape_desktop.figures.layout.frame import Frame, compose, few_sources
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure

Compose: TypeAlias = Callable[[Caption, tuple[float, float], Palette, Measure], Frame]
"""What sets the words of a caption around a figure of a size in pixels."""

_ROOMY = (1280.0, 720.0)
_LOW = 430.0  # a figure lower than this needs the room of the sources
_SOURCE_ROWS = 6


class Framing:
    """Sets the words of a caption around a figure; asked again for the same, it gives the same frame."""

    def __init__(self, composed: Compose = compose) -> None:
        self._composed = composed
        self._kept: tuple[Caption, tuple[float, float], Palette, Measure, Frame] | None = None

    def frame(self, caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
        """Return the frame."""
        kept = self._kept
        if kept and kept[0] is caption and kept[1] == size and kept[2] is palette and kept[3] is measure:
            return kept[4]
        made = self._composed(caption, size, palette, measure)
        self._kept = (caption, size, palette, measure, made)
        return made


def is_small(size: tuple[float, float]) -> bool:
    """Say whether a figure that wants much room for its plot has too little of it to set its words wide."""
    return size[0] < _ROOMY[0] or size[1] < _ROOMY[1]


def tight_when_small(caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
    """Return the frame; below a roomy size the words are set tight, for the plot needs the room."""
    rows = 1 if size[1] < _LOW else _SOURCE_ROWS  # every exported file lists the sources in full
    return compose(caption, size, palette, measure, compact=True if is_small(size) else None, source_rows=rows)


def with_few_sources(caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
    """Return the frame of a figure of many small parts."""
    return compose(caption, size, palette, measure, source_rows=few_sources(size[1]))
