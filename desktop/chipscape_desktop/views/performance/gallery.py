"""The gallery: the figures of the catalogue with small pictures of themselves, one of them shown."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chipscape_desktop.figures.catalog import about_of, figure, names
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.views.performance.thumbnails import HEIGHT, WIDTH, Thumbnails
from chipscape_desktop.workspace import Workspace

OTHER_SCREENS = ("timeline", "milestones", "ecosystem")
"""The figures that have a screen of their own."""

_NAME, _ABOUT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_PAD, _LINE = 10, 17


def chart_names() -> tuple[str, ...]:
    """Return the names of the figures that the performance screen hosts."""
    return tuple(name for name in names() if name not in OTHER_SCREENS)


class FigureGallery(QListWidget):
    """Lists the figures; `chosen` carries the name of the one that becomes current, by mouse or by arrow key."""

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH + 2 * _PAD + 22)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Card(self))
        self.thumbnails = Thumbnails(workspace, self)
        self.thumbnails.drawn.connect(self._drawn)
        for name in chart_names():
            item = QListWidgetItem(self)
            item.setData(_NAME, name)
        self.retranslate()
        self.currentItemChanged.connect(self._current_changed)
        workspace.opened.connect(self.refresh)
        workspace.changed.connect(self.refresh)
        workspace.filters_changed.connect(self.refresh)
        theme().changed.connect(self.refresh)

    def mark(self, name: str) -> None:
        """Show a figure as the current one."""
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.blockSignals(True)
                self.setCurrentRow(row)
                self.blockSignals(False)

    def refresh(self, _change: object = None) -> None:
        """Draw the pictures anew, those in sight first, where they are no longer good; nothing while out of sight."""
        if not self.isVisible():
            self.thumbnails.cancel()
            return
        rows = sorted(range(self.count()), key=self._out_of_sight)
        self.thumbnails.want([self.item(row).data(_NAME) for row in rows])

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.setAccessibleName(_("Figures"))
        for row in range(self.count()):
            item = self.item(row)
            shown = figure(item.data(_NAME))
            item.setText(_(shown.title))
            item.setData(_ABOUT, _(about_of(shown)) if about_of(shown) else "")
            item.setToolTip(item.data(_ABOUT))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        super().hideEvent(event)
        self.thumbnails.cancel()

    def _out_of_sight(self, row: int) -> tuple[bool, int]:
        return not self.visualItemRect(self.item(row)).intersects(self.viewport().rect()), row

    def _drawn(self, _name: str) -> None:
        self.viewport().update()

    def _current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_NAME))


class _Card(QStyledItemDelegate):
    """Paints one figure: its picture, its name, one line on what it is for."""

    def __init__(self, gallery: FigureGallery) -> None:
        super().__init__(gallery)
        self._gallery = gallery

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH + 2 * _PAD, HEIGHT + 2 * _PAD + 3 * _LINE + 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette, rect = current_palette(), option.rect
        state = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        frame = QRect(rect.x() + _PAD, rect.y() + _PAD, WIDTH, HEIGHT)
        painter.save()
        image = self._gallery.thumbnails.image(index.data(_NAME))
        painter.fillRect(frame, QColor(palette.ground))
        if image is not None:
            painter.drawImage(frame, image)
        painter.setPen(QColor(palette.accent if current else palette.rule))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        if current:
            painter.drawRect(frame.adjusted(-1, -1, 0, 0))
        font = QFont(self._gallery.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(palette.accent if current else palette.ink))
        name = QRect(frame.x(), frame.bottom() + 5, WIDTH, _LINE)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, WIDTH)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(palette.ink_soft))
        about = QRect(name.x(), name.bottom() + 1, WIDTH, 2 * _LINE - 4)
        painter.drawText(about, Qt.TextFlag.TextWordWrap, str(index.data(_ABOUT)))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(palette.accent))
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), 6, 6)
        painter.restore()
