"""The performance screen: the gallery of figures, the controls, the figure, and what pointing and choosing do."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from chipscape_db.errors import FactsError
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.filters import Filters
from chipscape_desktop.figures.annotations import entitled
from chipscape_desktop.figures.catalog import (
    Figure,
    Request,
    View,
    figure,
    inside_of,
    reads_anew,
    table_of,
    takes_focus,
    zoom_axes,
)
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.annotating import Annotating
from chipscape_desktop.views.performance.brush import Brush
from chipscape_desktop.views.performance.card import card_of
from chipscape_desktop.views.performance.empty import NothingToCompare
from chipscape_desktop.views.performance.gallery import FigureGallery
from chipscape_desktop.views.performance.header import FigureHeader
from chipscape_desktop.views.performance.hosting import lay_out, read_figure, same_view, selection_of
from chipscape_desktop.views.performance.inside import InsideList
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.views.performance.saving import SavedFigures
from chipscape_desktop.views.performance.strip import EntryStrip
from chipscape_desktop.widgets.table_twin import TableTwin
from chipscape_desktop.workspace import Selection, Workspace

_WATCHED = frozenset(
    (
        "record", "chip", "model", "organization", "source", "claim", "citation", "relationship", "record_text",
        "software", "policy", "sector", "event", "participant", "relationship_text", "alias",
    )
)  # fmt: skip
_FIRST = "performance-over-time"
_OPENED = ("record", "relationship")
_ROOM_FOR_GALLERY = 1180
_FIGURE, _TABLE, _NOTHING = range(3)


class PerformanceView(QWidget):
    """Shows one figure of the catalogue at a time; reads again when what it shows may have changed."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._figure: Figure = figure(_FIRST)
        self._remembered: dict[str, dict[str, str]] = {}
        self._rows: Any = None
        self._rows_of = ""
        self._spec: Any = None
        self._stale = True
        self._go_home = True
        self._home: View | None = None
        self._brushed: frozenset[str] = frozenset()
        self._wants_gallery = True
        self._place: View | None = None
        self._title = ""
        self.annotations: tuple[Annotation, ...] = ()
        self.gallery = FigureGallery(workspace, self)
        self.header = FigureHeader(self)
        self.controls = ControlRow(workspace, self)
        self.canvas = FigureCanvas(zoom_axes="xy", parent=self)
        self.canvas.set_card(self._card)
        self.table = TableTwin(self)
        self.inside = InsideList(self)
        self.strip = EntryStrip(self)
        self._empty = NothingToCompare(self)
        self._brush = Brush(self.canvas)
        self.canvas.set_dragging(self._brush)
        self.saved = SavedFigures(workspace, self, self.header.saved, self.strip)
        self.annotating = Annotating(self, self.canvas, self.header.annotate, self.strip)
        self._build()
        self._connect()
        self._recoloured(current_palette())
        self._mark_figure()
        self.setFocusProxy(self.canvas)

    @property
    def figure_name(self) -> str:
        """The name of the figure on the screen."""
        return self._figure.name

    # What is on the screen

    def show_figure(self, name: str, options: Mapping[str, str] | None = None) -> None:
        """Show a figure, with *options* or those it had last; raises `NotFound` and `Invalid`."""
        wanted = figure(name)
        if name == self.figure_name and options is None:
            return
        self._plain()
        self._remembered[self.figure_name] = self.controls.options()
        self._figure = wanted
        self._spec = None
        self._go_home = True
        self.inside.put_away()
        self._mark_figure(options)
        self.reload()

    def content(self) -> FigureContent:
        """Return what is shown, as it is saved: with the part in view, unless that is everything."""
        view = self.current_view()
        whole = self._home is None or same_view(view, self._home)
        return FigureContent(
            self.figure_name, self.controls.options(), self._workspace.filters, None if whole else (*view.x, *view.y),
            self._title, self.annotations,
        )  # fmt: skip

    def show_content(self, content: FigureContent) -> None:
        """Show what was saved, with its filters."""
        self._title, self.annotations = content.title, content.annotations
        self._place = None if content.view is None else View(content.view[:2], content.view[2:])
        self._remembered[self.figure_name] = self.controls.options()
        self._figure = figure(content.figure)
        self._go_home = True
        self._mark_figure(content.options)
        self._remembered[self.figure_name] = self.controls.options()
        self._workspace.set_filters(content.filters)
        self.reload()

    def without_remarks(self) -> None:
        """Show the figure without the title and the remarks that were saved with it."""
        self._title, self.annotations = "", ()
        self._rebuild()

    def set_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        """Keep these remarks with the figure, which is saved first when it is not yet, and draw them."""
        self.annotations = annotations
        self.saved.keep(self.content(), _(self._figure.title))
        self._rebuild()

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        options = self.controls.options()
        selection = self._workspace.selection
        if takes_focus(self._figure) and selection is not None and selection.kind == "record":
            options["focus"] = selection.id
        return Request(self._workspace.filters, language(), options)

    def current_view(self) -> View:
        """Return the part of the data in view."""
        return self.canvas.view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        size = self.canvas.viewport().size()
        return float(size.width()), float(size.height())

    def current_spec(self) -> Any:
        """Return what is shown, None until it has been read."""
        return self._spec

    def reload(self) -> None:
        """Read the rows again; while the screen is hidden, when it is shown next."""
        self._stale = True
        if self._workspace.base is None or not self.isVisible():
            return
        self._stale = False
        read = partial(read_figure, name=self.figure_name, request=self.current_request())
        self._workspace.query(read, self._read, key="performance")

    def show_table(self, shown: bool) -> None:
        """Show the figure as a table, or as the figure again."""
        self.header.table.setChecked(shown)
        self.inside.put_away()
        self._fill()
        (self.table if self._stack.currentIndex() == _TABLE else self.canvas).setFocus()

    # Events

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

    # How it is done

    def _build(self) -> None:
        self._stack = QStackedLayout()
        for widget in (self.canvas, self.table, self._empty):
            self._stack.addWidget(widget)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(self._stack, 1)
        body.addWidget(self.inside)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.controls)
        column.addWidget(self.strip)
        column.addLayout(body, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.gallery)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.gallery.chosen.connect(self.show_figure)
        self.header.chosen.connect(self.show_figure)
        self.header.gallery_wanted.connect(self._gallery_wanted)
        self.header.table_wanted.connect(self.show_table)
        self.header.title.clicked.connect(self._ask_title)
        self.controls.options_changed.connect(self._options_changed)
        self.canvas.activated.connect(self._activated)
        self.canvas.double_clicked.connect(self._double_clicked)
        self._brush.brushed.connect(self._brush_done)
        self.inside.picked.connect(self._activated)
        self.inside.closed.connect(self._forget_brush)
        self.table.rows_chosen.connect(self._rows_chosen)
        self.table.opened.connect(self._activated)
        self._empty.clear_wanted.connect(self._clear_filters)
        self._workspace.opened.connect(self._opened)
        self._workspace.changed.connect(self._changed)
        self._workspace.filters_changed.connect(self._filters_changed)
        self._workspace.selection_changed.connect(self._selected)
        theme().changed.connect(self._recoloured)

    def _mark_figure(self, options: Mapping[str, str] | None = None) -> None:
        self.canvas.set_zoom_axes(zoom_axes(self._figure))
        self.annotating.set_figure(self._figure)
        given = self._remembered.get(self.figure_name, {}) if options is None else options
        self.controls.show_figure(self._figure, given)
        self.gallery.mark(self.figure_name)
        self.header.mark(self.figure_name)

    def _read(self, answer: tuple[str, Any]) -> None:
        self._rows_of, self._rows = answer
        self._rebuild()

    def _rebuild(self) -> None:
        if self._rows is None or self._rows_of != self.figure_name:
            return  # rows of the figure chosen last are on their way
        try:
            self._spec = entitled(self._figure.build(self._rows, self.current_request()), self._title)
        except FactsError as error:
            self._workspace.failed.emit(error)
            return
        home = self._figure.home(self._spec)
        # What moves the data moves the view along, unless the reader looks at a part and only the facts changed.
        self._go_home = self._go_home or (
            home != self._home and self._home is not None and same_view(self.canvas.view(), self._home)
        )
        self._home = home
        self._fill()
        self.canvas.set_layout(partial(lay_out, self._figure, self._spec, self.annotations), home=home)
        if self._go_home or not zoom_axes(self._figure):
            self._go_home = False
            self.canvas.set_view(self._place or home)
            self._place = None
        self._ring()

    def _fill(self) -> None:
        """Show the figure, its table, or that there is nothing."""
        table = None if self._spec is None else table_of(self._figure, self._spec)
        self.header.table.setEnabled(table is not None)
        subjects = getattr(self._rows, "subjects", None)
        if subjects is not None and len(subjects) == 0:
            self._empty.clear.setVisible(self._workspace.filters.active > 0)
            self._stack.setCurrentIndex(_NOTHING)
        elif table is not None and self.header.table.isChecked():
            self.table.set_table(table)
            self._stack.setCurrentIndex(_TABLE)
        else:
            self._stack.setCurrentIndex(_FIGURE)

    def _options_changed(self, options: Mapping[str, str]) -> None:
        before = self._remembered.get(self.figure_name, {})
        names = {name for name in (*before, *options) if before.get(name) != options.get(name)}
        self._remembered[self.figure_name] = dict(options)
        if self._rows is None or reads_anew(self._figure, names):
            self._go_home = True
            self.reload()
            return
        old = self._home
        self._rebuild()
        if self._home != old:
            self.canvas.go_home()

    def _plain(self) -> None:
        self.saved.forget()
        self._title, self.annotations = "", ()

    def _ask_title(self) -> None:
        title = self._title or ("" if self._spec is None else self._spec.caption.title)
        self.strip.ask(_("Title of the figure; empty for the usual one"), title, self._entitle)

    def _entitle(self, title: str) -> None:
        self._title = title
        self.saved.keep(self.content(), title or _(self._figure.title))
        self._rebuild()

    def _opened(self, _base: object) -> None:
        self._plain()
        self._rows = None
        self._go_home = True
        self.reload()

    def _changed(self, summary: object) -> None:
        if _WATCHED & getattr(summary, "tables", _WATCHED):
            self.reload()

    def _filters_changed(self, _filters: Filters) -> None:
        self._go_home = True
        self.inside.put_away()
        self.reload()

    def _selected(self, _selection: Selection | None) -> None:
        if takes_focus(self._figure):
            self._rebuild()
        else:
            self._ring()

    def _ring(self) -> None:
        selection = self._workspace.selection
        ids = frozenset() if selection is None else frozenset((selection.id,))
        self.canvas.set_selected(ids | self._brushed)
        if self._stack.currentIndex() == _TABLE and not self.table.hasFocus():
            self.table.mark(ids | self._brushed)

    def _recoloured(self, _palette: object) -> None:
        self.canvas.rings.colour = current_palette().accent
        self.canvas.relayout()

    def _activated(self, ref: Ref) -> None:
        if self.annotating.activated(ref) or not ref.ids:
            return
        if inside := inside_of(self._spec, ref):
            self.inside.show_refs(inside, ref.title.partition(":")[0])
        elif chosen := selection_of(ref):
            self._workspace.select(chosen)

    def _double_clicked(self, ref: Ref | None, _x: float, _y: float) -> None:
        if ref is None or not ref.ids:
            self.canvas.go_home()

    def _brush_done(self, refs: Sequence[Ref]) -> None:
        found = {ref.ids[0]: ref for ref in refs if ref.kind in _OPENED and ref.ids}
        self._brushed = frozenset(found)
        if found:
            self.inside.show_refs(list(found.values()))
        else:
            self.inside.put_away()
        self._ring()

    def _rows_chosen(self, refs: Sequence[Ref]) -> None:
        kept = [ref for ref in refs if ref.kind in _OPENED and ref.ids]
        self._brushed = frozenset(ref.ids[0] for ref in kept) if len(kept) > 1 else frozenset()
        if kept:
            self._workspace.select(Selection(kept[0].kind, kept[0].ids[0]))
        self._ring()

    def _forget_brush(self) -> None:
        self._brushed = frozenset()
        self._ring()

    def _clear_filters(self) -> None:
        self._workspace.set_filters(Filters(as_of=self._workspace.filters.as_of))

    def _card(self, ref: Ref) -> str:
        return card_of(self.figure_name, self._rows, self.controls.options(), ref)

    def _gallery_wanted(self, wanted: bool) -> None:
        self._wants_gallery = wanted
        self._place_gallery()

    def _place_gallery(self) -> None:
        possible = self.width() >= _ROOM_FOR_GALLERY
        shown = possible and self._wants_gallery
        self.gallery.setVisible(shown)
        self.header.show_gallery(shown, possible=possible)
