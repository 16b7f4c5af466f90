"""What is pointed at on the map: its card, and the dimming of all that it is not joined to."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.cards import card
from chipscape_desktop.workspace import Selection

_HOVER_MS = 50
_MOST_DIMMED = 3_000  # nodes; to dim more than that under a moving pointer would be a flicker


class Pointing(QObject):
    """Follows the pointer and the keyboard from mark to mark; `hovered` is the record under them, or None."""

    def __init__(self, canvas: FigureCanvas, arranging: Arranging) -> None:
        super().__init__(canvas)
        self._canvas, self._arranging = canvas, arranging
        self.hovered: Ref | None = None
        self._dimming = QTimer(self)
        self._dimming.setSingleShot(True)
        self._dimming.setInterval(_HOVER_MS)
        self._dimming.timeout.connect(self._dim)
        canvas.set_card(self._card)
        canvas.hovered.connect(self._point_at)

    def leave(self) -> None:
        """Point at nothing: what was there is gone."""
        self.hovered = None

    def emphasised(self, spec: EcosystemSpec, selection: Selection | None) -> EcosystemSpec:
        """Return the map with what is pointed at in focus and a selected relationship marked."""
        focus = NOWHERE
        if self.hovered is not None and len(spec.nodes) <= _MOST_DIMMED:
            focus = spec.number_of(self.hovered.ids[0])
        marked = spec.edge_of(selection.id) if selection is not None and selection.kind == "relationship" else NOWHERE
        if focus == NOWHERE and marked == NOWHERE:
            return spec
        return replace(spec, focus=focus if focus != NOWHERE else spec.focus, marked=marked)

    def _card(self, ref: Ref) -> str:
        return "" if self._arranging.spec is None else card(self._arranging.spec, ref)

    def _point_at(self, ref: Ref | None) -> None:
        record = ref if ref is not None and ref.kind == "record" else None
        if record != self.hovered:
            self.hovered = record
            self._dimming.start()

    def _dim(self) -> None:
        spec = self._arranging.spec
        if spec is not None and len(spec.nodes) <= _MOST_DIMMED:
            self._canvas.relayout()
