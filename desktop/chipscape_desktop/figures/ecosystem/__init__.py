"""The ecosystem map: records as nodes, the relationships that hold between them as edges."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.ecosystem import Asked, EcosystemRows, ecosystem
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.ecosystem.arrange import arrange
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.layout import Layouts
from chipscape_desktop.figures.ecosystem.options import parse
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec, home_of
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure


class Ecosystem:
    """The figure `ecosystem`; see `options` for what it takes. The view is in units of the layout, y downwards."""

    name = "ecosystem"
    title = N_("Ecosystem map")

    def __init__(self) -> None:
        self._layouts = Layouts()

    def read(self, session: Reader, request: Request) -> EcosystemRows:
        """Return the records that pass the filters and the relationships between them."""
        options = parse(request.options)
        return ecosystem(
            session, request.filters, language=request.language, always=options.center,
            asked=Asked(options.arrangement, options.metric, options.clock, options.since),
        )  # fmt: skip

    def build(self, rows: EcosystemRows, request: Request) -> EcosystemSpec:
        """Return the map with every node at its place; a window calls `draft` and, on a worker, `arrange` instead."""
        spec = arrange(draft(rows, request))
        ask = parse(request.options).ask
        if not ask:
            return spec
        # The graph library is wanted for questions only.
        from chipscape_desktop.figures.ecosystem.answered import answered
        from chipscape_desktop.figures.ecosystem.asked import asked

        return answered(spec, asked(rows, ask, request.filters))

    def home(self, spec: EcosystemSpec) -> View:
        """Return the view that shows every node."""
        return home_of(spec)

    def layout(
        self,
        spec: EcosystemSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for that size and view, the same for screen and export."""
        return self._layouts.draw(spec, size, palette=palette, measure=measure, view=view or home_of(spec))


FIGURE = Ecosystem()
