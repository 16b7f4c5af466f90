"""Models over time: training compute, parameters and the like by release date, and how fast they double."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import PerformanceRows, performance
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.models_over_time.build import build
from chipscape_desktop.figures.models_over_time.options import OPTIONS, parse
from chipscape_desktop.figures.timechart.hosting import TimeChart
from chipscape_desktop.figures.timechart.spec import TimeChartSpec


class ModelsOverTime(TimeChart):
    """The figure `models-over-time`; see `options` for what it takes."""

    name = "models-over-time"
    title = N_("Models over time")
    about = N_("Training compute and parameters by release date, with doubling times")
    options = OPTIONS
    read_by = frozenset(("show",))

    def read(self, session: Reader, request: Request) -> tuple[PerformanceRows, ...]:
        """Return, for each metric that is shown, the models that pass the filters, with their claims."""
        keys = parse(request.options).metrics
        return tuple(performance(session, request.filters, metric_key=key, language=request.language) for key in keys)

    def build(self, rows: tuple[PerformanceRows, ...], request: Request) -> TimeChartSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)


FIGURE = ModelsOverTime()
