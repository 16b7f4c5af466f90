import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chipscape_db.queries.claim_numbers import typed_number
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.titles import CHART_TITLES
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.shell.palette import Palette
from chipscape_desktop.views.performance.gallery import chart_names
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


def test_a_number_finds_who_says_it(qtbot: QtBot, workspace: Workspace) -> None:
    palette = _palette(qtbot, workspace, [])
    palette.open("805,000")
    qtbot.waitUntil(lambda: any("805,000" in text and text.startswith("Huawei: ") for text in _texts(palette)))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert workspace.selection is not None
    assert (workspace.selection.kind, workspace.selection.metric) == ("record", "production.volume")


@pytest.mark.parametrize(
    ("text", "number"),
    [("805,000", 805000.0), ("805 000", 805000.0), ("805\u202f000", 805000.0), ("805000", 805000.0), ("1555.2", 1555.2),
     ("1555,2", 1555.2), ("12", None), ("910B", None), ("2025", None), ("1,2,3", None), ("", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(text: str, number: float | None) -> None:
    assert typed_number(text) == number


def test_charts_are_called_as_their_figures_are() -> None:
    assert list(CHART_TITLES) == list(chart_names())
    assert all(catalog.figure(name).title == title for name, title in CHART_TITLES.items())


def test_a_chart_is_found_by_its_name(qtbot: QtBot, workspace: Workspace) -> None:
    window = MainWindow(workspace, Settings(author_asked=True))
    window.show()
    window.show_screen("timeline")
    window.open_palette("output est")
    wanted = "Chart: Output estimates"
    qtbot.waitUntil(lambda: wanted in _texts(window.palette_panel))
    window.palette_panel.list.setCurrentRow(_texts(window.palette_panel).index(wanted))
    qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Return)
    assert window.screen_name() == "performance"
    assert window.current().figure_name == "output"
    qtbot.waitUntil(workspace.idle, timeout=20_000)
    window.close()
    window.deleteLater()
