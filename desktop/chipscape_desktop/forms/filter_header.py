"""The heading of a table with a line under each name to filter by that column."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from chipscape_desktop.i18n import _

_HEIGHT = 36
_GAP = 2


class FilterHeader(QHeaderView):
    """A header whose second row, when it is open, holds a line a column; `filter_changed` tells that one was typed in.

    `section_clicked` carries (section, whether Shift was held); `left_downwards` that the keyboard goes to the table.
    """

    filter_changed = Signal()
    section_clicked = Signal(object, object)
    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._open = False
        self._lines: dict[int, QLineEdit] = {}
        self._shift = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(self._place)
        self.sectionMoved.connect(self._place)
        self.sectionCountChanged.connect(self._place)
        self.sectionClicked.connect(self._clicked)

    @property
    def is_open(self) -> bool:
        """Say whether the filters are shown."""
        return self._open

    def set_open(self, opened: bool) -> None:
        """Show or hide the filters; what was typed stays."""
        if opened != self._open:
            self._open = opened
            self.updateGeometries()
            self.geometriesChanged.emit()
            self._place()

    def filters(self) -> dict[int, str]:
        """Return what is typed, by section."""
        return {section: line.text() for section, line in self._lines.items() if line.text().strip()}

    def set_filters(self, typed: dict[int, str]) -> None:
        """Show other filters, without telling."""
        for section in {*self._lines, *typed}:
            line = self._line(section)
            before = line.blockSignals(True)
            line.setText(typed.get(section, ""))
            line.blockSignals(before)
        self._place()

    def edit_filter(self, section: int) -> None:
        """Put the keyboard into the filter of a section."""
        self.set_open(True)
        line = self._line(section)
        self._place()
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line.selectAll()

    def sizeHint(self) -> QSize:
        """Return the room for names and filters."""
        size = super().sizeHint()
        return size + QSize(0, _HEIGHT) if self._open else size

    def updateGeometries(self) -> None:
        """Leave the lower part to the filters."""
        self.setViewportMargins(0, 0, 0, _HEIGHT if self._open else 0)
        super().updateGeometries()
        self._place()

    def follow_scroll(self, *_ignored: object) -> None:
        """Move the filters with their columns."""
        self._place()

    def _line(self, section: int) -> QLineEdit:
        if section not in self._lines:
            line = QLineEdit(self)
            line.setObjectName(str(section))
            line.textChanged.connect(self._typed)
            line.installEventFilter(self)
            self._lines[section] = line
        return self._lines[section]

    def _typed(self, _text: str) -> None:
        self.filter_changed.emit()

    def _place(self, *_ignored: object) -> None:
        """Put every line under its column."""
        model = self.model()
        if model is None:
            return
        top = super().sizeHint().height() + _GAP // 2
        hint = _("Words, =whole, !not, <5, >=2024, 1..9, - for empty, * for filled")
        for section in range(self.count()):
            shown = self._open and not self.isSectionHidden(section)
            if not shown and section not in self._lines:
                continue
            line = self._line(section)
            line.setVisible(shown)
            if shown:
                name = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
                line.setToolTip(hint)
                line.setAccessibleName(_("Filter: {column}").format(column=name))
                line.setPlaceholderText("…")
                left = self.sectionViewportPosition(section)
                line.setGeometry(left + _GAP, top, max(self.sectionSize(section) - 2 * _GAP, 10), _HEIGHT - _GAP)

    def mousePressEvent(self, event: object) -> None:
        """Remember whether Shift is held."""
        self._shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)  # type: ignore[attr-defined]
        super().mousePressEvent(event)  # type: ignore[arg-type]  # a QMouseEvent

    def _clicked(self, section: int) -> None:
        self.section_clicked.emit(section, self._shift)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Down and Enter go into the table, Escape clears a filter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left_downwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if watched.text():
                    watched.clear()
                else:
                    self.left_downwards.emit()
                return True
        return False

    def below(self, section: int) -> QPoint:
        """Return the point under a section, for a menu."""
        return self.mapToGlobal(QPoint(self.sectionViewportPosition(section), self.height()))
