"""The ecosystem screen: puts the map, its controls and what can be done with it together."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import language
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.deferring import Deferred
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.asking import Asking
from chipscape_desktop.views.ecosystem.choosing import Choosing
from chipscape_desktop.views.ecosystem.chosen import Chosen
from chipscape_desktop.views.ecosystem.dragging import NodeDragging
from chipscape_desktop.views.ecosystem.editing import Drawer, Editing
from chipscape_desktop.views.ecosystem.empty import EmptyMap, Why
from chipscape_desktop.views.ecosystem.finding import brought_into, nodes_of, shows_just
from chipscape_desktop.views.ecosystem.frames_dialog import Frames
from chipscape_desktop.views.ecosystem.gestures import Gestures
from chipscape_desktop.views.ecosystem.motion import Motion
from chipscape_desktop.views.ecosystem.noting import Noting
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.views.ecosystem.panel import EcosystemPanel
from chipscape_desktop.views.ecosystem.playing import Playing
from chipscape_desktop.views.ecosystem.pointing import Pointing
from chipscape_desktop.views.ecosystem.question_panel import QuestionPanel
from chipscape_desktop.views.ecosystem.time_bar import TimeBar
from chipscape_desktop.views.ecosystem.tying import Tying
from chipscape_desktop.views.plot_range import Limits
from chipscape_desktop.workspace import Activity, Selection, Workspace

_LOADING_MS = 300
_WIDTH, _ASKING = 1000, 390  # of the screen at first, and of the questions in it, in pixels
_FEW = 40  # records of an answer that are brought into view together
_CLOSEST, _FARTHEST = 1.5, 3.0  # the narrowest view in units of the layout, the widest in widths of the map


class EcosystemView(QWidget):
    """Who makes, supplies, uses, funds and restricts what.

    Keys besides the canvas's: F shows the neighbourhood of the selected record, Escape the whole map, P pins a record
    or lets it go, E goes through the relationships of the selected record, R arranges anew, L in another
    way. What else can be done with the map adds itself to `offers`.
    """

    figure_name = "ecosystem"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.arranging = Arranging(workspace, self)
        self.panel = EcosystemPanel(self)
        self.time_bar = TimeBar(self)
        self.playing = Playing(workspace, panel=self.panel, bar=self.time_bar)
        self.canvas = FigureCanvas(y_down=True, lock_aspect=True, snapshot_while_moving=True, parent=self)
        self.empty = EmptyMap(self)
        self.pointing = Pointing(self.canvas, self.arranging)
        self.choosing = Choosing(
            workspace, canvas=self.canvas, panel=self.panel, arranging=self.arranging, pointing=self.pointing
        )
        self.offers = Offers(self.choosing.at_hand, self)
        self._dragging = NodeDragging(self.canvas)
        self.frames = Frames(workspace, self)
        self.motion = Motion(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panel)
        self.asking = Asking(workspace, QuestionPanel(workspace, self), self.arranging)
        self.chosen = Chosen(workspace, self.canvas, self.arranging)
        self.noting = Noting(workspace, self.canvas, self.arranging, chosen=self.chosen)
        self.tying = Tying(self.canvas, self.arranging)
        self.editing = Editing(self.canvas, self.tying)
        self.drawer = Drawer(self)
        self._gestures = Gestures(self.canvas, self._dragging, self.tying, chosen=self.chosen)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        for widget, stretch in ((self.stack, 1), (self.asking.panel, 0), (self.drawer, 0)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.split.setSizes([_WIDTH - _ASKING, _ASKING, _ASKING])
        column.addWidget(self.time_bar)
        column.addWidget(self.split, 1)
        self.setFocusProxy(self.canvas)
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(_LOADING_MS)
        self._loading.timeout.connect(self._show_loading)
        self.canvas.set_dragging(self._gestures)
        self.choosing.add_to(self.offers)
        self.playing.add_to(self.offers)
        self.offers.add(
            Offer("map", N_("Arrange anew"), self.arrange_anew, "R", self._is_laid_out),
            Offer("map", N_("Next layout"), self.panel.next_layout, "L"),
            Offer("map", N_("Write frames…"), self.ask_frames, "Ctrl+Shift+F"),
        )
        for part in (self.editing, self.chosen, self.noting, self.asking):
            part.add_to(self.offers)
        self._connect()
        self._follow_theme()
        self._selected(workspace.selection)
        self.reload()

    def _connect(self) -> None:
        self.arranging.arranged.connect(self._show)
        self.arranging.moved.connect(self.canvas.relayout)
        self.motion.stepped.connect(self.canvas.relayout)
        self._dragging.dragged.connect(self._dragged)
        self.chosen.changed.connect(self._ring)
        self.drawer.opened.connect(self.asking.close)
        self.drawer.emptied.connect(self.canvas.setFocus)
        self._dragging.dropped.connect(self._dropped)
        self._dragging.carried.connect(self.noting.move)
        self.panel.changed.connect(self._options_changed)
        self.panel.arrange_wanted.connect(self.arrange_anew)
        self.asking.answered.connect(self._answered)
        self.panel.asking_wanted.connect(self.asking.open)
        self.playing.rested.connect(self.reload)
        self.time_bar.frames_wanted.connect(self.ask_frames)
        self.panel.fitted.connect(self.canvas.go_home)
        self.panel.zoomed.connect(self.canvas.zoom)
        self.canvas.menu_wanted.connect(self.offers.pop_up)
        self.empty.wanted.connect(self._helped)
        self.workspace.filters_changed.connect(self._filters_changed)
        self.fresh = Deferred(self, self.reload)
        self.answers = Deferred(self, self.asking.ask_again)
        self.workspace.changed.connect(self._base_changed)
        self.workspace.opened.connect(self._opened)
        self.workspace.selection_changed.connect(self._selected)
        self.workspace.activity_changed.connect(self._activity_changed)
        theme().changed.connect(self._follow_theme)

    # What the shell asks

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through."""
        return [self.panel, self.time_bar, self.stack, self.asking.panel, self.drawer]

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        return Request(self.workspace.filters, language(), self.playing.options() | self.asking.option())

    def current_view(self) -> View:
        """Return the part in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> EcosystemSpec | None:
        """Return the map with the positions and the answer on the screen, None until it is there."""
        spec = self.arranging.spec
        return None if spec is None else self.asking.on_map(spec)

    # Reading and showing

    def reload(self) -> None:
        """Read again what the filters let through; records that stay keep their places."""
        if self.workspace.base is None:
            return
        if self.arranging.spec is None:
            self._loading.start()
        self.arranging.read(self.current_request())

    def arrange_anew(self, _id: str = "") -> None:
        """Let go of every place and lay the map out afresh."""
        self.arranging.read_afresh(self.current_request())

    def ask_frames(self, _id: str = "") -> None:
        """Ask for the map of many days, as pictures or slides."""
        self.frames.ask(self.current_request(), self.arranging.spec)

    def _is_laid_out(self, _id: str) -> bool:
        return self.panel.read().layout != "hand"

    def _show(self, before: EcosystemSpec | None, spec: EcosystemSpec) -> None:
        # Whoever looks at everything goes on doing so; whoever came closer stays where they are.
        at_home = (
            before is None
            or (before.center_id, before.layout) != (spec.center_id, spec.layout)
            or shows_just(self.canvas.view(), FIGURE.home(before))
        )  # fmt: skip
        self._loading.stop()
        self.pointing.leave()
        self.motion.begin(before, spec)
        home = FIGURE.home(spec)
        widest = _FARTHEST * max(home.x[1] - home.x[0], 10.0)
        self.canvas.set_limits(Limits(least=_CLOSEST, most=widest), Limits())
        self.canvas.set_layout(self._lay_out, home=home)
        if at_home:
            self.canvas.set_view(home)
        if spec.nodes:
            self.stack.setCurrentWidget(self.canvas)
        else:
            self._explain("filtered" if self.workspace.filters.active or self.workspace.filters.as_of else "no-facts")
        self._mark(self.workspace.selection)

    def _lay_out(self, view: View, size: tuple[float, float]) -> Drawing:
        assert self.arranging.spec is not None
        spec = self.asking.on_map(self.motion.at(self.arranging.spec))
        spec = self.pointing.emphasised(spec, self.workspace.selection)
        return FIGURE.layout(spec, size=size, palette=current_palette(), measure=default_measure(), view=view)

    def _answered(self) -> None:
        """Draw the answer, and bring what a short one is about into view."""
        self.canvas.relayout()
        spec = self.current_spec()
        if spec is not None and spec.emphasis is not None and len(spec.emphasis.nodes) <= _FEW:
            view = brought_into(self.canvas.view(), spec.xy[sorted(spec.emphasis.nodes)])
            if view is not None:
                self.canvas.set_view(view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key offers."""
        if not self.offers.press(event):
            super().keyPressEvent(event)

    def _dragged(self, record_id: str, x: float, y: float) -> None:
        self.arranging.drag(self.chosen.moved_with(record_id, x, y))

    def _dropped(self, record_id: str) -> None:
        self.arranging.drop(*(self.chosen.ids if record_id in self.chosen.ids else (record_id,)))
        if self.arranging.spec is not None:
            self.canvas.set_layout(self._lay_out, home=FIGURE.home(self.arranging.spec))

    # What changes around

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force: names and words are read anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()
            self.asking.ask_again()
        super().changeEvent(event)

    def _options_changed(self, _options: object) -> None:
        self.reload()

    def _filters_changed(self, filters: Filters) -> None:
        self.playing.follow(filters)
        self.fresh.ask()
        self.answers.ask()

    def _base_changed(self, summary: Any) -> None:
        from chipscape_db.queries.ecosystem import TABLES

        if TABLES & summary.tables:
            self.fresh.ask()
        if TABLES & summary.tables - {"map_place"}:
            self.answers.ask()

    def _opened(self, _base: object) -> None:
        self.arranging.forget()
        self.asking.forget()
        self.chosen.set(frozenset())
        self.drawer.empty()
        self.panel.show_whole()
        self.reload()

    def _selected(self, selection: Selection | None) -> None:
        self.panel.can_center(selection is not None and selection.kind == "record")
        self._mark(selection)

    def _ring(self) -> None:
        selection = self.workspace.selection
        ids = frozenset() if selection is None or selection.kind != "record" else frozenset({selection.id})
        self.canvas.set_selected(ids | self.chosen.ids)

    def _mark(self, selection: Selection | None) -> None:
        """Ring what is selected and bring it into view."""
        self._ring()
        self.canvas.relayout()
        spec = self.arranging.spec
        nodes = [] if spec is None else nodes_of(spec, selection)
        if spec is not None and nodes:
            view = brought_into(self.canvas.view(), spec.xy[nodes])
            if view is not None:
                self.canvas.set_view(view)

    def _activity_changed(self, activity: Activity | None) -> None:
        if activity is not None and activity.fraction is not None and self.arranging.job is not None:
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
        else:
            self.arranging.stop()
