import pytest
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from chipscape_db.filters import Filters
from chipscape_desktop import i18n
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline.empty import EmptyTimeline
from chipscape_desktop.views.timeline.waiting import WaitingPage


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("filters", [Filters(), Filters(kinds=frozenset({"chip"}))], ids=["empty", "filtered"])
def test_the_whole_sentence_is_shown_where_the_timeline_is_empty(qtbot: QtBot, language: str, filters: Filters) -> None:
    install_fonts()
    i18n.set_language(language)
    empty = EmptyTimeline()
    qtbot.addWidget(empty)
    empty.explain(filters)
    empty.resize(900, 600)
    empty.show()
    wrapped = [label for label in empty.findChildren(QLabel) if label.wordWrap()]
    assert wrapped
    for label in wrapped:
        assert label.height() >= label.heightForWidth(label.width())


@pytest.fixture
def stack(qtbot: QtBot) -> QStackedWidget:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(QWidget(stack))
    stack.show()
    return stack


def test_what_takes_more_than_a_blink_is_announced_and_makes_room(qtbot: QtBot, stack: QStackedWidget) -> None:
    page = WaitingPage(stack, stack)
    page.begin("large.chipscape")
    assert stack.currentWidget() is not page
    qtbot.waitUntil(lambda: stack.currentWidget() is page)
    assert any("large.chipscape" in label.text() for label in page.findChildren(QLabel))
    page.end()
    assert stack.currentIndex() == 0


def test_what_is_there_in_a_blink_is_not_announced(qtbot: QtBot, stack: QStackedWidget) -> None:
    page = WaitingPage(stack, stack)
    page.begin("small.chipscape")
    page.end()
    with qtbot.assertNotEmitted(stack.currentChanged, wait=400):
        pass
