"""Several records chosen together on the map: to line them up, space them, or move them as one."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from chipscape_db.errors import N_
from chipscape_desktop.figure_steps import placing
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.alignment import WAYS, Place, Way, aligned, least, shifted
from chipscape_desktop.figures.ecosystem.spec import NOWHERE
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.workspace import Workspace

_WORDS: Final[dict[Way, tuple[str, str]]] = {
    "left": (N_("Align at the left"), "Ctrl+Shift+Left"),
    "right": (N_("Align at the right"), "Ctrl+Shift+Right"),
    "top": (N_("Align at the top"), "Ctrl+Shift+Up"),
    "bottom": (N_("Align at the bottom"), "Ctrl+Shift+Down"),
    "column": (N_("Line up in a column"), ""),
    "row": (N_("Line up in a row"), ""),
    "across": (N_("Space evenly across"), "Ctrl+Shift+H"),
    "down": (N_("Space evenly down"), "Ctrl+Shift+D"),
}
_NUDGES: Final = {
    "Ctrl+Left": (-1.0, 0.0), "Ctrl+Right": (1.0, 0.0), "Ctrl+Up": (0.0, -1.0), "Ctrl+Down": (0.0, 1.0)
}  # fmt: skip
_NUDGE: Final = 0.25  # units of the layout


class Chosen(QObject):
    """The records chosen together, by id; `changed` tells that they are others."""

    changed = Signal()

    def __init__(self, workspace: Workspace, canvas: FigureCanvas, arranging: Arranging) -> None:
        super().__init__(canvas)
        self._workspace, self._canvas, self._arranging = workspace, canvas, arranging
        self.ids: frozenset[str] = frozenset()
        canvas.activated.connect(self._activated)
        canvas.clicked_at.connect(self._clicked_at)

    def add_to(self, offers: Offers) -> None:
        """Offer what can be done with several records."""
        offers.add(
            Offer("record", self._toggle_text, self.toggle, "M", separated=True),
            Offer("map", N_("Choose every record"), self._choose_all, "Ctrl+A", separated=True),
            Offer("map", N_("Choose none"), self._clear, "Esc", self._has_some),
            Offer("map", self._count_text, self._nothing, "", self._can_align, separated=True),
        )
        for way in WAYS:
            text, key = _WORDS[way]
            offers.add(Offer("map", text, partial(self._align, way), key, partial(self._enough, way)))
        for key, (right, down) in _NUDGES.items():
            offers.add(Offer("map", "", partial(self._nudge, right, down), key, self._has_some, listed=False))

    def set(self, ids: frozenset[str]) -> None:
        """Choose these and no others."""
        if ids != self.ids:
            self.ids = ids
            self.changed.emit()

    def toggle(self, record_id: str) -> None:
        """Choose a record too, or not any more."""
        self.set(self.ids ^ {record_id})

    def choose_within(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Choose the records within a rectangle in units of the layout, beside those chosen already."""
        spec = self._arranging.spec
        if spec is None or not spec.nodes:
            return
        inside = (spec.xy[:, 0] >= x[0]) & (spec.xy[:, 0] <= x[1]) & (spec.xy[:, 1] >= y[0]) & (spec.xy[:, 1] <= y[1])
        self.set(self.ids | {spec.nodes[number].id for number in np.flatnonzero(inside).tolist()})

    def moved_with(self, record_id: str, x: float, y: float) -> dict[str, Place]:
        """Return where all that are chosen go when one of them goes there; that one alone where it is not chosen."""
        places = self._places() if record_id in self.ids else {}
        if record_id not in places:
            return {record_id: (x, y)}
        from_x, from_y = places[record_id]
        return shifted(places, x - from_x, y - from_y)

    def _places(self) -> dict[str, Place]:
        spec = self._arranging.spec
        if spec is None:
            return {}
        numbers = {id_: spec.number_of(id_) for id_ in self.ids}
        return {
            id_: (float(spec.xy[number, 0]), float(spec.xy[number, 1]))
            for id_, number in numbers.items()
            if number != NOWHERE
        }

    def _put(self, places: dict[str, Place]) -> None:
        spec = self._arranging.spec
        if spec is not None and places:
            self._workspace.run(placing(spec.arrangement, places))

    def _align(self, way: Way, _id: str = "") -> None:
        places = self._places()
        new = aligned(places, way)
        if new != places:
            self._put(new)

    def _nudge(self, right: float, down: float, _id: str = "") -> None:
        self._put(shifted(self._places(), right * _NUDGE, down * _NUDGE))

    def _enough(self, way: Way, _id: str = "") -> bool:
        return len(self.ids) >= least(way)

    def _can_align(self, _id: str = "") -> bool:
        return len(self.ids) >= 2

    def _has_some(self, _id: str = "") -> bool:
        return bool(self.ids)

    def _choose_all(self, _id: str = "") -> None:
        spec = self._arranging.spec
        if spec is not None:
            self.set(frozenset(node.id for node in spec.nodes))

    def _clear(self, _id: str = "") -> None:
        self.set(frozenset())

    def _nothing(self, _id: str = "") -> None:
        """A heading does nothing."""

    def _toggle_text(self, record_id: str) -> str:
        return _("Choose it no longer") if record_id in self.ids else _("Choose it too")

    def _count_text(self, _id: str) -> str:
        return ngettext("{count} record chosen:", "{count} records chosen:", len(self.ids)).format(count=len(self.ids))

    def _activated(self, ref: Ref) -> None:
        if ref.kind == "record" and ref.ids and _with_control():
            self.toggle(ref.ids[0])

    def _clicked_at(self, x: float, y: float) -> None:
        if not _with_control() and self.ids:
            ref = self._canvas.hit(x, y)
            if ref is None or ref.kind != "record" or ref.ids[0] not in self.ids:
                self.set(frozenset())


def _with_control() -> bool:
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
