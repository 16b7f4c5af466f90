"""The timeline screen: reads what the filters let through, shows it on a canvas, passes choices on."""

from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QCursor, QStatusTipEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.snapping import UNITS
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import language
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.deferring import Deferred
from chipscape_desktop.views.plot_range import Limits
from chipscape_desktop.views.timeline import memory
from chipscape_desktop.views.timeline.cards import card
from chipscape_desktop.views.timeline.choices import Choices
from chipscape_desktop.views.timeline.dragging import BesideLanes, FirstOf
from chipscape_desktop.views.timeline.editing import EventEditing
from chipscape_desktop.views.timeline.empty import EmptyTimeline
from chipscape_desktop.views.timeline.events import EventMenus
from chipscape_desktop.views.timeline.finder import Finder
from chipscape_desktop.views.timeline.fingers import Fingers
from chipscape_desktop.views.timeline.gestures import Gestures
from chipscape_desktop.views.timeline.headers import LaneHeaders
from chipscape_desktop.views.timeline.keys import TimelineKeys
from chipscape_desktop.views.timeline.lists import LaneList, RuleList
from chipscape_desktop.views.timeline.memory import Kept
from chipscape_desktop.views.timeline.overlays import Overlays
from chipscape_desktop.views.timeline.panel import TimelinePanel
from chipscape_desktop.views.timeline.reading import read, read_first
from chipscape_desktop.views.timeline.related import RelatedMarks
from chipscape_desktop.views.timeline.supply import Supply
from chipscape_desktop.views.timeline.table_page import TablePage
from chipscape_desktop.views.timeline.travel import Travel
from chipscape_desktop.views.timeline.waiting import WaitingPage
from chipscape_desktop.workspace import Selection, Workspace

_YEAR = 365.25
_WIDEST = 200 * _YEAR


