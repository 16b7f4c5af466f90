"""The ecosystem screen: reads what the filters let through, has it arranged, shows it, passes choices on."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.cards import card
from chipscape_desktop.views.ecosystem.dragging import NodeDragging
from chipscape_desktop.views.ecosystem.empty import EmptyMap, Why
from chipscape_desktop.views.ecosystem.finding import brought_into, next_edge, nodes_of, shows_just
from chipscape_desktop.views.ecosystem.panel import EcosystemPanel
from chipscape_desktop.views.ecosystem.places import Place, Places
from chipscape_desktop.workspace import Activity, Job, Selection, Workspace

_HOVER_MS = 50
_LOADING_MS = 300
_MOST_DIMMED = 3_000  # nodes; to dim more than that under a moving pointer would be a flicker
_CLOSEST, _FARTHEST = 1.5, 3.0  # the narrowest view in units of the layout, the widest in widths of the map


class EcosystemView(QWidget):
    """Who makes, supplies, uses, funds and restricts what.

    Keys besides the canvas's: F shows the neighbourhood of the selected record, Escape the whole map, P pins a record
    or lets it go, E goes through the relationships of the selected record, R arranges anew.
    """

    figure_name = "ecosystem"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._spec: EcosystemSpec | None = None
        self._hovered: Ref | None = None
        self._walked = NOWHERE
        self._places = Places()
        self._job: Job | None = None
        self.panel = EcosystemPanel(self)
        self.canvas = FigureCanvas(y_down=True, lock_aspect=True, snapshot_while_moving=True, parent=self)
        self.empty = EmptyMap(self)
        self._dragging = NodeDragging(self.canvas)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.canvas)
        self._dimming = self._timer(_HOVER_MS, self._dim)
        self._loading = self._timer(_LOADING_MS, self._show_loading)
        self.canvas.set_dragging(self._dragging)
        self.canvas.set_card(self._card)
        self._connect()
        self._follow_theme()
        self._selected(workspace.selection)
        self.reload()

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _connect(self) -> None:
        self._dragging.dragged.connect(self._dragged)
        self._dragging.dropped.connect(self._dropped)
        self.panel.changed.connect(self._options_changed)
        self.panel.center_wanted.connect(self.center_on_selection)
        self.panel.arrange_wanted.connect(self.arrange_anew)
        self.panel.fitted.connect(self.canvas.go_home)
        self.panel.zoomed.connect(self.canvas.zoom)
        self.canvas.hovered.connect(self._point_at)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        self.canvas.menu_wanted.connect(self._offer)
        self.empty.wanted.connect(self._helped)
        self.workspace.filters_changed.connect(self._filters_changed)
        self.workspace.changed.connect(self._base_changed)
        self.workspace.opened.connect(self._opened)
        self.workspace.selection_changed.connect(self._selected)
        self.workspace.activity_changed.connect(self._activity_changed)
        theme().changed.connect(self._follow_theme)

    # What the shell asks

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        return Request(self.workspace.filters, language(), self.panel.options())

    def current_view(self) -> View:
        """Return the part in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> EcosystemSpec | None:
        """Return the map with the positions on the screen, None until it is there."""
        return self._spec

    # Reading and arranging

    def reload(self) -> None:
        """Read again what the filters let through; records that stay keep their places."""
        if self.workspace.base is None:
            return
        if self._spec is None:
            self._loading.start()
        self.workspace.query(partial(_read, self.current_request()), self._drafted, key="ecosystem")

    def arrange_anew(self) -> None:
        """Let go of every place and lay the map out afresh."""
        self._places.turn_to(self.panel.read())
        self._places.forget()
        self.reload()

    def _drafted(self, spec: EcosystemSpec) -> None:
        self._places.turn_to(self.panel.read())
        work = partial(_arrange, spec, self._places.pinned, self._places.before)
        self._job = self.workspace.compute(work, self._show, key="ecosystem-layout", text=_("Arranging the map"))

    def _show(self, spec: EcosystemSpec) -> None:
        before = self._spec
        # Whoever looks at everything goes on doing so; whoever came closer stays where they are.
        at_home = (
            before is None
            or self._center_of(before) != self._center_of(spec)
            or shows_just(self.canvas.view(), FIGURE.home(before))
        )
        self._loading.stop()
        self._job = None
        self._spec = spec
        self._hovered = None
        self._places.remember(spec)
        home = FIGURE.home(spec)
        self.canvas.set_limits(minXRange=_CLOSEST, maxXRange=_FARTHEST * max(home.x[1] - home.x[0], 10.0))
        self.canvas.set_layout(self._lay_out, home=home)
        if at_home:
            self.canvas.set_view(home)
        if spec.nodes:
            self.stack.setCurrentWidget(self.canvas)
        else:
            self._explain("filtered" if self.workspace.filters.active or self.workspace.filters.as_of else "no-facts")
        self._mark(self.workspace.selection)

    @staticmethod
    def _center_of(spec: EcosystemSpec) -> str:
        return spec.nodes[spec.center].id if spec.center >= 0 else ""

    def _lay_out(self, view: View, size: tuple[float, float]) -> Drawing:
        assert self._spec is not None
        spec = self._spec
        focus = NOWHERE
        if self._hovered is not None and self._hovered.kind == "record" and len(spec.nodes) <= _MOST_DIMMED:
            focus = spec.number_of(self._hovered.ids[0])
        selection = self.workspace.selection
        marked = spec.edge_of(selection.id) if selection is not None and selection.kind == "relationship" else NOWHERE
        if focus != NOWHERE or marked != NOWHERE:
            spec = replace(spec, focus=focus if focus != NOWHERE else spec.focus, marked=marked)
        return FIGURE.layout(spec, size=size, palette=current_palette(), measure=default_measure(), view=view)

    # Pointing and choosing

    def _card(self, ref: Ref) -> str:
        return "" if self._spec is None else card(self._spec, ref)

    def _point_at(self, ref: Ref | None) -> None:
        record = ref if ref is not None and ref.kind == "record" else None
        if record != self._hovered:
            self._hovered = record
            self._dimming.start()

    def _dim(self) -> None:
        if self._spec is not None and len(self._spec.nodes) <= _MOST_DIMMED:
            self.canvas.relayout()

    def _activated(self, ref: Ref) -> None:
        if ref.ids:
            self.workspace.select(Selection(ref.kind, ref.ids[0]))

    def _double_clicked(self, ref: Ref | None, _x: float, _y: float) -> None:
        if ref is None:
            self.canvas.go_home()
        elif ref.kind == "record" and ref.ids[0] in self._places.pinned:
            self.toggle_pin(ref.ids[0])
        elif ref.kind == "record":
            self.center_on(ref.ids[0])

    def _offer(self, ref: Ref | None, where: QPoint) -> None:
        """Offer what can be done with a node, or with the map."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if ref is not None and ref.kind == "record":
            record_id = ref.ids[0]
            menu.addAction(_("Show its neighbourhood only"), partial(self.center_on, record_id))
            pinned = record_id in self._places.pinned
            menu.addAction(_("Let it go") if pinned else _("Pin it here"), partial(self.toggle_pin, record_id))
            menu.addSeparator()
        if self.panel.read().center:
            menu.addAction(_("Whole map"), self.panel.show_whole)
        menu.addAction(_("Show everything"), self.canvas.go_home)
        menu.addAction(_("Arrange anew"), self.arrange_anew)
        menu.popup(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Center, leave, pin, go through relationships, arrange."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F:
            self.center_on_selection()
        elif key == Qt.Key.Key_Escape and self.panel.read().center:
            self.panel.show_whole()
        elif key == Qt.Key.Key_P:
            self.toggle_pin(self._at_hand())
        elif key == Qt.Key.Key_E:
            self.next_relationship()
        elif key == Qt.Key.Key_R:
            self.arrange_anew()
        else:
            super().keyPressEvent(event)

    def _at_hand(self) -> str:
        """Return the id of the record that is pointed at or stood on, else the selected one, else nothing."""
        if self._hovered is not None:
            return self._hovered.ids[0]
        selection = self.workspace.selection
        return selection.id if selection is not None and selection.kind == "record" else ""

    def center_on_selection(self) -> None:
        """Show the neighbourhood of the record that is selected, or else pointed at."""
        selection = self.workspace.selection
        self.center_on(selection.id if selection is not None and selection.kind == "record" else self._at_hand())

    def center_on(self, record_id: str) -> None:
        """Show the neighbourhood of a record only."""
        number = NOWHERE if self._spec is None else self._spec.number_of(record_id)
        if self._spec is not None and number != NOWHERE:
            self.panel.choose(center=self._spec.nodes[number].slug)

    def next_relationship(self) -> None:
        """Select the next relationship of the record at hand, or of the one whose relationship is selected."""
        spec, selection = self._spec, self.workspace.selection
        if spec is None:
            return
        ends = nodes_of(spec, selection)
        at = spec.edge_of(selection.id) if selection is not None and selection.kind == "relationship" else NOWHERE
        if at == NOWHERE:
            self._walked = spec.number_of(self._at_hand())
        elif self._walked not in ends:
            self._walked = ends[0]
        following = NOWHERE if self._walked == NOWHERE else next_edge(spec, self._walked, at)
        if following != NOWHERE:
            self.workspace.select(Selection("relationship", spec.edges.rows[following].id))

    # Places

    def toggle_pin(self, record_id: str) -> None:
        """Pin a record where it is, or let it go."""
        number = NOWHERE if self._spec is None else self._spec.number_of(record_id)
        if self._spec is None or number == NOWHERE:
            return
        if record_id in self._places.pinned:
            self._places.unpin(record_id)
            self._spec = replace(self._spec, pinned=self._spec.pinned - {number})
        else:
            x, y = self._spec.xy[number].tolist()
            self._places.pin(record_id, (x, y))
            self._spec = replace(self._spec, pinned=self._spec.pinned | {number})
        self.canvas.relayout()

    def _dragged(self, record_id: str, x: float, y: float) -> None:
        number = NOWHERE if self._spec is None else self._spec.number_of(record_id)
        if self._spec is None or number == NOWHERE:
            return
        xy = self._spec.xy.copy()
        xy[number] = (x, y)
        self._places.pin(record_id, (x, y))
        self._spec = replace(self._spec, xy=xy, pinned=self._spec.pinned | {number})
        self.canvas.relayout()

    def _dropped(self, _record_id: str) -> None:
        if self._spec is not None:
            self.canvas.set_layout(self._lay_out, home=FIGURE.home(self._spec))

    # What changes around

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force: names and words are read anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()
        super().changeEvent(event)

    def _options_changed(self, _options: object) -> None:
        self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self.reload()

    def _base_changed(self, summary: Any) -> None:
        from chipscape_db.queries.ecosystem import TABLES

        if TABLES & summary.tables:
            self.reload()

    def _opened(self, _base: object) -> None:
        self._spec = None
        self._places = Places()
        self.panel.show_whole()
        self.reload()

    def _selected(self, selection: Selection | None) -> None:
        self.panel.can_center(selection is not None and selection.kind == "record")
        self._mark(selection)

    def _mark(self, selection: Selection | None) -> None:
        """Ring what is selected and bring it into view."""
        ids = frozenset() if selection is None or selection.kind != "record" else frozenset({selection.id})
        self.canvas.set_selected(ids)
        self.canvas.relayout()
        nodes = [] if self._spec is None else nodes_of(self._spec, selection)
        if self._spec is not None and nodes:
            view = brought_into(self.canvas.view(), self._spec.xy[nodes])
            if view is not None:
                self.canvas.set_view(view)

    def _activity_changed(self, activity: Activity | None) -> None:
        if activity is not None and activity.fraction is not None and self._job is not None:
            self.empty.set_progress(activity.fraction)

    def _follow_theme(self, _palette: object = None) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()

    def _show_loading(self) -> None:
        self._explain("arranging")

    def _explain(self, why: Why) -> None:
        self.empty.explain(why)
        self.stack.setCurrentWidget(self.empty)

    def _helped(self, why: Why) -> None:
        if why == "filtered":
            self.workspace.set_filters(Filters())
        elif why == "no-facts":
            self.panel.choose(hide="nothing")
        elif self._job is not None:
            self._job.cancel()


def _read(request: Request, session: Any) -> EcosystemSpec:
    return draft(FIGURE.read(session, request), request)


def _arrange(spec: EcosystemSpec, pinned: dict[str, Place], before: dict[str, Place], job: Job) -> EcosystemSpec:
    return arrange(spec, pinned=pinned, previous=before, should_stop=job.should_stop, progress=job.report)
