"""Pointing and choosing on the performance screen: marks, rectangles, rows of the table, and what they open."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from chipscape_desktop.figures.catalog import inside_of
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.annotating import Annotating
from chipscape_desktop.views.performance.brush import Brush
from chipscape_desktop.views.performance.card import card_of
from chipscape_desktop.views.performance.hosting import metric_of, selection_of
from chipscape_desktop.views.performance.inside import InsideList
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.views.performance.rivals import RivalClaims
from chipscape_desktop.views.performance.shown import ShownFigure
from chipscape_desktop.widgets.table_twin import TableTwin
from chipscape_desktop.workspace import Selection, Workspace

_OPENED = ("record", "relationship")


class Pointing(QObject):
    """Makes selections of what is clicked, brushed or chosen, rings it, and lists what lies behind it."""

    def __init__(
        self, workspace: Workspace, shown: ShownFigure, *, canvas: FigureCanvas, controls: ControlRow, table: TableTwin,
        inside: InsideList, rivals: RivalClaims, annotating: Annotating,
    ) -> None:  # fmt: skip
        super().__init__(shown)
        self._workspace, self._shown, self._canvas, self._controls = workspace, shown, canvas, controls
        self._table, self._inside, self._rivals, self._annotating = table, inside, rivals, annotating
        self._brushed: frozenset[str] = frozenset()
        self.brush = Brush(canvas)
        canvas.set_dragging(self.brush)
        canvas.set_card(self.card)
        canvas.activated.connect(self.activate)
        canvas.double_clicked.connect(self._double_clicked)
        self.brush.brushed.connect(self._brush_done)
        inside.picked.connect(self.activate)
        inside.closed.connect(self._forget_brush)
        table.rows_chosen.connect(self._rows_chosen)
        table.opened.connect(self.activate)
        rivals.source_wanted.connect(self._source_wanted)
        theme().changed.connect(self._recoloured)
        self._recoloured(current_palette())

    def card(self, ref: Ref) -> str:
        """Return the card of a mark."""
        return card_of(self._shown.name, self._shown.rows, self._controls.options(), ref)

    def activate(self, ref: Ref) -> None:
        """Open a mark: what it lists, or what it selects, with its rival claims side by side."""
        if self._annotating.activated(ref) or not ref.ids:
            return
        if inside := inside_of(self._shown.spec, ref):
            self._inside.show_refs(inside, ref.title.partition(":")[0])
        elif chosen := selection_of(ref):
            metric = metric_of(self._shown.rows, ref)
            if not self._rivals.show_ref(ref):
                self._rivals.put_away()
            self._workspace.select(replace(chosen, metric=metric, rule=self._shown.rule))

    def ring(self) -> None:
        """Put rings around what is selected and brushed, in the figure and in its table."""
        selection = self._workspace.selection
        ids = frozenset() if selection is None else frozenset((selection.id,))
        self._canvas.set_selected(ids | self._brushed)
        if self._table.isVisible() and not self._table.hasFocus():
            self._table.mark(ids | self._brushed)

    def put_away(self) -> None:
        """Close the lists of what was pointed at."""
        self._inside.put_away()
        self._rivals.put_away()

    def _double_clicked(self, ref: Ref | None, _x: float, _y: float) -> None:
        if ref is None or not ref.ids:
            self._canvas.go_home()

    def _brush_done(self, refs: Sequence[Ref]) -> None:
        found = {ref.ids[0]: ref for ref in refs if ref.kind in _OPENED and ref.ids}
        self._brushed = frozenset(found)
        if found:
            self._inside.show_refs(list(found.values()))
        else:
            self._inside.put_away()
        self.ring()

    def _rows_chosen(self, refs: Sequence[Ref]) -> None:
        kept = [ref for ref in refs if ref.kind in _OPENED and ref.ids]
        self._brushed = frozenset(ref.ids[0] for ref in kept) if len(kept) > 1 else frozenset()
        if kept:
            self._workspace.select(Selection(kept[0].kind, kept[0].ids[0]))
        self.ring()

    def _forget_brush(self) -> None:
        self._brushed = frozenset()
        self.ring()

    def _source_wanted(self, source_id: str) -> None:
        self._workspace.select(Selection("record", source_id))

    def _recoloured(self, _palette: object) -> None:
        self._canvas.rings.colour = current_palette().accent
        self._canvas.relayout()