class TimelineView(QWidget):
    """Who did what when, under which rules; *many* events and more (None: the usual number) are held as columns."""

    figure_name = "timeline"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, many: int | None = None) -> None:
        super().__init__(parent)
        self.workspace, self._many = workspace, many
        self._spec: TimelineSpec | None = None
        self._base_id: str | None = None
        self.panel = TimelinePanel(self)
        self.canvas = FigureCanvas(zoom_axes="x", y_down=True, parent=self)
        self.table_page = TablePage(workspace, self)
        self.table = self.table_page.table
        self.empty = EmptyTimeline(self)
        self.stack = QStackedWidget(self)
        for page in (self.canvas, self.table_page, self.empty):
            self.stack.addWidget(page)
        self.waiting = WaitingPage(self.stack, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.canvas)
        self.travel = Travel(self.canvas, self)
        self.editing = EventEditing(workspace, self.canvas, self)
        self.related = RelatedMarks()
        self.supply = Supply(workspace, self)
        self._beside = BesideLanes(self.canvas)
        self.gestures = Gestures(self.canvas, self.travel, self._beside, self)
        self.fingers = Fingers(self.canvas, self.travel, self.gestures, self)
        self.headers = LaneHeaders(workspace, self.canvas, self.panel, self.gestures, parent=self)
        self.events = EventMenus(workspace, self.canvas, self.editing, self.travel, parent=self)
        self.finder = Finder(workspace, self.travel, self.panel, self)
        self.keys = TimelineKeys(self)
        self.lane_list = LaneList(self)
        self.rule_list = RuleList(self)
        self.canvas.set_dragging(FirstOf((self._beside, self.headers, self.editing)))
        self.canvas.set_card(self._card)
        self.canvas.set_keys(self.keys.pressed)
        self.overlays = Overlays(self.canvas, self.related, headers=self.headers, editing=self.editing)
        self.canvas.set_overlay(self.overlays.paint)
        self._follow_theme()
        self._connect()
        self._selected(workspace.selection)
        self.reload()

    def _connect(self) -> None:
        self.panel.changed.connect(self._choices_changed)
        self.panel.jumped.connect(self.go_to)
        self.panel.fitted.connect(self.canvas.go_home)
        self.panel.zoomed.connect(self.canvas.zoom)
        self.panel.went.connect(self._went)
        self.panel.lanes_wanted.connect(self.open_lanes)
        self.panel.rules_wanted.connect(self.open_rules)
        self.panel.left.connect(self.canvas.setFocus)
        self.panel.table_wanted.connect(self.show_table)
        self.panel.editing_wanted.connect(self._allow_editing)
        self.panel.snap_wanted.connect(self._snap_to)
        self.panel.reset_wanted.connect(self.reset_choices)
        self.editing.told.connect(self._tell)
        self.lane_list.changed.connect(self.panel.choose_wishes)
        self.rule_list.chosen.connect(self.panel.choose_bands)
        self.events.lane_menu_wanted.connect(self.headers.open_menu)
        self.headers.wishes_wanted.connect(self.panel.choose_wishes)
        self.fingers.pinched.connect(self.editing.give_up)
        self.fingers.pinched.connect(self.headers.give_up)
        self.travel.visited_changed.connect(self._visited_changed)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        self.canvas.menu_wanted.connect(self.events.open_menu)
        self.canvas.view_changed.connect(self._view_changed)
        self.table_page.opened.connect(self._activated)
        self.supply.supplied.connect(self._supplied)
        self.supply.days_found.connect(self.travel.fit)
        self.empty.clear_wanted.connect(self._clear_filters)
        self.empty.show_wanted.connect(self._show_everything)
        workspace = self.workspace
        workspace.filters_changed.connect(self._filters_changed)
        self.fresh = Deferred(self, self.reload)
        workspace.changed.connect(self._base_changed)
        workspace.opened.connect(self._opened)
        workspace.failed.connect(self.waiting.end)
        workspace.selection_changed.connect(self._selected)
        theme().changed.connect(self._follow_theme)
        self._visited_changed()

    # What the shell asks

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through."""
        return [self.panel, self.stack]

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
        """Return what is shown, None until it is there; of a large base as it is for those who may wait for more."""
        return self.supply.whole

    # Reading

    def reload(self) -> None:
        """Read again what the filters let through."""
        if self.workspace.base is None:
            return
        if self._base_id is None:
            self.waiting.begin(self.workspace.base.path.name)
            first = partial(read_first, self.workspace.filters, language(), self._many)
            self.workspace.query(first, self._show_first, key="timeline")
            return
        request = self.current_request()
        self.workspace.query(partial(read, request, self._many), self._show, key="timeline")

    def _show_first(self, found: tuple[str, Kept, TimelineSpec]) -> None:
        """Take up what was chosen for this fact base before, and show it."""
        base_id, kept, spec = found
        self.panel.take_up(kept)
        self._base_id = base_id
        self._show(spec)

    def reset_choices(self) -> None:
        """Show the timeline as a new fact base has it: usual lanes, bands, snapping and editing."""
        self.panel.take_up(Kept())
        self._keep()
        self.reload()

    def _keep(self) -> None:
        if self._base_id:
            memory.save(self._base_id, self.panel.kept())

    def _show(self, spec: TimelineSpec) -> None:
        before = self._spec
        self.waiting.end()
        view = self.canvas.view()
        # Whoever looks at everything goes on doing so; whoever came closer stays where they are.
        at_home = before is None or _close(view, FIGURE.home(before))
        lanes = None if before is None else [(lane.key, lane.height) for lane in before.lanes]
        spec = self._spec = self.supply.take(spec)
        for each in (
            self._beside, self.travel, self.editing, self.related, self.gestures, self.headers, self.finder,
            self.events, self.overlays,
        ):  # fmt: skip
            each.spec = spec
        home = FIGURE.home(spec)
        low, high = min(home.x[0], spec.extent[0]), max(home.x[1], spec.extent[1])
        self.canvas.set_limits(
            Limits(low - _WIDEST / 2, high + _WIDEST / 2, 1.0, _WIDEST),
            Limits(0.0, spec.height, min(1.0, spec.height)),
        )
        self.canvas.set_layout(self._lay_out, home=home)
        if at_home:
            self.canvas.set_view(home)
        elif sorted(lanes or ()) != sorted((lane.key, lane.height) for lane in spec.lanes):
            self.canvas.set_view(View(view.x, home.y))
        self.headers.follow()
        if before is None:
            self.travel.arrive()
        if self.lane_list.isVisible():
            self.lane_list.show_lanes(spec.known_lanes, self.panel.choices().wishes)
        self._fill()

    def _fill(self) -> None:
        """Show the figure, its table, or why there is nothing."""
        spec = self._spec
        if spec is None:
            return
        if not len(spec.columns):
            self.empty.explain(self.workspace.filters)
            self.stack.setCurrentWidget(self.empty)
        elif self.panel.table.isChecked():
            self.table_page.show_view(spec, self.supply.whole or spec, self.canvas.view())
            self.stack.setCurrentWidget(self.table_page)
        else:
            self.stack.setCurrentWidget(self.canvas)

    def _lay_out(self, view: View, size: tuple[float, float]) -> Drawing:
        assert self._spec is not None
        return FIGURE.layout(self._spec, size=size, palette=current_palette(), measure=default_measure(), view=view)

    def _supplied(self) -> None:
        """Show what is known by now: sources, the card that is open, what belongs together, the cells of the table."""
        self.canvas.relayout()
        pointed = self.canvas.rings.hovered
        self.canvas.card.renew("" if pointed is None else self._card(pointed))
        self.table.renew()

    # Moving about

    def go_to(self, date: PartialDate) -> None:
        """Bring a date into view; see `Travel.go_to`."""
        self.travel.go_to(date)

    def zoom_to(self, ids: tuple[str, ...]) -> bool:
        """Bring the items with these ids into view; see `Travel.zoom_to`."""
        return self.travel.zoom_to(ids)

    def fit_selection(self) -> bool:
        """Bring what is selected into view: itself, or the events that it took part in; say whether there is any."""
        selection, spec = self.workspace.selection, self._spec
        if selection is None or spec is None:
            return False
        if spec.place_of(selection.id) >= 0:
            return self.travel.zoom_to((selection.id,), anyway=True)
        if spec.is_large:
            self.supply.find_days(selection.id)
            return True
        return self.travel.zoom_to(spec.kin.events_of(selection.id), anyway=True)

    def open_lanes(self) -> None:
        """Open the list of lanes."""
        if self._spec is not None:
            self.lane_list.show_lanes(self._spec.known_lanes, self.panel.choices().wishes)
            self.lane_list.open_under(self.panel.lane_list)

    def open_rules(self) -> None:
        """Open the list of rules."""
        if self._spec is not None:
            self.rule_list.show_rules(self._spec.known_rules, frozenset(self.panel.choices().bands))
            self.rule_list.open_under(self.panel.show_button)

    def show_table(self, shown: bool) -> None:
        """Show what is in view as a table, or as the figure again."""
        self.panel.table.setChecked(shown)
        self._fill()
        (self.table if self.stack.currentWidget() is self.table_page else self.canvas).setFocus()

    def _went(self, by: int) -> None:
        (self.travel.back if by < 0 else self.travel.forward)()

    def _visited_changed(self) -> None:
        self.panel.back.setEnabled(self.travel.visited.can(-1))
        self.panel.forward.setEnabled(self.travel.visited.can(1))

    def _view_changed(self, _view: View) -> None:
        self.canvas.card.hide()  # what it was about is no longer under the pointer
        if self.stack.currentWidget() is self.table_page:
            self._fill()

    def _allow_editing(self, allowed: bool) -> None:
        self.editing.allowed = allowed
        self._keep()

    def _snap_to(self, unit: str) -> None:
        self.editing.chosen = next((each for each in UNITS if each == unit), None)
        self._keep()

    def _tell(self, text: str) -> None:
        """Say something in the status line of the window, until the next thing is said."""
        QCoreApplication.sendEvent(self, QStatusTipEvent(text))

    # Choosing

    def _card(self, ref: Ref) -> str:
        return "" if self._spec is None else card(self._spec, ref)

    def _activated(self, ref: Ref) -> None:
        if ref.kind == "cluster":
            if not self.travel.zoom_to(ref.ids):  # too close together to be told apart by zooming
                place = QCursor.pos() if self.canvas.underMouse() else self.mapToGlobal(QPoint(40, 80))
                self.events.list_members(ref, place)
        elif ref.ids:
            self.workspace.select(Selection("relationship" if ref.kind == "relationship" else "record", ref.ids[0]))

    def _double_clicked(self, ref: Ref | None, x: float, y: float) -> None:
        if self.headers.double_clicked(x, y):
            return
        if ref is not None and ref.kind != "band":
            self.travel.zoom_to(ref.ids, anyway=ref.kind == "record")
        elif not self.events.add_at(x, y):
            day, _unit = self.canvas.to_data(x, y)
            view = self.canvas.view()
            half = (view.x[1] - view.x[0]) / 4
            self.canvas.set_view(View((day - half, day + half), view.y))

    # What changes around

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force: names and dates are read anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()
        super().changeEvent(event)

    def _choices_changed(self, _choices: Choices) -> None:
        self._keep()
        self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self.reload()

    def _base_changed(self, summary: Any) -> None:
        from chipscape_db.queries.timeline import TABLES

        if TABLES & summary.tables:
            self.fresh.ask()

    def _opened(self, _base: object) -> None:
        self._spec, self._base_id = None, None
        self.supply.forget()
        self.travel.forget()
        self.reload()

    def _selected(self, selection: Selection | None) -> None:
        chosen = selection is not None and selection.kind == "record"
        ids = frozenset({selection.id}) if chosen and selection else frozenset()
        self.canvas.set_selected(ids)
        if self.stack.currentWidget() is self.table_page:
            self.table_page.follow(selection)

    def _follow_theme(self, _palette: object = None) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()

    def _clear_filters(self) -> None:
        self.workspace.set_filters(Filters())

    def _show_everything(self) -> None:
        self.panel.choose(Choices(self.panel.choices().lanes, ("events", "chips", "models", "software", "policies")))


def _close(one: View, other: View) -> bool:
    """Say whether two views are the same but for rounding."""
    span = max(other.x[1] - other.x[0], 1.0)
    return all(abs(a - b) < 0.002 * span for a, b in zip(one.x, other.x, strict=True))
