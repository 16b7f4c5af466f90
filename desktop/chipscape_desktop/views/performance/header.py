"""The line over a figure: which one it is where the gallery has no room, and its table."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.views.performance.gallery import chart_names


class FigureHeader(QWidget):
    """Picks a figure (`chosen`: its name), asks for the gallery (`gallery_wanted`) and the table (`table_wanted`)."""

    chosen = Signal(object)
    gallery_wanted = Signal(bool)
    table_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gallery = self._button("list")
        self.label = QLabel(self)
        self.box = QComboBox(self)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label.setBuddy(self.box)
        self.table = self._button("table")
        self.table.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.table.setShortcut(QKeySequence("Ctrl+T"))
        self.reset = self._button("revert")
        self.title = self._button("tag")
        self.annotate = self._button("")
        self.saved = self._button("")
        self.reset.setCheckable(False)
        for button in (self.title, self.annotate, self.saved):
            button.setCheckable(False)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 0)
        row.setSpacing(6)
        for widget in (self.gallery, self.label, self.box):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.reset, self.title, self.annotate, self.saved, self.table):
            row.addWidget(widget)
        for name in chart_names():
            self.box.addItem("", name)
        self.box.setMaxVisibleItems(self.box.count())  # a list of figures is read at a glance, not scrolled
        self.box.activated.connect(self._activated)
        self.gallery.clicked.connect(self.gallery_wanted)
        self.table.clicked.connect(self.table_wanted)
        self.retranslate()

    def mark(self, name: str) -> None:
        """Show a figure as the current one."""
        self.box.setCurrentIndex(self.box.findData(name))

    def show_gallery(self, shown: bool, *, possible: bool) -> None:
        """Follow the gallery: the list of names stands in for it while it is hidden."""
        self.gallery.setChecked(shown)
        self.gallery.setVisible(possible)
        self.label.setVisible(not shown)
        self.box.setVisible(not shown)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.label.setText(_("Fi&gure"))
        self.box.setAccessibleName(_("Figure"))
        for row in range(self.box.count()):
            self.box.setItemText(row, _(figure(self.box.itemData(row)).title))
        self.gallery.setToolTip(_("Show or hide the gallery of figures"))
        self.gallery.setAccessibleName(_("Show or hide the gallery of figures"))
        self.reset.setToolTip(_("Reset the chart's options"))
        self.reset.setAccessibleName(_("Reset the chart's options"))
        self.title.setText(_("Title"))
        self.title.setToolTip(_("Give this figure a title of its own"))
        self.annotate.setText(_("Remark"))
        self.annotate.setToolTip(_("Put a text, an arrow, a line or a growth on the figure"))
        self.saved.setText(_("Saved"))
        self.saved.setToolTip(_("Figures saved in the fact base"))
        self.table.setText(_("Table"))
        self.table.setToolTip(_("The figure as a table (Ctrl+T)"))
        # Qt forgets a shortcut when the text of a button changes.
        self.table.setShortcut(QKeySequence("Ctrl+T"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        if name:
            button.setIcon(icon(name))
        return button

    def _activated(self, row: int) -> None:
        self.chosen.emit(self.box.itemData(row))
