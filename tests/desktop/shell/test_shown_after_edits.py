"""After any edit, what the window shows is what it would show had it just been opened."""

from dataclasses import fields
from functools import partial

import numpy as np
import pytest
from sqlalchemy.orm import Session

from chipscape_db.commands.deletion import delete_records
from chipscape_db.commands.events import duplicate_event, move_dates
from chipscape_db.commands.records import edit_record, rename_record
from chipscape_db.engine import open_engine
from chipscape_db.queries.counts import counts
from chipscape_db.queries.dossier import record_dossier
from chipscape_db.queries.facets import facets
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.workspace import Selection

EVENT = "event-2025-06-30-huawei-opens-pangu"


@pytest.fixture
def window(qtbot, workspace):
    made = MainWindow(workspace, Settings(language="en", theme="light", reduced_motion=True))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    workspace.opened.emit(workspace.base)
    qtbot.waitUntil(workspace.idle, timeout=20_000)
    return made


def told(spec):
    """Everything that a timeline says, comparable."""
    columns = {field.name: getattr(spec.columns, field.name).tolist() for field in fields(spec.columns)}
    return (
        spec.caption, spec.lanes, columns, spec.titles, spec.ids, spec.rules, spec.sources.notes, spec.cards, spec.kin,
        spec.written, spec.extent,
    )  # fmt: skip


def assert_as_fresh(window, starter_copy):
    timeline, selected = window.current().timeline, window.workspace.selection
    engine = open_engine(starter_copy, read_only=True)
    with Session(engine) as session:
        request = timeline.current_request()
        assert told(timeline.current_spec()) == told(FIGURE.build(FIGURE.read(session, request), request))
        assert window.top_bar.filters._facets == facets(session, language="en")
        assert window.statusBar()._counts == counts(session)
        dossier = record_dossier(session, record_id=selected.id, language="en", as_of=None)
        assert window.inspector.dossier() == dossier
    engine.dispose()


def test_every_part_follows_edits_undo_and_redo(qtbot, window, workspace, starter_copy, id_of):
    huawei, event = id_of("huawei"), id_of(EVENT)
    workspace.select(Selection("record", huawei))
    steps = (
        partial(workspace.run, partial(rename_record, record_id=huawei, name="Hua")),
        partial(workspace.run, partial(rename_record, record_id=huawei, name="Huawei Technologies")),
        partial(workspace.run, partial(edit_record, record_id=huawei, fields={"country": "FR"})),
        partial(workspace.run, partial(move_dates, record_id=event, starts_on="2024-02")),
        partial(workspace.run, partial(duplicate_event, event_id=event, name="The same again")),
        workspace.undo,
        workspace.redo,
        partial(workspace.run, partial(delete_records, record_ids=[event], take_along=True)),
        workspace.undo,
        workspace.undo,
    )
    for step in steps:
        with qtbot.waitSignal(workspace.changed, timeout=10_000):
            step()
        qtbot.waitUntil(workspace.idle, timeout=10_000)
        assert_as_fresh(window, starter_copy)
    assert np.isfinite(window.current().timeline.current_spec().extent).all()
