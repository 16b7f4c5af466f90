"""Texts of one field in their languages, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

WIDEST = 560
"""The most width that a column of fields takes, in device-independent pixels."""


def side_by_side(boxes: Sequence[QWidget]) -> QWidget:
    """Return the texts of one field in their languages, two in a row."""
    both = QWidget()
    both.setMaximumWidth(WIDEST)
    grid = QGridLayout(both)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(12)
    for place, box in enumerate(boxes):
        grid.addWidget(box, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
    for column in range(2):
        grid.setColumnStretch(column, 1)
    return both
