"""Openness: model releases by openness and country in every quarter, with the days of the rules."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.openness import OpennessRows, openness
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.openness.build import build
from chipscape_desktop.figures.openness.options import OPTIONS
from chipscape_desktop.figures.timechart.hosting import TimeChart
from chipscape_desktop.figures.timechart.spec import TimeChartSpec


class Openness(TimeChart):
    """The figure `openness`; see `options` for what it takes."""

    name = "openness"
    title = N_("Openness")
    about = N_("Model releases by openness and country, with the dates of rules")
    options = OPTIONS
    read_by = frozenset[str]()

    def read(self, session: Reader, request: Request) -> OpennessRows:
        """Return the models that pass the filters, and the rules."""
        return openness(session, request.filters, language=request.language)

    def build(self, rows: OpennessRows, request: Request) -> TimeChartSpec:
        """Return what is shown, with the model behind every box."""
        return build(rows, request)


FIGURE = Openness()
