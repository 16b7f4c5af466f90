"""Export control: chips on the plane of the rule in force, with its regions and the trail of what was cut down."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.export_control import ExportFacts, export_facts
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.export_control.build import build
from chipscape_desktop.figures.export_control.layout import draw
from chipscape_desktop.figures.export_control.options import OPTIONS
from chipscape_desktop.figures.export_control.spec import ExportSpec
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.layout.framing import Framing, is_small
from chipscape_desktop.figures.layout.plotted import Plotted
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure

_SOURCE_ROWS = 8  # over all columns: a plane wants height, and every exported file lists the sources in full


def _framed(caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
    """Return the words around the plane."""
    return compose(caption, size, palette, measure, compact=is_small(size), source_rows=_SOURCE_ROWS)


class ExportControl(Plotted[ExportSpec]):
    """The figure `export-control`; see `options` for what it takes. View.x and View.y are powers of ten."""

    name = "export-control"
    title = N_("Export control")
    about = N_("Which chips the rule in force on the as-of date binds")
    options = OPTIONS
    read_by = frozenset[str]()
    takes_focus = True

    def read(self, session: Reader, request: Request) -> ExportFacts:
        """Return every chip with the claims that were known, and the rules."""
        return export_facts(session, language=request.language, as_of=request.filters.as_of).measure_all()

    def build(self, rows: ExportFacts, request: Request) -> ExportSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)


FIGURE = ExportControl(draw, Framing(_framed))
