"""The performance screen: the controls, the figure, and what pointing and choosing do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import PerformanceRows
from chipscape_desktop.figures.catalog import Request, View, figure
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.performance.options import parse
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import current_palette, set_role, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.card import card
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from chipscape_db.queries import Reader

_WATCHED = frozenset(
    ("record", "chip", "model", "organization", "source", "claim", "citation", "relationship", "record_text")
)
_MOVES_VIEW = ("metric", "scale", "sparsity", "engine", "direction", "scope")
"""The options that change where the data lie, so that everything has to be brought into view again."""


class PerformanceView(QWidget):
    """Shows one metric of chips or models by release date; reads again when what it shows may have changed."""

    figure_name = "performance-over-time"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._figure = figure(self.figure_name)
        self._rows: PerformanceRows | None = None
        self._spec: PerformanceSpec | None = None
        self._stale = True
        self._go_home = True
        self.controls = ControlRow(self)
        self._options = parse({})
        self.canvas = FigureCanvas(zoom_axes="xy", parent=self)
        self.canvas.set_card(self._card)
        self._empty = QWidget(self)
        self._empty_title = QLabel(self._empty)
        self._empty_text = QLabel(self._empty)
        self._clear = QPushButton(self._empty)
        self._build_empty()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.controls)
        column.addLayout(self._stack, 1)
        self.controls.options_changed.connect(self._options_changed)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._changed)
        workspace.filters_changed.connect(self._filters_changed)
        workspace.selection_changed.connect(self._selected)
        theme().changed.connect(self._recoloured)
        self._recoloured(current_palette())
        self.retranslate()
        self.setFocusProxy(self.canvas)

    # What is on the screen

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        options = self.controls.options()
        selection = self._workspace.selection
        if selection is not None and selection.kind == "record":
            options["focus"] = selection.id
        return Request(self._workspace.filters, language(), options)

    def current_view(self) -> View:
        """Return the part of the data in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> PerformanceSpec | None:
        """Return what is shown, None until it has been read."""
        return self._spec

    def reload(self) -> None:
        """Read the rows again; while the screen is hidden, when it is shown next."""
        self._stale = True
        if self._workspace.base is None or not self.isVisible():
            return
        self._stale = False
        request = self.current_request()
        self._workspace.query(partial(_read, request=request), self._read, key="performance")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._empty_title.setText(_("No chips to compare"))
        self._empty_text.setText(
            _("Nothing passes the filters, or the fact base holds no chips yet. Clear the filters or add facts.")
        )
        self._clear.setText(_("Clear all filters"))
        self.reload()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # How it is done

    def _build_empty(self) -> None:
        set_role(self._empty_title, "heading")
        set_role(self._empty_text, "soft")
        self._clear.clicked.connect(self._clear_filters)
        column = QVBoxLayout(self._empty)
        column.addStretch(1)
        for widget in (self._empty_title, self._empty_text, self._clear):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        column.setSpacing(12)

    def _read(self, rows: PerformanceRows) -> None:
        self._rows = rows
        self._rebuild()

    def _rebuild(self) -> None:
        if self._rows is None:
            return
        request = self.current_request()
        if parse(request.options).metric.key != self._rows.metric.key:
            return  # rows of the metric chosen last are on their way
        spec: PerformanceSpec = self._figure.build(self._rows, request)
        self._spec = spec
        self._stack.setCurrentIndex(0 if self._rows.subjects else 1)
        self._clear.setVisible(self._workspace.filters.active > 0)
        self.canvas.set_layout(partial(_lay_out, spec), home=spec.home)
        if self._go_home:
            self._go_home = False
            self.canvas.go_home()
        self._ring()

    def _options_changed(self, options: dict[str, str]) -> None:
        before, after = self._options, parse(options)
        self._options = after
        self._go_home = self._go_home or any(getattr(before, name) != getattr(after, name) for name in _MOVES_VIEW)
        if self._rows is None or after.metric.key != self._rows.metric.key:
            self.reload()
        else:
            self._rebuild()

    def _opened(self, _base: object) -> None:
        self._rows = None
        self._go_home = True
        self.reload()

    def _changed(self, summary: object) -> None:
        if _WATCHED & getattr(summary, "tables", _WATCHED):
            self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self._go_home = True
        self.reload()

    def _selected(self, _selection: Selection | None) -> None:
        self._rebuild()

    def _ring(self) -> None:
        selection = self._workspace.selection
        self.canvas.set_selected(frozenset() if selection is None else frozenset((selection.id,)))

    def _recoloured(self, _palette: object) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()

    def _activated(self, ref: Ref) -> None:
        if ref.kind not in ("record", "claim"):
            return
        record_id = ref.ids[1] if ref.kind == "claim" and len(ref.ids) > 1 else ref.ids[0]
        self._workspace.select(Selection("record", record_id))

    def _double_clicked(self, ref: Ref | None, _x: float, _y: float) -> None:
        if ref is None or not ref.ids:
            self.canvas.go_home()

    def _clear_filters(self) -> None:
        self._workspace.set_filters(Filters(as_of=self._workspace.filters.as_of))

    def _card(self, ref: Ref) -> str:
        return "" if self._rows is None else card(self._rows, self._options, ref)


def _read(session: "Reader", *, request: Request) -> PerformanceRows:
    rows: PerformanceRows = figure(PerformanceView.figure_name).read(session, request)
    return rows


def _lay_out(spec: PerformanceSpec, view: View, size: tuple[float, float]) -> Drawing:
    return figure(PerformanceView.figure_name).layout(
        spec, size=size, palette=current_palette(), measure=default_measure(), view=view
    )
