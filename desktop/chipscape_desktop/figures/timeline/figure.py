"""The timeline as the catalogue knows it."""

from dataclasses import replace

from chipscape_db.queries import Reader
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.timeline.arrange import caption_for, home, lay_out
from chipscape_desktop.figures.timeline.arrows import with_links
from chipscape_desktop.figures.timeline.build import build, shown_kinds
from chipscape_desktop.figures.timeline.pages import pages_of
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.figures.timeline.table import table_of_view
from chipscape_desktop.i18n import _


class TimelineFigure:
    """Who did what when, under which rules: lanes of dated records over a calendar axis."""

    name = "timeline"
    upright = True

    @property
    def title(self) -> str:
        """The figure's name in the language of the display."""
        return _("Timeline")

    def read(self, session: Reader, request: Request, *, many: int | None = None) -> object:
        """Return the rows that the figure needs; of *many* events and more (None: the usual number) as columns."""
        from chipscape_db.columns.size import MANY, count_events
        from chipscape_db.queries.event_links import event_links
        from chipscape_db.queries.footnotes import footnote_sources
        from chipscape_db.queries.timeline import SHOWABLE, timeline_rows
        from chipscape_db.queries.timeline_large import large_rows, rows_but_events

        filters, language, show = request.filters, request.language, shown_kinds(request)
        found = None
        if count_events(session.connection()) < (MANY if many is None else many):
            rows = timeline_rows(session, filters, language=language, show=show)
        elif "event" in (filters.kinds & frozenset(SHOWABLE) if filters.kinds else show):
            found = large_rows(session, filters, language=language, show=show)
            rows = found.rows
        else:
            rows = rows_but_events(session, filters, language=language, show=show)
        links = event_links(session, filters)
        if links:
            missing = {id_ for link in links for id_ in link.sources} - set(rows.sources)
            more = footnote_sources(session, missing) if missing else {}
            rows = replace(rows, links=links, sources=rows.sources | more)
        return rows if found is None else replace(found, rows=rows)

    def build(self, rows: object, request: Request) -> TimelineSpec:
        """Return what is shown; see `build.build` for the options."""
        from chipscape_db.queries.timeline import TimelineRows

        wanted = request.options.get("arrows", "all") != "none"
        if isinstance(rows, TimelineRows):
            return with_links(build(rows, request), rows.links, wanted=wanted)
        from chipscape_db.queries.timeline_large import LargeRows
        from chipscape_desktop.figures.timeline.large import build_large

        assert isinstance(rows, LargeRows)
        return with_links(build_large(rows, request), rows.rows.links, wanted=wanted)

    def home(self, spec: TimelineSpec) -> View:
        """Return the view that shows everything."""
        return home(spec)

    def caption(self, spec: TimelineSpec, view: View | None = None) -> Caption:
        """Return the words of a view, with the sources of the items in it."""
        return caption_for(spec, view)

    def record_ids(self, spec: TimelineSpec, view: View | None = None) -> tuple[str, ...]:
        """Return the ids of the records that stand in a view, each once, in the order of their dates."""
        import numpy as np

        view = view or home(spec)
        items = np.unique(spec.columns.item[spec.seen_in(view.x, view.y)])
        order = np.lexsort((*spec.by_id(items), spec.lows()[items]))
        return tuple(spec.ids[item] for item in items[order].tolist())

    def pages(
        self,
        spec: TimelineSpec,
        view: View,
        *,
        size: tuple[float, float],
        across: int,
        palette: Palette,
        measure: Measure,
    ) -> tuple[View, ...]:
        """Return the views of the pages of a print; see `pages.pages_of`."""
        return pages_of(spec, view, size=size, across=across, palette=palette, measure=measure)

    def table(self, spec: TimelineSpec) -> Table:
        """Return everything as a table."""
        return table_of_view(spec)

    def table_in_view(self, spec: TimelineSpec, view: View) -> Table:
        """Return what stands in a view as a table."""
        return table_of_view(spec, view)

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
