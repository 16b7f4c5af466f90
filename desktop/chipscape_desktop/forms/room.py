"""How the facts screen shares its room: the height between table and form, the keyboard between rows and none."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

if TYPE_CHECKING:
    from chipscape_desktop.forms.record_form import RecordForm

_FORM_SHARE = 0.68


class Room(QObject):
    """Gives a form that stands below the table the larger part of the height once somebody works in it."""

    def __init__(self, splitter: QSplitter, form: "RecordForm") -> None:
        super().__init__(splitter)
        self._splitter, self._form = splitter, form
        form.room_wanted.connect(self.make)

    def make(self) -> None:
        """Make room."""
        height = self._splitter.height()
        if self._splitter.orientation() == Qt.Orientation.Vertical and self._form.height() < height * _FORM_SHARE:
            form_height = round(height * _FORM_SHARE)
            self._splitter.setSizes([0, height - form_height, form_height])


def show_front(view: QWidget, pages: QStackedWidget, page: QWidget, *, otherwise: QWidget) -> None:
    """Show a page of *view*; the keyboard goes to it where it can take it, else to what adds the first row.

    What is hidden takes no keyboard, and without it the keys of the view would be dead.
    """
    focused = view.window().focusWidget()
    had_it = focused is None or focused is pages.currentWidget()
    pages.setCurrentWidget(page)
    front = page if page.focusPolicy() != Qt.FocusPolicy.NoFocus else otherwise
    view.setFocusProxy(front)
    if view.isVisible() and had_it:
        front.setFocus()
