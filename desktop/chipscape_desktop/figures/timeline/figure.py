"""The timeline as the catalogue knows it."""

from chipscape_db.queries import Reader
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.timeline.arrange import caption_for, home, lay_out
from chipscape_desktop.figures.timeline.build import build, shown_kinds
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import _


class TimelineFigure:
    """Who did what when, under which rules: lanes of dated records over a calendar axis."""

    name = "timeline"

    @property
    def title(self) -> str:
        """The figure's name in the language of the display."""
        return _("Timeline")

    def read(self, session: Reader, request: Request) -> object:
        """Return the rows that the figure needs."""
        from chipscape_db.queries.timeline import timeline_rows

        return timeline_rows(session, request.filters, language=request.language, show=shown_kinds(request))

    def build(self, rows: object, request: Request) -> TimelineSpec:
        """Return what is shown; see `build.build` for the options."""
        from chipscape_db.queries.timeline import TimelineRows

        assert isinstance(rows, TimelineRows)
        return build(rows, request)

    def home(self, spec: TimelineSpec) -> View:
        """Return the view that shows everything."""
        return home(spec)

    def caption(self, spec: TimelineSpec, view: View | None = None) -> Caption:
        """Return the words of a view, with the sources of the items in it."""
        return caption_for(spec, view)

    def layout(
        self,
        spec: TimelineSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for a size and a view."""
        return lay_out(spec, size=size, palette=palette, measure=measure, view=view)
