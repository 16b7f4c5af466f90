"""A Qt application for painters where there is no window: made once, without a display."""

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_kept: list[QCoreApplication] = []


def ensure_application() -> None:
    """Make sure that fonts and images can be used; a running application stays as it is."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept.append(QGuiApplication(["chipscape"]))
