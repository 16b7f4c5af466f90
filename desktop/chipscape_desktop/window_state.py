"""Where the windows stood: the only use of QSettings."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from chipscape_desktop.paths import config_folder, made


def _store() -> QSettings:
    return QSettings(str(made(config_folder()) / "windows.ini"), QSettings.Format.IniFormat)


def save_window(window: QMainWindow) -> None:
    """Remember the place, size and dock layout of a window by its object name, and its named splitters'."""
    store = _store()
    store.setValue(f"{window.objectName()}/geometry", window.saveGeometry())
    store.setValue(f"{window.objectName()}/state", window.saveState())
    for splitter in window.findChildren(QSplitter):
        if splitter.objectName():
            store.setValue(f"{window.objectName()}/{splitter.objectName()}", splitter.saveState())
    store.sync()


def restore_window(window: QMainWindow) -> bool:
    """Put a window back to where it stood; return whether anything was remembered of it."""
    store = _store()
    geometry, state = (store.value(f"{window.objectName()}/{part}") for part in ("geometry", "state"))
    for splitter in window.findChildren(QSplitter):
        kept = store.value(f"{window.objectName()}/{splitter.objectName()}")
        if splitter.objectName() and isinstance(kept, QByteArray):
            splitter.restoreState(kept)
    if isinstance(state, QByteArray):
        window.restoreState(state)
    return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)
