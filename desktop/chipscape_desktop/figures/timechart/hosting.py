"""What every chart over time has in common as a figure of the catalogue: its home, its layout and its table."""

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.layout.framing import Framing, with_few_sources
from chipscape_desktop.figures.layout.plotted import Plotted
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.timechart.layout import draw
from chipscape_desktop.figures.timechart.native import charts
from chipscape_desktop.figures.timechart.spec import TimeChartSpec


class TimeChart(Plotted[TimeChartSpec]):
    """The half of a figure that lays a `TimeChartSpec` out; its days can be zoomed, its values fill their panels."""

    zoom_axes = "x"

    def __init__(self) -> None:
        super().__init__(draw, Framing(with_few_sources))

    def charts(self, spec: TimeChartSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)
