"""The domestic share: of the links to chips, how many lead to chips of one's own country, over time."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.domestic_share import ShareRows, domestic_share
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.domestic_share.build import build
from chipscape_desktop.figures.domestic_share.options import OPTIONS
from chipscape_desktop.figures.timechart.hosting import TimeChart
from chipscape_desktop.figures.timechart.spec import TimeChartSpec


class DomesticShare(TimeChart):
    """The figure `domestic-share`; see `options` for what it takes."""

    name = "domestic-share"
    title = N_("Domestic share")
    about = N_("How many of the links to chips lead to domestic ones, over time")
    options = OPTIONS
    read_by = frozenset[str]()

    def read(self, session: Reader, request: Request) -> ShareRows:
        """Return the links to chips with the countries of both ends, and the rules."""
        return domestic_share(session, request.filters, language=request.language)

    def build(self, rows: ShareRows, request: Request) -> TimeChartSpec:
        """Return what is shown, with the relationship behind every mark."""
        return build(rows, request)


FIGURE = DomesticShare()
