from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from chipscape_desktop import notices
from chipscape_desktop.export.sizes import Size
from chipscape_desktop.shell.export_dialog import ExportAnswer, ExportDialog


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions asked; the person always keeps what is there."""
    questions: list[str] = []

    def keep(question: str, **_answers: object) -> bool:
        questions.append(question)
        return False

    monkeypatch.setattr(notices, "ask", keep)
    return questions


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(window: QWidget, tmp_path: Path) -> ExportDialog:
    return ExportDialog(window, "timeline", (900.0, 600.0), tmp_path)


def test_a_file_that_is_there_is_not_replaced_without_asking(dialog: ExportDialog, asked: list[str]) -> None:
    dialog.answer().path.write_text("an earlier figure", encoding="utf-8")
    dialog._export()
    assert asked == [f"{dialog.answer().path.name} exists already. Replace it?"]
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_new_name_goes_through_without_a_question(dialog: ExportDialog, asked: list[str]) -> None:
    dialog._export()
    assert asked == []
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_another_format_brings_a_name_back_that_was_taken_out(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog._path.clear()
    dialog._format.setCurrentIndex(dialog._format.findData(".pdf"))
    assert dialog.answer().path == tmp_path / "timeline.pdf"


def test_a_figure_of_one_page_is_not_asked_for_pages(window: QWidget, tmp_path: Path) -> None:
    dialog = ExportDialog(window, "performance-over-time", (900.0, 600.0), tmp_path)
    dialog.show()
    assert not any(box.isVisible() for box in dialog.findChildren(QSpinBox))


def test_a_timeline_can_go_over_several_pages_and_as_a_calendar(dialog: ExportDialog) -> None:
    formats = [dialog._format.itemData(row) for row in range(dialog._format.count())]
    assert {".ics", ".json"} <= set(formats)
    dialog._format.setCurrentIndex(formats.index(".pdf"))
    dialog._pages.setValue(4)
    dialog._extent.setCurrentIndex(1)
    assert (dialog.answer().pages, dialog.answer().everything) == (4, True)
    dialog._format.setCurrentIndex(formats.index(".ics"))
    assert dialog.answer().pages == 1
    assert dialog.answer().path.suffix == ".ics"
    assert not dialog._size.isEnabled()


def test_a_known_size_fills_the_fields_and_ones_own_is_told_in_every_unit(dialog: ExportDialog) -> None:
    fields = dialog._size
    fields.known.setCurrentIndex(fields.known.findData("column"))
    assert dialog.answer().size == Size(85.0, 138.0, "mm", "small")
    fields.unit.setCurrentIndex(fields.unit.findData("in"))
    assert dialog.answer().size == Size(3.35, 5.43, "in", "small")
    fields.width_.setValue(4.0)
    assert fields.known.currentData() == "own"
    assert dialog.answer().remembered == "4x5.43in small"


@pytest.mark.parametrize("word", ["slide large", "screen normal", "90x140mm small"])
def test_a_size_is_remembered(window: QWidget, tmp_path: Path, word: str) -> None:
    dialog = ExportDialog(window, "timeline", (900.0, 600.0), tmp_path, remembered=word)
    assert dialog.answer().remembered == word
    again = ExportDialog(window, "timeline", (900.0, 600.0), tmp_path, remembered="gone tiny")
    assert again.answer().size == Size(900.0, 600.0)


def test_how_large_the_letters_come_out_is_told_with_a_warning(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    asked: list[ExportAnswer] = []

    def ask(answer: ExportAnswer, then: Callable[[str, str], None]) -> None:
        asked.append(answer)
        then("85 × 138 mm, smallest text 5.1 pt", "Too small.")

    dialog = ExportDialog(window, "timeline", (900.0, 600.0), tmp_path, ask=ask)
    qtbot.waitUntil(lambda: dialog._told.text() == "85 × 138 mm, smallest text 5.1 pt. Too small.")
    dialog._size.width_.setValue(700.0)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1].size.width == 700.0


def test_the_extent_is_asked_for_where_the_table_follows_it(
    dialog: ExportDialog, window: QWidget, tmp_path: Path
) -> None:
    formats = [dialog._format.itemData(row) for row in range(dialog._format.count())]
    dialog._format.setCurrentIndex(formats.index(".csv"))
    assert dialog._extent.isEnabled()
    assert not dialog._size.isEnabled()
    other = ExportDialog(window, "performance-over-time", (900.0, 600.0), tmp_path)
    other._format.setCurrentIndex(other._format.findData(".csv"))
    assert not other._extent.isEnabled()


def test_a_chart_may_leave_as_one_that_powerpoint_can_edit(window: QWidget, tmp_path: Path) -> None:
    dialog = ExportDialog(window, "ranking", (900.0, 600.0), tmp_path)
    dialog.show()
    assert dialog._native.isVisible()
    assert not dialog._native.isEnabled()
    dialog._format.setCurrentIndex(dialog._format.findData(".pptx"))
    assert dialog._native.isEnabled()
    assert dialog.answer().native
    dialog._native.setChecked(False)
    assert not dialog.answer().native
    matrix = ExportDialog(window, "stack-matrix", (900.0, 600.0), tmp_path, native=False)
    matrix.show()
    assert not matrix._native.isVisible()
    assert not matrix.answer().native


def test_a_slide_is_16_by_9_unless_another_size_was_chosen(window: QWidget, tmp_path: Path) -> None:
    dialog = ExportDialog(window, "ranking", (900.0, 600.0), tmp_path)
    dialog._format.setCurrentIndex(dialog._format.findData(".pptx"))
    assert [round(side) for side in dialog.answer().size.pixels] == [1280, 720]
    dialog._format.setCurrentIndex(dialog._format.findData(".png"))
    assert dialog.answer().size == Size(900.0, 600.0)
    dialog._size.width_.setValue(800.0)
    dialog._format.setCurrentIndex(dialog._format.findData(".pptx"))
    assert dialog.answer().size.width == 800.0
