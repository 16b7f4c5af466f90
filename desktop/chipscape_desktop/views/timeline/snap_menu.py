"""The menu beside the pencil: to what dates snap that are moved by hand."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.views.timeline.choices import SNAPS


class SnapMenu(QMenu):
    """One unit to choose; `chosen` carries its name, empty for the one that the zoom suggests."""

    chosen = Signal(str)

    def __init__(self, button: QToolButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = button
        self._group = QActionGroup(self)
        self._title = self.addAction("")
        self._title.setEnabled(False)
        self.addSeparator()
        self._units = {name: self._checkable(name) for name in SNAPS}
        button.setMenu(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.triggered.connect(self._picked)
        self.choose("")
        self.retranslate()

    def unit(self) -> str:
        """Return the unit that is chosen."""
        return next((name for name, action in self._units.items() if action.isChecked()), "")

    def choose(self, unit: str) -> None:
        """Tick a unit."""
        self._units[unit if unit in self._units else ""].setChecked(True)

    def open(self) -> None:
        """Open under the pencil, on the unit that is chosen."""
        self.popup(
            self._button.mapToGlobal(QPoint(self._button.width() - self.sizeHint().width(), self._button.height()))
        )
        self.setActiveAction(self._units[self.unit()])

    def retranslate(self) -> None:
        """Name every unit in the language in force."""
        self._title.setText(_("Moved dates snap to"))
        names = (_("Automatic, by the zoom"), _("Days"), _("Months"), _("Quarters"), _("Years"))
        for action, name in zip(self._units.values(), names, strict=True):
            action.setText(name)

    def _checkable(self, name: str) -> QAction:
        action = self.addAction(name)
        action.setCheckable(True)
        action.setData(name)
        self._group.addAction(action)
        return action

    def _picked(self, action: QAction) -> None:
        self.chosen.emit(action.data())
