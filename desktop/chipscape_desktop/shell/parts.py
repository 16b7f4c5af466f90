"""Walking through the parts of the window by keyboard: top bar, rail, the parts of the screen, inspector."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow


class WindowParts(QObject):
    """Puts the keyboard into the next or previous part of the window, where it was in that part before.

    A screen that has several parts names them, in their order, in a method `parts`.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._left_at: WeakKeyDictionary[QWidget, QWidget] = WeakKeyDictionary()

    def next(self) -> None:
        """Go on to the next part."""
        self._go(1)

    def previous(self) -> None:
        """Go back to the previous part."""
        self._go(-1)

    def shown(self) -> list[QWidget]:
        """Return the parts that are there now, in the order in which they are walked through."""
        window = self._window
        screen = window.current()
        inside = [window.welcome] if screen is None else screen.parts() if hasattr(screen, "parts") else [screen]
        parts = [window.top_bar, window.rail, *inside, window.inspector]
        return [part for part in parts if part is not None and part.isVisible()]

    def _go(self, step: int) -> None:
        parts = self.shown()
        focused = QApplication.focusWidget()
        here = next((at for at, part in enumerate(parts) if focused is not None and _holds(part, focused)), None)
        if here is not None and focused is not None:
            self._left_at[parts[here]] = focused
        start = here if here is not None else -1 if step > 0 else 0
        for distance in range(1, len(parts) + 1):
            target = self._entrance(parts[(start + step * distance) % len(parts)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _entrance(self, part: QWidget) -> QWidget | None:
        """Return where the keyboard enters a part: where it left it, else the first place that takes it."""
        before = self._left_at.get(part)
        if before is not None and _holds(part, before) and _takes_keys(before):
            return before
        proxy = part.focusProxy()
        start = here = part if proxy is None else proxy
        while not (_holds(part, here) and _takes_keys(here)):
            following = here.nextInFocusChain()
            if following is None or following is start:
                return None
            here = following
        return here


def _holds(part: QWidget, widget: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)


def _takes_keys(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
