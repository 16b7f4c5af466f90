"""What a figure with one plot has in common with the others: its home, its table, its layout."""

from typing import Generic, Protocol, TypeVar

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure


class PlottedSpec(Protocol):
    """What is shown, with the words around it, the view that shows it as it is at first, and all of it as a table."""

    @property
    def caption(self) -> Caption:
        """The words around the figure."""
        ...

    @property
    def home(self) -> View:
        """The view to begin with."""
        ...

    @property
    def table(self) -> Table:
        """Exactly what is shown."""
        ...


SpecT = TypeVar("SpecT", bound=PlottedSpec)
_Drawn = TypeVar("_Drawn", contravariant=True)


class Draw(Protocol[_Drawn]):
    """The function that draws a spec in the frame of its words."""

    def __call__(
        self, spec: _Drawn, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
    ) -> Drawing:
        """Return the drawing for that size and view."""
        ...


class Plotted(Generic[SpecT]):
    """The half of a figure that lays its spec out; how it is read and built, each figure says itself."""

    def __init__(self, draw: Draw[SpecT], framing: Framing) -> None:
        self._draw, self._framing = draw, framing

    def home(self, spec: SpecT) -> View:
        """Return the view to begin with."""
        return spec.home

    def table(self, spec: SpecT) -> Table:
        """Return exactly what is shown, with what is missing."""
        return spec.table

    def layout(
        self, spec: SpecT, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View | None = None
    ) -> Drawing:
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return self._draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)
