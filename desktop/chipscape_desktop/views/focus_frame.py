"""A frame around a figure that the keyboard has come to, so that whoever uses no mouse sees where the keys go."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen

from chipscape_desktop.theme import current_palette

if TYPE_CHECKING:
    from chipscape_desktop.views.canvas import FigureCanvas

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
)  # fmt: skip
_WIDTH = 2.0


class FocusFrame(QObject):
    """Frames a canvas for as long as it has the keyboard, unless it got it by a click."""

    def __init__(self, canvas: "FigureCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.shown = False
        canvas.installEventFilter(self)
        canvas.add_overlay(self._paint)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard in and out."""
        if isinstance(event, QFocusEvent):
            shown = event.type() == QEvent.Type.FocusIn and event.reason() in _BY_KEYBOARD
            if shown != self.shown:
                self.shown = shown
                self._canvas.viewport().update()
        return False

    def _paint(self, painter: QPainter) -> None:
        if not self.shown:
            return
        size = self._canvas.viewport().size()
        painter.setPen(QPen(QColor(current_palette().accent), _WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = _WIDTH / 2
        painter.drawRect(QRectF(half, half, size.width() - _WIDTH, size.height() - _WIDTH))
