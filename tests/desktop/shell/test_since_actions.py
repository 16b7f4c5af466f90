"""Saved and exported figures in the window: saving on any screen, showing a file again, telling what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.commands.claims import set_rank
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.models import Claim, Record
from chipscape_desktop.cli import main
from chipscape_desktop.export.capsules import content_of, read_capsule
from chipscape_desktop.export.sizes import Size
from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.history.since_window import SinceWindow
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.export_dialog import ExportAnswer
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.views.timeline.choices import LANES, RULES, SHOW, Choices
from chipscape_desktop.workspace import Workspace

KEYS = st.lists(st.sampled_from(["huawei", "nvidia", "google"]), unique=True).map(tuple)


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    made = MainWindow(workspace, Settings(author_asked=True, last_screen="timeline"))
    made.show_screen("timeline")
    made.show()
    qtbot.waitUntil(lambda: made.current().current_spec() is not None, timeout=20_000)
    yield made
    made.close()
    made.deleteLater()


def listed() -> SinceWindow | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, SinceWindow)), None)


def prefer(window: MainWindow) -> None:
    """Let somebody prefer another value of the memory bandwidth of a chip."""
    base = window.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        chip = session.scalars(select(Record.id).where(Record.slug == "ascend-910b")).one()
        of_chip = select(Claim.id).where(Claim.subject_id == chip, Claim.metric == "memory.bandwidth")
        claim = session.scalars(of_chip.where(Claim.number == 1200)).first()
    assert claim is not None
    set_rank(base.engine, author="Bob", claim_id=claim, rank="preferred", reason="why")


def test_a_timeline_is_saved_and_shown_again_as_it_was(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.current().timeline.panel.choose(Choices("country", rules="all"))
    window.workspace.change_filters(countries=frozenset({"CN"}))
    qtbot.waitUntil(window.workspace.idle, timeout=20_000)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_asked: ("  China ", True))
    with qtbot.waitSignal(window.workspace.changed):
        window.actions_["save-figure"].trigger()
    window.current().timeline.panel.choose(Choices())
    window.clear_filters()
    window.show_screen("performance")
    qtbot.waitUntil(window.workspace.idle, timeout=20_000)
    window.actions_["since"].trigger()
    qtbot.waitUntil(lambda: listed() is not None and bool(listed().found()), timeout=20_000)  # type: ignore[union-attr]
    listing = listed()
    assert listing is not None
    assert listing.found()[0].asked.name == "China"
    listing.show_button.click()
    assert window.screen_name() == "timeline"
    assert window.current().timeline.panel.choices() == Choices("country", rules="all")
    assert window.workspace.filters.countries == {"CN"}
    qtbot.waitUntil(window.workspace.idle, timeout=20_000)
    listing.close()


def test_a_file_dropped_on_the_window_shows_its_figure_and_what_changed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    base = window.workspace.base
    assert base is not None
    out = tmp_path / "bandwidth.svg"
    asked = ("--option", "metric=memory.bandwidth", "--country", "CN")
    assert main(["export", str(base.path), "performance-over-time", str(out), *asked]) == 0
    prefer(window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(out))])
    modes = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *modes)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPoint(5, 5), *modes))
    qtbot.waitUntil(lambda: listed() is not None and bool(listed().found()), timeout=20_000)  # type: ignore[union-attr]
    listing = listed()
    assert listing is not None
    assert [each.difference.name for each in listing.found()[0].differences] == ["Ascend 910B"]
    assert not listing.seen_button.isEnabled()
    assert window.screen_name() == "performance"
    assert window.current().current_request().options["metric"] == "memory.bandwidth"
    assert window.workspace.filters.countries == {"CN"}
    listing.close()
    other = QMimeData()
    other.setUrls([QUrl.fromLocalFile("/tmp/notes.txt")])
    refused = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, other, *modes[2:])
    QApplication.sendEvent(window, refused)
    assert not refused.isAccepted()


def test_an_exported_chart_comes_back_with_its_title_and_remarks(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_screen("performance")
    view = window.current()
    remark = Annotation("line-across", ((0.0, 3.0),), "a thousand")
    view.show_content(FigureContent("ranking", title="Who leads", annotations=(remark,)))
    qtbot.waitUntil(lambda: view.figure_name == "ranking" and view.current_spec() is not None, timeout=20_000)
    out = tmp_path / "ranking.svg"
    window.figures.write(ExportAnswer(out, Size(900.0, 600.0), "print"))
    qtbot.waitUntil(lambda: out.name in window.notice._text.text(), timeout=20_000)
    content = content_of(read_capsule(out))
    assert (content.title, content.annotations) == ("Who leads", (remark,))


def test_opening_a_saved_chart_tells_when_something_changed(window: MainWindow, qtbot: QtBot) -> None:
    window.show_screen("performance")
    view = window.current()
    qtbot.waitUntil(lambda: view.current_spec() is not None, timeout=20_000)
    view.show_figure("performance-over-time", {"metric": "memory.bandwidth"})
    with qtbot.waitSignal(window.workspace.changed):
        view.saved.save_as("Bandwidth")
    qtbot.waitUntil(lambda: bool(view.saved.rows), timeout=20_000)
    prefer(window)
    view.saved.show(view.saved.rows[0].id)
    qtbot.waitUntil(lambda: "1 change since" in window.notice._text.text(), timeout=20_000)


def test_a_chart_saved_by_the_menu_is_the_one_that_is_shown_from_then_on(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_screen("performance")
    view = window.current()
    qtbot.waitUntil(lambda: view.current_spec() is not None, timeout=20_000)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_asked: ("Mine", True))
    with qtbot.waitSignal(window.workspace.changed):
        window.actions_["save-figure"].trigger()
    qtbot.waitUntil(lambda: view.saved.current() is not None, timeout=20_000)
    assert view.saved.current().name == "Mine"
    qtbot.waitUntil(window.workspace.idle, timeout=20_000)


def test_a_file_that_is_no_figure_is_told_in_words(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "drawing.svg").write_text("<svg/>", encoding="utf-8")
    window.figures.since.open_file(tmp_path / "drawing.svg")
    qtbot.waitUntil(lambda: "no figure that Chipscape exported" in window.notice._text.text(), timeout=20_000)


@given(
    lanes=st.sampled_from(LANES), show=st.lists(st.sampled_from(SHOW), min_size=1, unique=True).map(tuple),
    every=st.booleans(), rules=st.sampled_from(RULES), order=KEYS, hidden=KEYS.map(frozenset),
    collapsed=KEYS.map(frozenset), bands=KEYS, arrows=st.booleans(),
)  # fmt: skip
def test_choices_come_back_from_their_options(
    lanes: str, show: tuple[str, ...], every: bool, rules: str, order: tuple[str, ...], hidden: frozenset[str],
    collapsed: frozenset[str], bands: tuple[str, ...], arrows: bool,
) -> None:  # fmt: skip
    choices = Choices(lanes, show, every, rules, Wishes(order, hidden, collapsed), bands, arrows)
    assert Choices.from_options(choices.options()) == choices
