"""The comparison of organizations on the timeline screen: mirrored lanes, lags, and the same as a table."""

from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_desktop.error_text import error_text
from chipscape_desktop.figures.catalog import Request, View, figure, reads_anew, table_of
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.milestones.spec import MilestonesSpec
from chipscape_desktop.i18n import _, language
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.building import Building, Built
from chipscape_desktop.views.performance.hosting import lay_out, read_figure
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.widgets.table_twin import TableTwin
from chipscape_desktop.workspace import Selection, Workspace

_WATCHED = frozenset(
    (
        "record", "record_text", "chip", "model", "software", "organization", "policy", "event", "participant", "claim",
        "citation", "source", "relationship",
    )
)  # fmt: skip
_FIGURE, _TABLE, _FAULT = range(3)


class ComparisonView(QWidget):
    """Who reached what first, and by how many months; `left` when the person goes back to the timeline."""

    figure_name = "milestones"
    left = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._figure = figure(self.figure_name)
        self._options: dict[str, str] = {}
        self._rows: Any = None
        self._spec: MilestonesSpec | None = None
        self._built_for: Request | None = None
        self._stale = True
        self._building = Building(workspace, "milestones-building", self)
        self.controls = ControlRow(workspace, self)
        self.canvas = FigureCanvas(zoom_axes="x", parent=self)
        self.canvas.set_card(self._card)
        self.table = TableTwin(self)
        self.fault = QLabel(self)
        self.fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fault.setWordWrap(True)
        self.back, self.as_table = self._button("arrow-left"), self._button("table")
        self.as_table.setCheckable(True)
        self._stack = QStackedLayout()
        for widget in (self.canvas, self.table, self.fault):
            self._stack.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self.controls, 1)
        row.addWidget(self.as_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.canvas)
        self.controls.show_figure(self._figure, {})
        self.retranslate()
        self._recoloured()
        self.back.clicked.connect(self.left)
        self.as_table.toggled.connect(self._fill)
        self._building.done.connect(self._show)
        self.controls.options_changed.connect(self._options_changed)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        self.table.rows_chosen.connect(self._rows_chosen)
        self.table.opened.connect(self._activated)
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._changed)
        workspace.filters_changed.connect(self._filters_changed)
        workspace.selection_changed.connect(self._ring)
        theme().changed.connect(self._recoloured)

    # What the shell asks

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through."""
        return [self.controls, self.canvas, self.table]

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for, not what the next one is that is being built."""
        return self._request() if self._spec is None or self._built_for is None else self._built_for

    def current_view(self) -> View:
        """Return the part in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> MilestonesSpec | None:
        """Return what is shown, None until it is there."""
        return self._spec

    def reload(self) -> None:
        """Read the rows again; while out of sight, when it is shown next."""
        self._stale = True
        if self._workspace.base is None or not self.isVisible():
            return
        self._stale = False
        self._building.forget()
        read = partial(read_figure, name=self.figure_name, request=self._request())
        self._workspace.query(read, self._read, key="milestones")

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.back.setText(_("Timeline"))
        self.back.setToolTip(_("Back to the timeline (Esc)"))
        self.as_table.setText(_("Table"))
        self.as_table.setToolTip(_("The figure as a table (Ctrl+T)"))
        # Qt forgets a shortcut when the text of a button changes.
        self.as_table.setShortcut(QKeySequence("Ctrl+T"))

    # How it is done

    def _request(self) -> Request:
        return Request(self._workspace.filters, language(), self.controls.options())

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _read(self, answer: tuple[str, Any]) -> None:
        self._rows = answer[1]
        self._rebuild()

    def _rebuild(self) -> None:
        if self._rows is not None:
            self._building.ask(self._figure, self._rows, request=self._request())

    def _show(self, built: Built) -> None:
        if built.error is not None:
            self._spec = None
            self.fault.setText(error_text(built.error))
            self._stack.setCurrentIndex(_FAULT)
            return
        spec: MilestonesSpec = built.spec
        before, self._spec, self._built_for = self._spec, spec, built.request
        at_home = before is None or self.canvas.view() == before.home
        self.canvas.set_layout(partial(lay_out, self._figure, spec, ()), home=spec.home)
        if at_home or (before is not None and before.sides != spec.sides):
            self.canvas.set_view(spec.home)
        self._fill()
        self._ring()

    def _fill(self, _checked: bool = False) -> None:
        if self._spec is None:
            return
        if self.as_table.isChecked():
            table = table_of(self._figure, self._spec)
            assert table is not None
            self.table.set_table(table)
        self._stack.setCurrentIndex(_TABLE if self.as_table.isChecked() else _FIGURE)

    def _options_changed(self, options: dict[str, str]) -> None:
        names = {name for name in (*self._options, *options) if self._options.get(name) != options.get(name)}
        self._options = dict(options)
        if reads_anew(self._figure, names):
            self.reload()
        else:
            self._rebuild()

    def _card(self, ref: Ref) -> str:
        head, colon, rest = ref.title.partition(": ")
        return f"<b>{escape(head)}</b>" + (f"<br>{escape(rest)}" if colon else "") if ref.title else ""

    def _activated(self, ref: Ref) -> None:
        if ref.kind == "cluster":
            self._offer(ref)
        elif ref.ids:
            self._workspace.select(Selection("record", ref.ids[0]))

    def _offer(self, ref: Ref) -> None:
        """Offer the two records of a lag, or the rules of a band."""
        if self._spec is None:
            return
        titles = {point.ref.ids[0]: point.ref.title for point in self._spec.points}
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id_ in ref.ids:
            menu.addAction(titles.get(id_, id_)).setData(id_)
        menu.triggered.connect(self._picked)
        menu.popup(QCursor.pos() if self.canvas.underMouse() else self.mapToGlobal(self.canvas.geometry().center()))

    def _picked(self, action: Any) -> None:
        self._workspace.select(Selection("record", action.data()))

    def _rows_chosen(self, refs: list[Ref]) -> None:
        if refs:
            self._workspace.select(Selection("record", refs[0].ids[0]))

    def _double_clicked(self, _ref: Ref | None, x: float, y: float) -> None:
        day, _unit = self.canvas.to_data(x, y)
        view = self.canvas.view()
        half = (view.x[1] - view.x[0]) / 4
        self.canvas.set_view(View((day - half, day + half), view.y))

    def _opened(self, _base: object) -> None:
        self._building.forget()
        self._rows, self._spec = None, None
        self.reload()

    def _changed(self, summary: Any) -> None:
        if _WATCHED & summary.tables:
            self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self.reload()

    def _ring(self, _selection: object = None) -> None:
        selection = self._workspace.selection
        ids = frozenset() if selection is None else frozenset((selection.id,))
        self.canvas.set_selected(ids)
        if self._stack.currentIndex() == _TABLE and not self.table.hasFocus():
            self.table.mark(ids)

    def _recoloured(self, _palette: object = None) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()
