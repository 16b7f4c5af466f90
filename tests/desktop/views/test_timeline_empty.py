import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from chipscape_db.filters import Filters
from chipscape_desktop import i18n
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline.empty import EmptyTimeline


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
