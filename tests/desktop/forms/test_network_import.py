"""The dialog that brings a foreign network in: what it understands, what it would do, one step."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chipscape_db.commands.reviews import mark_reviewed
from chipscape_db.models import Record
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.forms.network_import import NetworkImport
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def workspace(qtbot, starter_copy: Path) -> Iterator[Workspace]:
    install_fonts()
    made = Workspace("Tester")
    with qtbot.waitSignal(made.opened, timeout=10_000):
        made.open(starter_copy)
    yield made
    made.close()


def shown(qtbot, workspace: Workspace, path: Path) -> NetworkImport:
    dialog = NetworkImport(workspace, path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def records(workspace: Workspace) -> int:
    assert workspace.base is not None
    with Session(workspace.base.engine) as session:
        return session.scalar(select(func.count()).select_from(Record)) or 0


def choose(dialog: NetworkImport, word: str, meaning: str) -> None:
    for row in range(dialog.words.rowCount()):
        item, box = dialog.words.item(row, 1), dialog.words.cellWidget(row, 2)
        if item is not None and item.text() == word:
            place = box.findData(meaning)
            assert place >= 0, meaning
            box.setCurrentIndex(place)
            box.activated.emit(place)
            return
    raise AssertionError(word)


def test_words_are_mapped_until_everything_fits_and_undo_takes_it_all_back(
    qtbot, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "k.json"
    path.write_text(json.dumps({
        "elements": [{"label": "Foo Fab", "type": "Gizmo"}, {"label": "Bar", "type": "chip"}, {"label": "TSMC"}],
        "connections": [{"from": "Foo Fab", "to": "Bar", "type": "zaps"}],
    }))  # fmt: skip
    before = records(workspace)
    dialog = shown(qtbot, workspace, path)
    qtbot.waitUntil(lambda: dialog.plan() is not None, timeout=20_000)
    assert "2 records are new, 1 is there already" in dialog.summary.text()
    assert not dialog.take.isEnabled()
    assert "does not join organization and chip" in dialog.obstacles.item(0).text()
    dialog.leave_out.setChecked(True)
    assert dialog.take.isEnabled()
    dialog.leave_out.setChecked(False)
    first = dialog.plan()
    choose(dialog, "zaps", "manufactures")
    qtbot.waitUntil(lambda: dialog.plan() is not first and dialog.take.isEnabled(), timeout=20_000)
    assert "1 relationship is new" in dialog.summary.text()
    assert not dialog.obstacles.isVisible()
    with qtbot.waitSignal(dialog.taken, timeout=20_000):
        dialog.take.click()
    assert records(workspace) == before + 2
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    assert records(workspace) == before


def test_an_attribute_can_become_the_kind_and_a_kind_can_stay_out(qtbot, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "k.json"
    path.write_text(json.dumps({
        "elements": [{"label": "Foo Fab", "what": "chip"}, {"label": "Bar", "what": "noise"}], "connections": [],
    }))  # fmt: skip
    dialog = shown(qtbot, workspace, path)
    qtbot.waitUntil(lambda: dialog.plan() is not None, timeout=20_000)
    first = dialog.plan()
    choose(dialog, "what", "kind")
    qtbot.waitUntil(lambda: dialog.plan() is not first, timeout=20_000)
    assert dialog.mapping().kinds == {"chip": "chip", "noise": ""}
    second = dialog.plan()
    choose(dialog, "noise", "-")
    qtbot.waitUntil(lambda: dialog.plan() is not second, timeout=20_000)
    plan: Any = dialog.plan()
    assert [(one.name, one.kind) for one in plan.records] == [("Foo Fab", "chip")]


def test_a_broken_file_is_refused_where_one_looks(qtbot, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "broken.graphml"
    path.write_text("<graphml>\n<graph>")
    dialog = shown(qtbot, workspace, path)
    qtbot.waitUntil(lambda: "broken at line 2" in dialog.summary.text(), timeout=20_000)
    assert not dialog.take.isEnabled()


def test_what_is_there_is_updated_when_asked_with_every_change_shown_first(
    qtbot, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "k.json"
    path.write_text(json.dumps({
        "elements": [{"_id": "tsmc", "label": "TSMC", "type": "organization", "founded_on": "1988"}],
        "connections": [],
    }))  # fmt: skip
    dialog = shown(qtbot, workspace, path)
    qtbot.waitUntil(lambda: dialog.plan() is not None, timeout=20_000)
    assert not dialog.take.isEnabled()
    assert not dialog.changes.isVisible()
    qtbot.keyClick(dialog.update_known, Qt.Key.Key_Space)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)
    assert "1 is updated" in dialog.summary.text()
    assert dialog.changes.item(0).text().startswith("TSMC, Founded: ")
    assert dialog.changes.item(0).text().endswith("→ 1988")
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        dialog.take.click()
    assert workspace.base is not None
    query = "SELECT founded_on FROM organization JOIN record USING (id) WHERE slug = 'tsmc'"
    with workspace.base.engine.connect() as connection:
        assert connection.exec_driver_sql(query).scalar() == "1988"
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    with workspace.base.engine.connect() as connection:
        assert connection.exec_driver_sql(query).scalar() != "1988"


def test_an_import_that_would_change_a_reviewed_record_is_told_as_done_only_when_agreed(
    qtbot, workspace: Workspace, tmp_path: Path
) -> None:
    assert workspace.base is not None
    engine = workspace.base.engine
    with Session(engine) as session:
        tsmc = session.scalars(select(Record.id).where(Record.slug == "tsmc")).one()
    mark_reviewed(engine, author="Bob", record_id=tsmc)
    path = tmp_path / "k.json"
    path.write_text(json.dumps({
        "elements": [{"_id": "tsmc", "label": "TSMC", "type": "organization", "founded_on": "1988"}],
        "connections": [],
    }))  # fmt: skip
    dialog = shown(qtbot, workspace, path)
    told: list[object] = []
    dialog.taken.connect(told.append)
    dialog.update_known.setChecked(True)
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)
    with qtbot.waitSignal(workspace.held, timeout=20_000) as held:
        dialog.take.click()
    workspace.give_up(held.args[0])
    assert told == []
    assert dialog.isVisible()
    assert dialog.take.isEnabled()
    with qtbot.waitSignal(workspace.held, timeout=20_000) as held:
        dialog.take.click()
    workspace.go_on(held.args[0])
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert not dialog.isVisible()
