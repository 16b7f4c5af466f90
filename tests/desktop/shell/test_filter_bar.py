from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from chipscape_desktop import i18n
from chipscape_desktop.shell.choice_popup import ChoiceList, FilterChip
from chipscape_desktop.shell.date_fields import DayField, SpanChip
from chipscape_desktop.shell.filter_bar import FilterBar
from chipscape_desktop.workspace import Workspace


def _bar(qtbot: QtBot, workspace: Workspace) -> FilterBar:
    bar = FilterBar(workspace)
    qtbot.addWidget(bar)
    bar.show()
    bar._read()
    qtbot.waitUntil(lambda: bool(bar._facets))
    return bar


def _chip(bar: FilterBar, title: str) -> FilterChip:
    return next(chip for chip in bar.findChildren(FilterChip) if chip.text().startswith(title))


def _open(chip: FilterChip) -> ChoiceList:
    chip.click()
    return chip.findChildren(ChoiceList)[0]


def test_a_tick_by_keyboard_filters_every_view(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    chip = _chip(bar, "Country")
    choices = _open(chip)
    qtbot.keyClicks(choices.search, "chin")
    qtbot.keyClick(choices.search, Qt.Key.Key_Return)
    assert workspace.filters.countries == {"CN"}
    assert chip.text() == "Country: China"
    assert chip.isChecked()


def test_what_is_ticked_comes_first_when_the_list_opens_again(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    chip = _chip(bar, "Country")
    choices = _open(chip)
    for word in ("Neth", "Kor"):
        qtbot.keyClicks(choices.search, word)
        qtbot.keyClick(choices.search, Qt.Key.Key_Return)
    choices.close()
    choices = _open(chip)
    states = [choices.list.item(row).checkState() for row in range(choices.list.count())]
    assert states[:3] == [Qt.CheckState.Checked, Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    assert workspace.filters.countries == {"NL", "KR"}


def test_choices_say_how_many_records_they_leave(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    choices = _open(_chip(bar, "Kind"))
    assert "Sectors  (13)" in [choices.list.item(row).text() for row in range(choices.list.count())]


def test_clear_all_keeps_the_as_of_date(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    workspace.change_filters(kinds=frozenset({"chip"}), start=date(2020, 1, 1), as_of=date(2024, 6, 30))
    assert bar.clear.isVisible()
    qtbot.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    assert workspace.filters.active == 0
    assert workspace.filters.as_of == date(2024, 6, 30)
    assert not bar.clear.isVisible()


def test_the_chips_speak_french(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    i18n.set_language("fr")
    bar.retranslate()
    titles = [chip.text() for chip in bar.findChildren(FilterChip)]
    i18n.set_language("en")
    assert "Pays" in titles


def test_playing_moves_the_as_of_date_and_stops_today(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    bar._play.setChecked(True)
    assert workspace.filters.as_of == date(2015, 1, 1)
    bar._next_frame()
    assert workspace.filters.as_of == date(2015, 4, 1)
    workspace.change_filters(as_of=date.today())
    bar._next_frame()
    assert not bar._play.isChecked()


def test_a_month_in_a_day_field_means_its_last_day(qtbot: QtBot) -> None:
    field = DayField(latest=True)
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.changed) as said:
        qtbot.keyClicks(field, "June 2025")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args == [date(2025, 6, 30)]


def test_a_day_field_says_what_is_wrong_and_changes_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    field = DayField(latest=False, parent=parent)
    field.set_day(date(2024, 1, 1))
    field.clear()
    qtbot.keyClicks(field, "sometime")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.day() is None
    assert "sometime" in field.toolTip()


def test_the_two_days_of_the_date_filter_are_told_apart(qtbot: QtBot, workspace: Workspace) -> None:
    bar = _bar(qtbot, workspace)
    chip = bar.findChildren(SpanChip)[0]
    chip.click()
    shown = {label.text(): label.buddy() for label in chip.findChildren(QLabel) if label.isVisible()}
    assert list(shown) == ["From", "To"]
    assert [field.accessibleName() for field in shown.values()] == ["From", "To"]


def test_a_day_field_shows_the_day_that_it_understood(qtbot: QtBot) -> None:
    field = DayField(latest=True)
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "1 September 2025")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.day() == date(2025, 9, 1)
    assert field.text() == i18n.format_date(date(2025, 9, 1), "short")
