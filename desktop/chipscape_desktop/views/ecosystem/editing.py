"""Editing on the map: what is wanted of a form, told to whoever has forms, and the drawer in which they open."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.theme import set_role
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.views.ecosystem.tying import Tying

_NARROWEST = 330


class Drawer(QFrame):
    """A place beside the map for one form at a time; `opened` and `emptied`."""

    opened = Signal()
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(_NARROWEST)
        self.form: QWidget | None = None
        self._save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        self._save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._save.activated.connect(self._save_form)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_form(self, form: QWidget) -> None:
        """Show a form; one that is there goes."""
        self._take_out()
        self.form = form
        self._column.addWidget(form)
        self.opened.emit()
        self.show()
        form.show()

    def empty(self) -> None:
        """Put the form away."""
        self._take_out()
        self.hide()
        self.emptied.emit()

    def _save_form(self) -> None:
        save = getattr(self.form, "save", None)
        if save is not None:
            save()

    def _take_out(self) -> None:
        if self.form is not None:
            form, self.form = self.form, None
            self._column.removeWidget(form)
            form.hide()
            form.deleteLater()


class Editing(QObject):
    """Tells what is to be edited: `tie_wanted` (ids of two records), `link_wanted` (id of a relationship to edit),
    `delete_wanted` (kind, id), `record_wanted` (x, y in units of the layout: a new record there)."""

    tie_wanted = Signal(object, object)
    link_wanted = Signal(object)
    delete_wanted = Signal(object, object)
    record_wanted = Signal(float, float)

    def __init__(self, canvas: FigureCanvas, tying: Tying) -> None:
        super().__init__(canvas)
        self._canvas, self._tying = canvas, tying
        self._clicked = QPointF(-1.0, -1.0)
        tying.tied.connect(self.tie_wanted)

    def add_to(self, offers: Offers) -> None:
        """Offer what edits."""
        offers.add(
            Offer("record", N_("Draw a relationship from here"), self._tying.start_from, "T", separated=True),
            Offer("record", N_("Delete the record…"), self._delete_record, "Del"),
            Offer("relationship", N_("Edit the relationship…"), self._edit_link, "F2"),
            Offer("relationship", N_("Delete the relationship…"), self._delete_link, "Del"),
            Offer("map", N_("Add a record here…"), self.add_record, "N", separated=True),
        )

    def add_record(self, _id: str = "") -> None:
        """Ask for a new record where the pointer is, else in the middle of what is in view."""
        port = self._canvas.viewport()
        point = QPointF(port.mapFromGlobal(QCursor.pos()))
        plot = None if (drawing := self._canvas.drawing()) is None else drawing.plot
        if plot is None:
            return
        if not plot.contains(point.x(), point.y()):
            point = QPointF(plot.x + plot.width / 2, plot.y + plot.height / 2)
        self.record_wanted.emit(*self._canvas.to_data(point.x(), point.y()))

    def _delete_record(self, record_id: str) -> None:
        self.delete_wanted.emit("record", record_id)

    def _delete_link(self, link_id: str) -> None:
        self.delete_wanted.emit("relationship", link_id)

    def _edit_link(self, link_id: str) -> None:
        self.link_wanted.emit(link_id)
