"""Performance over time: one metric of chips or models by release date, with the spread of the claims."""

from collections.abc import Mapping

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import PerformanceRows, performance
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.build import build
from chipscape_desktop.figures.performance.declared import OPTIONS
from chipscape_desktop.figures.performance.layout import draw
from chipscape_desktop.figures.performance.native import charts
from chipscape_desktop.figures.performance.options import DEFAULT_METRIC, parse
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.performance.words import difference, growth
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure

_Framed = tuple[Caption, tuple[float, float], Palette, Measure, Frame]


class PerformanceOverTime:
    """The figure `performance-over-time`; see `options` for what it takes. View.y is log10 of the value when log."""

    name = "performance-over-time"
    title = N_("Performance over time")
    about = N_("One metric by release date, and how fast the best doubles")

    options = OPTIONS
    read_by = frozenset(("metric",))
    takes_focus = True

    def __init__(self) -> None:
        self._framed: _Framed | None = None

    def read(self, session: Reader, request: Request) -> PerformanceRows:
        """Return the chips or models that pass the filters, with the claims of the metric."""
        options = parse(request.options)
        return performance(session, request.filters, metric_key=options.metric.key, language=request.language)

    def build(self, rows: PerformanceRows, request: Request) -> PerformanceSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

    def home(self, spec: PerformanceSpec) -> View:
        """Return the view that shows everything."""
        return spec.home

    def idle_options(self, options: Mapping[str, str]) -> frozenset[str]:
        """Return the options that mean nothing for the metric: the sparsity of a memory, the scope of a model."""
        asked = parse({"metric": options.get("metric", DEFAULT_METRIC)})
        idle = {
            "sparsity": not asked.has_sparsity,
            "engine": not asked.metric.is_compute,
            "direction": not asked.metric.is_link,
            "scope": "model" in asked.metric.applies_to,
            "trend": asked.metric.better is None,
            "frontier": asked.metric.better is None,
            "baseline": "model" in asked.metric.applies_to,
        }
        return frozenset(name for name, means_nothing in idle.items() if means_nothing)

    def growth_words(self, spec: PerformanceSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return what lies between two points of the view: factor, difference and time."""
        low, high = (10.0 ** point[1] if spec.axis.log else point[1] for point in (first, second))
        return growth(second[0] - first[0], low, high, unit=spec.axis.unit)

    def difference_words(self, spec: PerformanceSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        low, high = (10.0 ** point[1] if spec.axis.log else point[1] for point in (first, second))
        return difference(low, high, unit=spec.axis.unit)

    def table(self, spec: PerformanceSpec) -> Table:
        """Return exactly what is shown, with what is missing below."""
        return spec.table

    def charts(self, spec: PerformanceSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self,
        spec: PerformanceSpec,
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
        frame = compose(caption, size, palette, measure)
        self._framed = (caption, size, palette, measure, frame)
        return frame


FIGURE = PerformanceOverTime()
