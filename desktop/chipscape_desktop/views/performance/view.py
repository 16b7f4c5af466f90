"""The performance screen: the gallery of figures, the controls, the figure, its table, what is behind its marks."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import Request, View, table_of, zoom_axes
from chipscape_desktop.i18n import _
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.annotating import Annotating
from chipscape_desktop.views.performance.empty import NothingToCompare
from chipscape_desktop.views.performance.gallery import FigureGallery
from chipscape_desktop.views.performance.header import FigureHeader
from chipscape_desktop.views.performance.inside import InsideList
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.views.performance.pointing import Pointing
from chipscape_desktop.views.performance.rivals import RivalClaims
from chipscape_desktop.views.performance.saving import SavedFigures
from chipscape_desktop.views.performance.shown import ShownFigure
from chipscape_desktop.views.performance.strip import EntryStrip
from chipscape_desktop.widgets.table_twin import TableTwin
from chipscape_desktop.workspace import Selection, Workspace

_WATCHED = frozenset(
    (
        "record", "chip", "model", "organization", "source", "claim", "citation", "relationship", "record_text",
        "software", "policy", "sector", "event", "participant", "relationship_text", "alias",
    )
)  # fmt: skip
_ROOM_FOR_GALLERY = 1180
_FIGURE, _TABLE, _NOTHING = range(3)


class PerformanceView(QWidget):
    """Shows one figure of the catalogue at a time; reads again when what it shows may have changed."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = True
        self._wants_gallery = True
        self.gallery = FigureGallery(workspace, self)
        self.header = FigureHeader(self)
        self.controls = ControlRow(workspace, self)
        self.canvas = FigureCanvas(zoom_axes="xy", parent=self)
        self.table = TableTwin(self)
        self.inside = InsideList(self)
        self.rivals = RivalClaims(workspace, self)
        self.strip = EntryStrip(self)
        self._empty = NothingToCompare(self)
        self.shown = ShownFigure(workspace, self.controls, canvas=self.canvas, parent=self)
        self.saved = SavedFigures(workspace, self, self.header.saved, self.strip)
        self.annotating = Annotating(self, self.canvas, self.header.annotate, self.strip)
        self._stack = QStackedLayout()
        _arrange(self, self._stack, self._empty)
        self.pointing = Pointing(
            workspace, self.shown, canvas=self.canvas, controls=self.controls, table=self.table, inside=self.inside,
            rivals=self.rivals, annotating=self.annotating,
        )  # fmt: skip
        self._connect()
        self.shown.set_controls()
        self._mark_figure()
        self.setFocusProxy(self.canvas)

    @property
    def figure_name(self) -> str:
        """The name of the figure on the screen."""
        return self.shown.name

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The remarks on the figure."""
        return self.shown.annotations

    def show_figure(self, name: str, options: Mapping[str, str] | None = None) -> None:
        """Show a figure, with *options* or those it had last; raises `NotFound` and `Invalid`."""
        if name == self.figure_name and options is None:
            return
        self.saved.forget()
        self.shown.plain()
        self.shown.choose(name, options)
        self.pointing.put_away()
        self._mark_figure()
        self.reload()

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through."""
        return [self.gallery, self.header, self.controls, self.canvas, self.table, self.inside, self.rivals]

    def content(self) -> FigureContent:
        """Return what is shown, as it is saved: with the part in view, unless that is everything."""
        return self.shown.content(self.current_view())

    def show_content(self, content: FigureContent) -> None:
        """Show what was saved, with its filters."""
        self.pointing.put_away()
        self.shown.take(content)
        self._mark_figure()
        self._workspace.set_filters(content.filters)
        self.reload()

    def without_remarks(self) -> None:
        """Show the figure without the title and the remarks that were saved with it."""
        self.shown.plain()
        self.shown.rebuild()

    def set_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        """Keep these remarks with the figure, which is saved first when it is not yet, and draw them."""
        self.shown.annotations = annotations
        self.saved.keep(self.content(), _(self.shown.figure.title))
        self.shown.rebuild()

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        return self.shown.shown_request()

    def current_view(self) -> View:
        """Return the part of the data in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> Any:
        """Return what is shown, None until it has been read."""
        return self.shown.spec

    def reload(self) -> None:
        """Read the rows again; while the screen is hidden, when it is shown next."""
        self._stale = True
        if self._workspace.base is not None and self.isVisible():
            self._stale = False
            self.shown.read()

    def show_table(self, shown: bool) -> None:
        """Show the figure as a table, or as the figure again."""
        self.header.table.setChecked(shown)
        self.pointing.put_away()
        self._fill(None)
        (self.table if self._stack.currentIndex() == _TABLE else self.canvas).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a list of names stand in for the gallery where it has no room."""
        super().resizeEvent(event)
        self._place_gallery()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()

    def _connect(self) -> None:
        self.gallery.chosen.connect(self.show_figure)
        self.header.chosen.connect(self.show_figure)
        self.header.gallery_wanted.connect(self._gallery_wanted)
        self.header.table_wanted.connect(self.show_table)
        self.header.title.clicked.connect(self._ask_title)
        self.header.reset.clicked.connect(self.controls.reset)
        self.controls.options_changed.connect(self._options_changed)
        self.shown.built.connect(self._fill)
        self._empty.clear_wanted.connect(self._clear_filters)
        self._workspace.opened.connect(self._opened)
        self._workspace.changed.connect(self._changed)
        self._workspace.filters_changed.connect(self._filters_changed)
        self._workspace.selection_changed.connect(self._selected)

    def _mark_figure(self) -> None:
        self.canvas.set_zoom_axes(zoom_axes(self.shown.figure))
        self.annotating.set_figure(self.shown.figure)
        self.gallery.mark(self.figure_name)
        self.header.mark(self.figure_name)

    def _fill(self, _spec: object) -> None:
        """Show the figure, its table, or that there is nothing."""
        spec = self.shown.spec
        self.header.reset.setEnabled(bool(self.controls.options()))
        table = None if spec is None else table_of(self.shown.figure, spec)
        self.header.table.setEnabled(table is not None)
        subjects = getattr(self.shown.rows, "subjects", None)
        if subjects is not None and len(subjects) == 0:
            self._empty.clear.setVisible(self._workspace.filters.active > 0)
            self._stack.setCurrentIndex(_NOTHING)
        elif table is not None and self.header.table.isChecked():
            self.table.set_table(table)
            self._stack.setCurrentIndex(_TABLE)
        else:
            self._stack.setCurrentIndex(_FIGURE)
        self.pointing.ring()

    def _options_changed(self, options: Mapping[str, str]) -> None:
        if self.shown.options_changed(options):
            self.reload()

    def _ask_title(self) -> None:
        prompt = _("Title of the figure; empty for the usual one")
        self.strip.ask(prompt, self.shown.usual_title(), self._entitle)

    def _entitle(self, title: str) -> None:
        self.shown.title = title
        self.saved.keep(self.content(), self.shown.default_name())
        self.shown.rebuild()

    def _opened(self, _base: object) -> None:
        self.saved.forget()
        self.pointing.put_away()
        self.shown.forget_rows()
        self.reload()

    def _changed(self, summary: object) -> None:
        if _WATCHED & getattr(summary, "tables", _WATCHED):
            self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self.shown.forget_place()
        self.pointing.put_away()
        self.reload()

    def _selected(self, selection: Selection | None) -> None:
        self.pointing.ring()
        self.rivals.follow(selection)
        self.shown.follow_selection()

    def _clear_filters(self) -> None:
        self._workspace.set_filters(Filters(as_of=self._workspace.filters.as_of))

    def _gallery_wanted(self, wanted: bool) -> None:
        self._wants_gallery = wanted
        self._place_gallery()

    def _place_gallery(self) -> None:
        possible = self.width() >= _ROOM_FOR_GALLERY
        self.gallery.setVisible(possible and self._wants_gallery)
        self.header.show_gallery(possible and self._wants_gallery, possible=possible)


def _arrange(view: PerformanceView, stack: QStackedLayout, empty: QWidget) -> None:
    """Put the gallery at the left, the controls over the figure or its table, and the lists beside and below it."""
    for widget in (view.canvas, view.table, empty):
        stack.addWidget(widget)
    body = QHBoxLayout()
    body.setSpacing(0)
    body.addLayout(stack, 1)
    body.addWidget(view.inside)
    column = QVBoxLayout()
    column.setSpacing(0)
    for line in (view.header, view.controls, view.strip):
        column.addWidget(line)
    column.addLayout(body, 1)
    column.addWidget(view.rivals)
    row = QHBoxLayout(view)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(view.gallery)
    row.addLayout(column, 1)
