"""The card that tells what the mark under the pointer stands for."""

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_GAP = 14
_WIDEST = 360
_TAGS = re.compile("<[^>]*>")


class HoverCard(QFrame):
    """A small card beside the pointer, always inside its parent; it never takes the mouse or the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._point = QPoint()
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._label.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._label)
        self.hide()

    def text(self) -> str:
        """Return what the card says, as rich text."""
        return self._label.text()

    def renew(self, html: str) -> None:
        """Say something else at the same place, if the card is there."""
        if self.isVisible() and html:
            self.show_at(self._point, html)

    def show_at(self, point: QPoint, html: str) -> None:
        """Show *html* near *point* (in the parent's pixels)."""
        self._point = point
        self._label.setText(html)
        longest = max(_TAGS.sub("", html.replace("<br>", "\n")).split("\n"), key=len)
        width = min(self._label.fontMetrics().horizontalAdvance(longest), _WIDEST)
        self._label.setMinimumWidth(min(width, _WIDEST))
        self.adjustSize()
        area = self._over.rect()
        x, y = point.x() + _GAP, point.y() + _GAP
        if x + self.width() > area.right() - 4:
            x = point.x() - _GAP - self.width()
        if y + self.height() > area.bottom() - 4:
            y = point.y() - _GAP - self.height()
        self.move(max(x, area.left() + 4), max(y, area.top() + 4))
        self.raise_()
        self.show()
