"""Performance over time: one metric of chips or models by release date, with the spread of the claims."""

from collections.abc import Mapping

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import PerformanceRows, performance
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.performance.build import build
from chipscape_desktop.figures.performance.declared import OPTIONS
from chipscape_desktop.figures.performance.layout import draw
from chipscape_desktop.figures.performance.native import charts
from chipscape_desktop.figures.performance.options import DEFAULT_METRIC, parse
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.performance.valued import Valued


class PerformanceOverTime(Valued[PerformanceSpec]):
    """The figure `performance-over-time`; see `options` for what it takes. View.y is log10 of the value when log."""

    name = "performance-over-time"
    title = N_("Performance over time")
    about = N_("One metric by release date, and how fast the best doubles")

    options = OPTIONS
    read_by = frozenset(("metric",))
    takes_focus = True
    over_time = True

    def read(self, session: Reader, request: Request) -> PerformanceRows:
        """Return the chips or models that pass the filters, with the claims of the metric."""
        options = parse(request.options)
        return performance(session, request.filters, metric_key=options.metric.key, language=request.language)

    def build(self, rows: PerformanceRows, request: Request) -> PerformanceSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

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


FIGURE = PerformanceOverTime(draw, charts, Framing())
