from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chipscape_desktop.shell.palette import Palette
from chipscape_desktop.workspace import Workspace


def _palette(qtbot: QtBot, workspace: Workspace, actions: list[QAction]) -> Palette:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    palette = Palette(workspace, lambda: actions, window)
    palette.setProperty("window", window)
    window.show()
    return palette


def _texts(palette: Palette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_a_record_is_found_as_one_types_and_enter_selects_it(qtbot: QtBot, workspace: Workspace) -> None:
    palette = _palette(qtbot, workspace, [])
    palette.open()
    qtbot.keyClicks(palette.field, "ascend 910b")
    qtbot.waitUntil(lambda: any(text.startswith("Ascend 910B") for text in _texts(palette)))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert workspace.selection is not None
    assert workspace.selection.kind == "record"
    assert palette.isHidden()


def test_chinese_names_are_found(qtbot: QtBot, workspace: Workspace) -> None:
    palette = _palette(qtbot, workspace, [])
    palette.open("盘古")
    qtbot.waitUntil(lambda: any("Pangu" in text for text in _texts(palette)))


def test_actions_are_offered_with_their_keys_and_run(qtbot: QtBot, workspace: Workspace) -> None:
    done: list[bool] = []

    def run(checked: bool) -> None:
        done.append(checked)

    action = QAction("Export figure…")
    action.setShortcut("Ctrl+E")
    action.triggered.connect(run)
    palette = _palette(qtbot, workspace, [action])
    palette.open("export fig")
    qtbot.waitUntil(lambda: "Export figure…   (Ctrl+E)" in _texts(palette))
    palette.list.setCurrentRow(_texts(palette).index("Export figure…   (Ctrl+E)"))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == [False]


def test_nothing_found_is_said_in_words_and_escape_closes(qtbot: QtBot, workspace: Workspace) -> None:
    palette = _palette(qtbot, workspace, [])
    palette.open("zzzzqqq")
    qtbot.waitUntil(lambda: palette._nothing.isVisible() and "zzzzqqq" in palette._nothing.text())
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_who_had_the_focus_gets_it_back_so_that_its_keys_go_on_working(qtbot: QtBot, workspace: Workspace) -> None:
    palette = _palette(qtbot, workspace, [])
    line = QLineEdit(palette.parentWidget())
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    palette.open()
    qtbot.waitUntil(palette.field.hasFocus)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    qtbot.waitUntil(line.hasFocus)
