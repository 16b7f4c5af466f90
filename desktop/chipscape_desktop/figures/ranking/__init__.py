"""Ranking: one quantity of chips as bars, the best first, with the range of the claims."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.performance.valued import Valued
from chipscape_desktop.figures.ranking.build import build
from chipscape_desktop.figures.ranking.layout import draw
from chipscape_desktop.figures.ranking.native import charts
from chipscape_desktop.figures.ranking.options import OPTIONS, parse
from chipscape_desktop.figures.ranking.spec import RankingSpec


class Ranking(Valued[RankingSpec]):
    """The figure `ranking`; see `options` for what it takes. View.y counts rows downwards: row i is at -i to -i-1."""

    name = "ranking"
    title = N_("Ranking")
    about = N_("Chips by one figure, sorted, with the range of the claims")
    options = OPTIONS
    upright = True
    value_axis = "x"
    read_by = frozenset(("metric",))

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips that pass the filters, with the claims that the quantity needs."""
        keys = parse(request.options).quantity.inputs
        return performance_of_several(session, request.filters, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> RankingSpec:
        """Return what is shown, with the claims behind every bar."""
        return build(rows, request)


FIGURE = Ranking(draw, charts)
