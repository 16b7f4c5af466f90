"""A line of text that never asks for more room than there is."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chipscape_desktop.widgets.one_line import OneLine

_LONG = "Nvidia H200 NVL · BF16 compute, FP16 compute, INT8 compute, TF32 compute, FP64 compute · 8 claims side by side"


def test_a_long_line_is_cut_in_the_middle_and_said_in_whole_elsewhere(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    line = OneLine(host)
    QVBoxLayout(host).addWidget(line)
    line.say(_LONG)
    host.resize(300, 60)
    host.show()
    assert host.width() == 300
    assert line.text().startswith("Nvidia")
    assert line.text().endswith("side")
    assert "…" in line.text()
    assert line.toolTip() == line.accessibleName() == line.whole() == _LONG
    host.resize(1600, 60)
    assert line.text() == _LONG
    assert line.toolTip() == ""


def test_a_new_line_takes_the_place_of_the_old(qtbot: QtBot) -> None:
    line = OneLine()
    qtbot.addWidget(line)
    line.resize(200, 20)
    line.show()
    line.say("One")
    line.say("Two")
    assert (line.text(), line.whole(), line.accessibleName()) == ("Two", "Two", "Two")
