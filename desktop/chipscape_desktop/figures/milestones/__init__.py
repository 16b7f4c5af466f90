"""Milestones compared: organizations mirrored around one calendar axis, with the lags between what both reached."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.milestones.build import CompareRows, build
from chipscape_desktop.figures.milestones.layout import lay_out
from chipscape_desktop.figures.milestones.options import OPTIONS, READ_BY, parse
from chipscape_desktop.figures.milestones.spec import MilestonesSpec
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure

MOST_EVENTS = 5_000
"""Of more events only the most important are drawn, each by itself."""


class Milestones:
    """The figure `milestones`; see `options` for what it takes. View.x is in days since 1970-01-01."""

    name = "milestones"
    title = N_("Milestones compared")
    about = N_("Organizations mirrored around one axis, with the months between the same milestones")
    options = OPTIONS
    read_by = READ_BY
    zoom_axes = "x"

    def read(self, session: Reader, request: Request) -> CompareRows:
        """Return what the organizations reached and did."""
        from dataclasses import replace

        from chipscape_db.columns.size import is_large
        from chipscape_db.queries.briefs import briefs_but_events
        from chipscape_db.queries.milestones import milestones
        from chipscape_db.queries.timeline import timeline_rows
        from chipscape_db.queries.timeline_large import foremost_rows

        wanted = parse(request.options).organizations
        by_slug = {
            brief.slug: brief
            for brief in briefs_but_events(session, language=request.language).values()
            if brief.kind == "organization"
        }
        found = [by_slug[slug] for slug in wanted if slug in by_slug]
        ids = [brief.id for brief in found]
        # Whose events are wanted is the figure's own choice; the other filters hold as everywhere.
        filters = replace(request.filters, organizations=frozenset(ids), kinds=frozenset())
        if is_large(session.connection()):
            events, left_out = foremost_rows(session, filters, language=request.language, most=MOST_EVENTS)
        else:
            events, left_out = timeline_rows(session, filters, language=request.language), 0
        return CompareRows(
            tuple((brief.id, brief.slug, brief.name, brief.country) for brief in found),
            milestones(session, ids, language=request.language, as_of=request.filters.as_of),
            events,
            left_out,
        )

    def build(self, rows: CompareRows, request: Request) -> MilestonesSpec:
        """Return what is compared."""
        return build(rows, request)

    def home(self, spec: MilestonesSpec) -> View:
        """Return the view that shows everything."""
        return spec.home

    def table(self, spec: MilestonesSpec) -> Table:
        """Return the milestones and lags as a table."""
        return spec.table

    def layout(
        self,
        spec: MilestonesSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for a size and a view."""
        return lay_out(spec, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = Milestones()
