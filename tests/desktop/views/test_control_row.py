"""The row of options over a figure: it fits into the window, and what has no room is behind a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import figure, idle_options, names, options_of
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.performance.panel import ControlRow, fitting
from chipscape_desktop.workspace import Workspace

_ROOM = 930  # of a window of 1366 pixels, with the inspector open


@pytest.fixture
def row(workspace: Workspace, qtbot: QtBot) -> ControlRow:
    install_fonts()
    made = ControlRow(workspace)
    qtbot.addWidget(made)
    made.resize(1600, 40)
    made.show_figure(figure("output"), {})
    made.show()
    return made


def in_row(row: ControlRow) -> list[QWidget]:
    """Return the fields that stand in the row, from left to right."""
    return sorted((box for box in row.boxes.values() if box.parent() is row and box.isVisible()), key=QWidget.x)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", [name for name in names() if options_of(figure(name))])
def test_the_options_of_every_figure_fit(row: ControlRow, name: str, language: str) -> None:
    i18n.set_language(language)
    shown = figure(name)
    row.show_figure(shown, {})
    row.resize(_ROOM, row.height())
    assert row.minimumSizeHint().width() <= _ROOM
    assert row.layout().minimumSize().width() <= _ROOM
    row.layout().activate()
    used = [option.name for option in options_of(shown) if option.name not in idle_options(shown, {})]
    assert in_row(row) == [row.boxes[name] for name in used if name not in row.behind]
    for box in (*in_row(row), *([row.more] if row.more.isVisible() else [])):
        assert box.geometry().right() < _ROOM
        assert box.width() >= box.minimumWidth()
    assert row.more.isVisible() == bool(row.behind & set(used))


def test_what_has_no_room_goes_behind_the_button_and_comes_back(row: ControlRow, qtbot: QtBot) -> None:
    wide = row.behind
    row.resize(500, 40)
    narrow = row.behind
    assert narrow > wide
    kept = [name for name in row.boxes if name not in narrow]
    assert kept == list(row.boxes)[: len(kept)]  # the last of the row go first
    qtbot.mouseClick(row.more, Qt.MouseButton.LeftButton)
    hidden = [name for name in row.boxes if name in narrow]
    places = [row.boxes[name].y() for name in hidden if row.boxes[name].isVisible()]
    assert len(places) > 1
    assert places == sorted(places)
    letters = [row.labels[name].text().partition("&")[2][:1].casefold() for name in hidden]
    assert len(set(letters)) == len(letters)
    row.boxes[hidden[0]].window().hide()
    row.resize(1600, 40)
    assert row.behind == wide
    assert all(row.labels[name].isVisible() for name in row.boxes if name not in wide)


def test_tab_goes_along_the_row_and_then_to_the_button(row: ControlRow) -> None:
    for width in (1600, 500, 1600, 700):
        row.resize(width, 40)
        chain: list[QWidget] = []
        widget = row.more.nextInFocusChain()
        while widget is not row.more:
            if widget in row.boxes.values():
                chain.append(widget)
            widget = widget.nextInFocusChain()
        assert chain == [box for name, box in row.boxes.items() if name not in row.behind]


def test_the_popup_keeps_its_options_while_it_is_open(row: ControlRow, qtbot: QtBot) -> None:
    row.resize(500, 40)
    narrow = row.behind
    qtbot.mouseClick(row.more, Qt.MouseButton.LeftButton)
    row.resize(1600, 40)
    assert row.behind == narrow
    row.boxes[next(iter(narrow))].window().hide()
    assert row.behind < narrow


def test_nothing_moves_under_an_open_list(row: ControlRow, qtbot: QtBot) -> None:
    row.show_figure(figure("comparison"), {})
    button = row.boxes["chips"]
    records = [(f"chip-{number}", f"A chip with a rather long name, {number}") for number in range(3)]
    button.set_records(records)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    before = row.behind
    row.resize(300, 40)
    assert row.behind == before
    button._popup.hide()
    assert row.behind > before


@given(st.lists(st.integers(0, 400), max_size=9), st.integers(0, 2000), st.integers(1, 120), st.booleans())
def test_as_many_are_kept_as_have_room(widths: list[int], room: int, more: int, needed: bool) -> None:
    kept = fitting(widths, room, more=more, needed=needed)
    button = more if needed or kept < len(widths) else 0
    assert kept <= min(1, len(widths)) or sum(widths[:kept]) + button <= room
    if kept < len(widths):  # one more would not have fitted
        assert sum(widths[: kept + 1]) + (more if needed or kept + 1 < len(widths) else 0) > room
