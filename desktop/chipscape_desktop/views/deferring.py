"""What a view reads again only when somebody sees it."""

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Deferred(QObject):
    """Does something for a view at once while it is shown, else once when it is shown next."""

    def __init__(self, view: QWidget, work: Callable[[], None]) -> None:
        """*work* is a bound method of the view, held weakly."""
        super().__init__(view)
        self._view = view
        self._work = WeakMethod(work)
        self._waits = False
        view.installEventFilter(self)

    def ask(self) -> None:
        """Do it, now or when the view is shown."""
        if self._view.isVisible():
            self._do()
        else:
            self._waits = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Catch up when the view is shown."""
        if event.type() == QEvent.Type.Show and self._waits:
            self._do()
        return False

    def _do(self) -> None:
        self._waits = False
        work = self._work()
        if work is not None:
            work()
