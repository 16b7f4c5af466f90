from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chipscape_desktop import i18n
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Workspace

OpenTimeline = Callable[..., TimelineView]


@pytest.fixture
def open_timeline(qtbot: QtBot, starter_copy: Path) -> Iterator[OpenTimeline]:
    """Shows the starter facts on a timeline of 1310 by 700 pixels, made with these options, once it is read."""
    i18n.set_language("en")
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter_copy)

    def show(**options: int) -> TimelineView:
        made = TimelineView(workspace, **options)
        qtbot.addWidget(made)
        made.resize(1310, 700)
        made.show()
        qtbot.waitUntil(lambda: made.current_spec() is not None, timeout=10_000)
        QApplication.processEvents()
        return made

    yield show
    workspace.close()
    i18n.set_language("en")


@pytest.fixture
def view(open_timeline: OpenTimeline) -> TimelineView:
    """The starter facts on a timeline."""
    return open_timeline()
