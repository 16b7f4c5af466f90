from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chipscape_desktop import i18n
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def workspace(qtbot: QtBot, starter_copy: Path) -> Iterator[Workspace]:
    """The starter facts, open."""
    i18n.set_language("en")
    made = Workspace("Ada")
    with qtbot.waitSignal(made.opened, timeout=20_000):
        made.open(starter_copy)
    yield made
    made.close()
