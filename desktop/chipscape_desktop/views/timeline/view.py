"""The timeline screen: reads what the filters let through, shows it on a canvas, passes choices on."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate, day_number
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.arrange import units_that_fit
from chipscape_desktop.figures.timeline.spans import OPEN
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import language
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.cards import card
from chipscape_desktop.views.timeline.dragging import BesideLanes, part
from chipscape_desktop.views.timeline.empty import EmptyTimeline
from chipscape_desktop.views.timeline.panel import Choices, TimelinePanel
from chipscape_desktop.workspace import Selection, Workspace

_YEAR = 365.25
_WIDEST = 200 * _YEAR
_MENU = 12


class TimelineView(QWidget):
    """Who did what when, under which rules."""

    figure_name = "timeline"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._spec: TimelineSpec | None = None
        self.panel = TimelinePanel(self)
        self.canvas = FigureCanvas(zoom_axes="x", y_down=True, parent=self)
        self.empty = EmptyTimeline(self)
        self._beside = BesideLanes(self.canvas)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.canvas)
        self.canvas.set_dragging(self._beside)
        self.canvas.set_card(self._card)
        self.canvas.viewport().installEventFilter(self)
        self._follow_theme()
        self.panel.changed.connect(self._choices_changed)
        self.panel.jumped.connect(self.go_to)
        self.panel.fitted.connect(self.canvas.go_home)
        self.panel.zoomed.connect(self.canvas.zoom)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        self.empty.clear_wanted.connect(self._clear_filters)
        self.empty.show_wanted.connect(self._show_everything)
        workspace.filters_changed.connect(self._filters_changed)
        workspace.changed.connect(self._base_changed)
        workspace.opened.connect(self._opened)
        workspace.selection_changed.connect(self._selected)
        theme().changed.connect(self._follow_theme)
        self._selected(workspace.selection)
        self.reload()

    # What the shell asks

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        return Request(self.workspace.filters, language(), self.panel.choices().options())

    def current_view(self) -> View:
        """Return the part in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> TimelineSpec | None:
        """Return what is shown, None until it is there."""
        return self._spec

    # Reading

    def reload(self) -> None:
        """Read again what the filters let through."""
        if self.workspace.base is None:
            return
        request = self.current_request()
        self.workspace.query(partial(_read, request), self._show, key="timeline")

    def _show(self, spec: TimelineSpec) -> None:
        before = self._spec
        view = self.canvas.view()
        # Whoever looks at everything goes on doing so; whoever came closer stays where they are.
        at_home = before is None or _close(view, FIGURE.home(before))
        lanes = None if before is None else [lane.title for lane in before.lanes]
        self._spec = self._beside.spec = spec
        home = FIGURE.home(spec)
        low, high = min(home.x[0], spec.extent[0]), max(home.x[1], spec.extent[1])
        self.canvas.set_limits(
            xMin=low - _WIDEST / 2, xMax=high + _WIDEST / 2, minXRange=1.0, maxXRange=_WIDEST, yMin=0.0,
            yMax=spec.height, minYRange=min(1.0, spec.height),
        )  # fmt: skip
        self.canvas.set_layout(self._lay_out, home=home)
        if at_home:
            self.canvas.set_view(home)
        elif lanes != [lane.title for lane in spec.lanes]:
            self.canvas.set_view(View(view.x, home.y))
        if spec.ids:
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.empty.explain(self.workspace.filters)
            self.stack.setCurrentWidget(self.empty)

    def _lay_out(self, view: View, size: tuple[float, float]) -> Drawing:
        assert self._spec is not None
        return FIGURE.layout(self._spec, size=size, palette=current_palette(), measure=default_measure(), view=view)

    # Moving about

    def go_to(self, date: PartialDate) -> None:
        """Bring a date into view: a year or month fills most of it, a day stands in the middle of two months."""
        known = [day_number(day) for day in (date.earliest, date.latest) if day is not None]
        low, high = min(known), max(known) + 1
        span = max((high - low) * 1.3, 60.0)
        middle = (low + high) / 2
        self.canvas.set_view(View((middle - span / 2, middle + span / 2), self.canvas.view().y))

    def zoom_to(self, ids: tuple[str, ...]) -> bool:
        """Bring the items with these ids into view; False when that would change next to nothing."""
        spec = self._spec
        if spec is None:
            return False
        wanted = set(ids)
        places = [place for place, id_ in enumerate(spec.ids) if id_ in wanted]
        rows = [row for row, item in enumerate(spec.columns.item.tolist()) if item in set(places)]
        if not rows:
            return False
        low = max(float(spec.columns.low[rows].min()), spec.extent[0])
        ends = [end if end < OPEN else low + 1 for end in spec.columns.high[rows].tolist()]
        high = max(ends)
        view = self.canvas.view()
        span = max((high - low) * 1.6, 10.0)
        if span > 0.7 * (view.x[1] - view.x[0]):
            return False
        middle = (low + high) / 2
        self.canvas.set_view(View((middle - span / 2, middle + span / 2), view.y))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel stretch (Ctrl) or move (Shift, or over the headers) the lanes, and a press move the minimap."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if event.button() == Qt.MouseButton.LeftButton:
                self._beside.press(event.position().x(), event.position().y())
            return super().eventFilter(watched, event)
        if isinstance(event, QWheelEvent) and self._spec is not None:
            point = event.position()
            headers = part(self.canvas.drawing(), "headers")
            over_headers = headers is not None and headers.contains(point.x(), point.y())
            steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._stretch_lanes(0.8**steps, point.y())
                return True
            if over_headers or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._move_lanes(-steps * 0.12)
                return True
        return super().eventFilter(watched, event)

    def _stretch_lanes(self, factor: float, at: float) -> None:
        view, spec = self.canvas.view(), self._spec
        drawing = self.canvas.drawing()
        if spec is None or drawing is None:
            return
        now = self._units_in_view()
        span = min(max(now * factor, 1.0), spec.height)
        share = min(max((at - drawing.plot.y) / max(drawing.plot.height, 1.0), 0.0), 1.0)
        top = view.y[0] + (now - span) * share
        top = min(max(top, 0.0), spec.height - span)
        self.canvas.set_view(View(view.x, (top, top + span)))

    def _move_lanes(self, share: float) -> None:
        view, spec = self.canvas.view(), self._spec
        if spec is None:
            return
        span = self._units_in_view()
        top = min(max(view.y[0] + share * span, 0.0), max(0.0, spec.height - span))
        self.canvas.set_view(View(view.x, (top, top + span)))

    def _units_in_view(self) -> float:
        """Return how much of the lanes is really seen: less than the view where all of them would be too low."""
        view, drawing = self.canvas.view(), self.canvas.drawing()
        if self._spec is None or drawing is None:
            return view.y[1] - view.y[0]
        return min(view.y[1] - view.y[0], units_that_fit(self._spec, drawing.plot.height))

    # Choosing

    def _card(self, ref: Ref) -> str:
        return "" if self._spec is None else card(self._spec, ref)

    def _activated(self, ref: Ref) -> None:
        if ref.kind == "cluster":
            if not self.zoom_to(ref.ids):
                self._list(ref)
        elif ref.ids:
            self.workspace.select(Selection("record", ref.ids[0]))

    def _double_clicked(self, ref: Ref | None, x: float, _y: float) -> None:
        if ref is not None and ref.kind != "band":
            self.zoom_to(ref.ids)
            return
        day, _unit = self.canvas.to_data(x, _y)
        view = self.canvas.view()
        half = (view.x[1] - view.x[0]) / 4
        self.canvas.set_view(View((day - half, day + half), view.y))

    def _list(self, ref: Ref) -> None:
        """List the members of a cluster whose events lie too close together to be told apart by zooming."""
        spec = self._spec
        if spec is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = dict(zip(spec.ids, spec.titles, strict=True))
        for id_ in ref.ids[:_MENU]:
            menu.addAction(titles[id_]).setData(id_)
        menu.triggered.connect(self._picked)
        menu.popup(QCursor.pos() if self.canvas.underMouse() else self.mapToGlobal(QPoint(40, 80)))

    def _picked(self, action: Any) -> None:
        self.workspace.select(Selection("record", action.data()))

    # What changes around

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force: names and dates are read anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()
        super().changeEvent(event)

    def _choices_changed(self, _choices: Choices) -> None:
        self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self.reload()

    def _base_changed(self, summary: Any) -> None:
        from chipscape_db.queries.timeline import TABLES

        if TABLES & summary.tables:
            self.reload()

    def _opened(self, _base: object) -> None:
        self._spec = None
        self.reload()

    def _selected(self, selection: Selection | None) -> None:
        chosen = selection is not None and selection.kind == "record"
        self.canvas.set_selected(frozenset({selection.id}) if chosen and selection else frozenset())

    def _follow_theme(self, _palette: object = None) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()

    def _clear_filters(self) -> None:
        self.workspace.set_filters(Filters())

    def _show_everything(self) -> None:
        self.panel.choose(Choices(self.panel.choices().lanes, ("events", "chips", "models", "software", "policies")))


def _read(request: Request, session: Any) -> TimelineSpec:
    return FIGURE.build(FIGURE.read(session, request), request)


def _close(one: View, other: View) -> bool:
    """Say whether two views are the same but for rounding."""
    span = max(other.x[1] - other.x[0], 1.0)
    return all(abs(a - b) < 0.002 * span for a, b in zip(one.x, other.x, strict=True))
