"""What every chart over time has in common as a figure of the catalogue: its home, its layout and its table."""

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.frame import Frame, compose, few_sources
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.timechart.layout import draw
from chipscape_desktop.figures.timechart.native import charts
from chipscape_desktop.figures.timechart.spec import TimeChartSpec

_Framed = tuple[Caption, tuple[float, float], Palette, Measure, Frame]


class TimeChart:
    """The half of a figure that lays a `TimeChartSpec` out; its days can be zoomed, its values fill their panels."""

    zoom_axes = "x"

    def __init__(self) -> None:
        self._framed: _Framed | None = None

    def home(self, spec: TimeChartSpec) -> View:
        """Return the view that shows everything."""
        return spec.home

    def table(self, spec: TimeChartSpec) -> Table:
        """Return exactly what is shown."""
        return spec.table

    def charts(self, spec: TimeChartSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self,
        spec: TimeChartSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)

    def _frame(self, caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
        """Return the words around the plot, kept while only the view changes."""
        kept = self._framed
        if kept and kept[0] is caption and kept[1] == size and kept[2] is palette and kept[3] is measure:
            return kept[4]
        frame = compose(caption, size, palette, measure, source_rows=few_sources(size[1]))
        self._framed = (caption, size, palette, measure, frame)
        return frame
