"""What the application says to the person: the only module that opens boxes or the notice bar."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,  # noqa: TID251 this is the module that the ban sends everybody to
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from chipscape_db.errors import FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.logs import log_path
from chipscape_desktop.theme import set_role

_log = logging.getLogger(__name__)
_bars: "WeakSet[NoticeBar]" = WeakSet()


class NoticeBar(QFrame):
    """A line at the top of a window: a text, a detail, at most one action, and a way to dismiss it."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden; `tell` shows it."""
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._sign, self._text, self._detail = QLabel(self), QLabel(self), QLabel(self)
        for label in (self._text, self._detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._detail, "note")
        self._button = QPushButton(self)
        self._close = QToolButton(self)
        self._close.setIcon(icon("x"))
        self._button.clicked.connect(self._do_action)
        self._close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        self.hide()
        _bars.add(self)

    def retranslate(self) -> None:
        """Set the texts of the bar itself again."""
        self._close.setToolTip(_("Dismiss (Esc)"))
        self._close.setAccessibleName(_("Dismiss"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def tell(
        self,
        text: str,
        *,
        detail: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
        error: bool = False,
    ) -> None:
        """Show a text, a smaller detail, and one action as (label, what to do)."""
        set_role(self, "notice-error" if error else "notice")
        sign = icon("alert", colour="error") if error else icon("info", colour="accent")
        self._sign.setPixmap(sign.pixmap(16, 16))
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._action = action[1] if action else None
        self._button.setText(action[0] if action else "")
        self._button.setVisible(action is not None)
        self.setAccessibleName(text)
        self.show()

    def text(self) -> str:
        """Return the text shown, empty when the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def take_focus(self) -> None:
        """Put the keyboard on the action, else on the way to dismiss."""
        (self._button if self._action else self._close).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Hide the bar."""
        self.hide()
        self.dismissed.emit()

    @Slot()
    def _do_action(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Dismiss on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _bar() -> NoticeBar | None:
    """Return the notice bar of the window in front, else of any window."""
    active = QApplication.activeWindow()
    # Python may still hold the bar of a window that is gone.
    bars = sorted((bar for bar in _bars if isValid(bar)), key=lambda bar: bar.window() is not active)
    return bars[0] if bars else None


def tell(
    text: str, *, detail: str = "", action: tuple[str, Callable[[], object]] | None = None, error: bool = False
) -> None:
    """Tell the person something, in the notice bar of the window in front; in a box where there is no window yet."""
    bar = _bar()
    if bar is not None:
        bar.tell(text, detail=detail, action=action, error=error)
    else:
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Warning if error else QMessageBox.Icon.Information)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(detail)
        box.exec()


def tell_error(error: FactsError) -> None:
    """Tell one of the world's faults in words."""
    tell(error_text(error), error=True)


def ask(question: str, *, yes: str, no: str, detail: str = "", parent: QWidget | None = None) -> bool:
    """Ask a question whose answers are named by what they do; Escape and Return mean *no*."""
    box = QMessageBox(parent or QApplication.activeWindow())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    decline = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(decline)
    box.setEscapeButton(decline)
    box.exec()
    return box.clickedButton() is agree


def may_write(path: Path, parent: QWidget | None = None) -> bool:
    """Say whether a file may be written there: where there is one already, the person is asked."""
    question = _("{file} exists already. Replace it?").format(file=path.name)
    return not path.exists() or ask(question, yes=_("Replace"), no=_("Keep it"), parent=parent)


class CrashDialog(QDialog):
    """Says that a bug was met, and gives the report to copy; nothing is sent anywhere."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        """Show *report*."""
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(640, 420)
        title, text = QLabel(_("Something went wrong inside Chipscape"), self), QLabel(self)
        set_role(title, "heading")
        text.setText(
            _(
                "The last thing you did may not have happened; what was saved before is safe. "
                "You can go on working. The report below stays on this computer unless you copy it."
            )
        )
        text.setWordWrap(True)
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(_("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        go_on = buttons.addButton(_("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(go_on, "primary")
        go_on.setDefault(True)
        copy.clicked.connect(self.copy)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (title, text, self.report, buttons):
            column.addWidget(widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the keyboard on the way on."""
        super().showEvent(event)
        self.report.moveCursor(self.report.textCursor().MoveOperation.End)

    @Slot()
    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def crash_report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return what a developer needs of a bug, as text."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        own = version("chipscape")
    except PackageNotFoundError:
        own = "(run from its sources)"
    facts = [f"Chipscape {own}", f"Python {platform.python_version()}", platform.platform(), f"Log: {log_path()}"]
    return "\n".join([*facts, "", *traceback.format_exception(kind, error, trace)])


def crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log a bug and show the crash dialog; one at a time, a second bug meanwhile is only logged."""
    _log.error("A bug", exc_info=(kind, error, trace))
    if _Hooks.showing or QApplication.instance() is None:
        return
    _Hooks.showing = True
    try:
        CrashDialog(crash_report(kind, error, trace), QApplication.activeWindow()).exec()
    finally:
        _Hooks.showing = False


class _Hooks(QObject):
    """Brings what was raised, on any thread, to the GUI thread and to the person."""

    raised = Signal(object)
    showing = False
    installed: "_Hooks | None" = None

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.raised.connect(self.show)

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.quit()
        elif QThread.currentThread() is self.thread():
            self.show((kind, error, trace))
        else:
            self.raised.emit((kind, error, trace))

    def on_thread_exception(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None and not issubclass(raised.exc_type, SystemExit):
            self.on_exception(raised.exc_type, raised.exc_value, raised.exc_traceback)

    @Slot(object)
    def show(self, raised: tuple[type[BaseException], BaseException, TracebackType | None]) -> None:
        kind, error, trace = raised
        if isinstance(error, FactsError):
            _log.info("Told: %s", error)
            tell_error(error)
        else:
            crash(kind, error, trace)


def install_hooks(app: QApplication) -> None:
    """Show from now on whatever nobody caught: the world's faults in the notice bar, bugs in the crash dialog."""
    hooks = _Hooks(app)
    _Hooks.installed = hooks
    sys.excepthook = hooks.on_exception
    threading.excepthook = hooks.on_thread_exception


def remove_hooks() -> None:
    """Give Python its own hooks back, at the end of the application."""
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    _Hooks.installed = None
