"""The gap: the best chip of one side over the best of another, as a ratio and as a lag in months, over time."""

from collections.abc import Mapping

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import PerformanceRows, performance
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.gap.build import build
from chipscape_desktop.figures.gap.options import OPTIONS, parse
from chipscape_desktop.figures.timechart.hosting import TimeChart
from chipscape_desktop.figures.timechart.spec import TimeChartSpec


class Gap(TimeChart):
    """The figure `gap`; see `options` for what it takes."""

    name = "gap"
    title = N_("The gap")
    about = N_("The best of one side over the best of another, and its lag in months")
    options = OPTIONS
    read_by = frozenset(("metric",))

    def read(self, session: Reader, request: Request) -> PerformanceRows:
        """Return the chips that pass the filters, with the claims of the metric."""
        key = parse(request.options).convention.metric.key
        return performance(session, request.filters, metric_key=key, language=request.language)

    def build(self, rows: PerformanceRows, request: Request) -> TimeChartSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

    def idle_options(self, options: Mapping[str, str]) -> frozenset[str]:
        """Return the options that mean nothing for the metric, and the countries that a maker stands in for."""
        asked = parse(options)
        metric = asked.convention.metric
        idle = {
            "sparsity": not asked.convention.has_sparsity,
            "engine": not metric.is_compute,
            "direction": not metric.is_link,
            "home": bool(asked.home_maker),
            "away": bool(asked.away_maker),
        }
        return frozenset(name for name, means_nothing in idle.items() if means_nothing)


FIGURE = Gap()
