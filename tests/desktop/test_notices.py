import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QVBoxLayout, QWidget  # noqa: TID251

from chipscape_db.errors import Invalid
from chipscape_desktop import notices
from chipscape_desktop.error_text import error_text
from chipscape_desktop.notices import CrashDialog, NoticeBar, ask, install_hooks, remove_hooks, tell


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    body = QWidget()
    window.setCentralWidget(body)
    window.bar = NoticeBar(body)
    QVBoxLayout(body).addWidget(window.bar)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def hooks(qapp, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    install_hooks(qapp)
    yield
    remove_hooks()


def raised(error):
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())


def test_a_text_is_told_in_the_window(window):
    tell("The copy is saved.", detail="/media/stick/copy.chipscape")
    assert window.bar.text() == "The copy is saved."
    assert window.bar.isVisible()


def test_a_notice_is_dismissed_by_key_and_has_one_action(window, qtbot):
    done = []
    tell("Three facts changed.", action=("Undo", lambda: done.append("undone")))
    window.bar.take_focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert done == ["undone"]
    assert not window.bar.isVisible()
    tell("Again.")
    assert window.bar.text() == "Again."
    qtbot.keyClick(window.bar, Qt.Key.Key_Escape)
    assert window.bar.text() == ""


def test_a_fault_of_the_world_is_told_in_words(window, hooks):
    raised(Invalid("{name} is no date.", field="released_on", name="soon"))
    assert window.bar.text() == "soon is no date."


def test_a_fault_on_another_thread_arrives_in_the_window(window, hooks, qtbot):
    def work():
        raise Invalid("{count} rows are wrong.", count=1200)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: window.bar.text() == "1,200 rows are wrong.")


def test_a_bug_is_logged_and_its_report_can_be_copied(window, hooks, expect_log):
    reports = []

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CrashDialog)
        dialog.copy()
        reports.append(QApplication.clipboard().text())
        dialog.accept()

    QTimer.singleShot(0, look)
    expect_log("A bug")
    raised(ZeroDivisionError("a bug of ours"))
    assert "ZeroDivisionError: a bug of ours" in reports[0]
    assert "Python 3." in reports[0]


@pytest.mark.parametrize(("button", "answer"), [("Delete", True), ("Keep", False)])
def test_a_question_is_answered_by_what_its_buttons_do(window, button, answer):
    def press():
        box = QApplication.activeModalWidget()
        assert box.defaultButton().text() == "Keep"
        next(each for each in box.buttons() if each.text() == button).click()

    QTimer.singleShot(0, press)
    assert ask("Delete the record?", yes="Delete", no="Keep") is answer


def test_without_a_window_a_box_is_opened(qapp, monkeypatch):
    texts = []

    def close():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts.append(box.text())
        box.accept()

    monkeypatch.setattr(notices, "_bars", set())
    QTimer.singleShot(0, close)
    tell("The file is not ours.", error=True)
    assert texts == ["The file is not ours."]


def test_a_fault_without_its_parameters_still_speaks():
    assert error_text(Invalid("{name} isn't known.", name="x")) == "x isn’t known."
