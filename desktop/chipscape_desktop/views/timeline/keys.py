"""The keys of the timeline beyond those that every figure has."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

if TYPE_CHECKING:
    from chipscape_desktop.views.timeline.view import TimelineView

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TimelineKeys(QObject):
    """Does what a key means on the timeline.

    Home and End go to the first and last event, Page Up and Page Down a page of time, Backspace back; F fits the
    selection, F3 and Ctrl+F find, Ctrl+T shows the table, L the lanes, E switches editing, S chooses the
    unit to which dates snap; Insert adds, Ctrl+D copies,
    Delete deletes, Ctrl with arrows moves the selected event, with Shift its end, with Alt its start. Finding and the
    table work wherever the keyboard is in the window, as long as the timeline is shown.
    """

    def __init__(self, view: "TimelineView") -> None:
        super().__init__(view)
        self._view = view
        for keys, act in (
            (QKeySequence.StandardKey.Find, self._find), ("F3", self._next), ("Shift+F3", self._previous),
            ("Ctrl+T", self._table),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), view).activated.connect(act)

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what the key means; False for one that means nothing here."""
        view, key = self._view, event.key()
        held = event.modifiers() & (_CTRL | _SHIFT | _ALT)
        step = _ARROWS.get(Qt.Key(key)) if key in _ARROWS else None
        if step is not None and held & _CTRL:
            part = "end" if held & _SHIFT else "start" if held & _ALT else "all"
            return view.editing.step(step, part)  # type: ignore[arg-type]
        if key == Qt.Key.Key_Escape:
            return view.editing.give_up() or view.headers.give_up()
        if view.headers.pressed(Qt.Key(key), held):
            return True
        acts: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_Home, _NONE): view.travel.to_start,
            (Qt.Key.Key_End, _NONE): view.travel.to_end,
            (Qt.Key.Key_Backspace, _NONE): view.travel.back,
            (Qt.Key.Key_Backspace, _SHIFT): view.travel.forward,
            (Qt.Key.Key_F, _NONE): view.fit_selection,
            (Qt.Key.Key_L, _NONE): view.open_lanes,
            (Qt.Key.Key_E, _NONE): view.panel.editing.toggle,
            (Qt.Key.Key_S, _NONE): view.panel.snapping.open,
            (Qt.Key.Key_Insert, _NONE): view.events.add_in_view,
            (Qt.Key.Key_D, _CTRL): view.events.duplicate,
            (Qt.Key.Key_Delete, _NONE): view.events.delete,
            (Qt.Key.Key_Menu, _NONE): view.events.menu_of_selection,
            (Qt.Key.Key_F10, _SHIFT): view.events.menu_of_selection,
        }
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and held == _NONE:
            view.travel.turn_page(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        act = acts.get((key, held))
        if act is None:
            return False
        act()
        return True

    def _find(self) -> None:
        self._view.panel.jump.setFocus()
        self._view.panel.jump.selectAll()

    def _next(self) -> None:
        self._view.panel.seek(1)

    def _previous(self) -> None:
        self._view.panel.seek(-1)

    def _table(self) -> None:
        self._view.show_table(not self._view.panel.table.isChecked())
