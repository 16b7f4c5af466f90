"""How the facts screen shares its room: the height between table and form, the keyboard between rows and none."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

if TYPE_CHECKING:
    from chipscape_desktop.forms.record_form import RecordForm

_FORM_SHARE = 0.68
_HALF = 0.52
_LIST_SHARE = 0.62
_HINT_HEIGHT = 72


class Room(QObject):
    """Shares the height between the table and a form below it.

    A form that shows nothing leaves the table almost all of it, one that shows a record takes half, and one that
    somebody works in the larger part.
    """

    def __init__(self, splitter: QSplitter, form: "RecordForm") -> None:
        super().__init__(splitter)
        self._splitter, self._form = splitter, form
        form.room_wanted.connect(self.make)
        form.nothing.installEventFilter(self)

    def make(self) -> None:
        """Make room for somebody who works in the form."""
        self._give(_FORM_SHARE)

    def make_list(self) -> None:
        """Make room for somebody who goes through a list over the form."""
        wanted = round(self._splitter.height() * (1 - _LIST_SHARE))
        if self._form.height() > wanted:
            self._set(wanted)

    def share(self) -> None:
        """Share the height by what the form shows."""
        if self._form.nothing.isVisibleTo(self._form):
            self._set(_HINT_HEIGHT)
        else:
            self._give(_HALF)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow whether the form shows a record."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.share()
        return super().eventFilter(watched, event)

    def _give(self, part: float) -> None:
        """Give the form at least that part of the height."""
        wanted = round(self._splitter.height() * part)
        if self._form.height() < wanted:
            self._set(wanted)

    def _set(self, form_height: int) -> None:
        if self._splitter.orientation() == Qt.Orientation.Vertical:
            self._splitter.setSizes([0, self._splitter.height() - form_height, form_height])


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
